"""The borders of a clause as a reader would draw them: no loose conjunction, bracket or mark at its ends."""

from __future__ import annotations

from bot.extract._arguments import Range
from bot.extract._tree import Tree
from bot.extract._words import lists

_SHED = frozenset({"cc", "mark", "punct", "preconj", "intj", "dep"})
_OPENERS = lists("facts")["openers"]
_ENDS = frozenset({"PUNCT", "SPACE", "CCONJ"})


def bracketed(tree: Tree, verb: int, low: int, high: int) -> Range:
    """End a clause that stands in brackets where they close."""
    inside = 0
    for token in range(low, high):
        inside += (tree.words[token] == "(") - (tree.words[token] == ")")
        if token >= verb and inside == 0 and tree.words[token] == ")" and "(" in tree.words[low:verb]:
            return low, token + 1
    return low, high


def trimmed(tree: Tree, low: int, high: int) -> Range:
    """Return the stretch without conjunctions and marks at its ends; what it opens is closed."""
    while low < high and (tree.deps[low] in _SHED or tree.words[low].lower() in _OPENERS):
        if tree.words[low] in {"[", "$"} or (tree.deps[low] == "dep" and tree.pos[low] != "PUNCT"):
            break
        low += 1
    while (
        low < high
        and tree.pos[high - 1] in {"PUNCT", "SPACE", "CCONJ"}
        and tree.words[high - 1] not in {"]", "%"}
    ):
        high -= 1
    return low, _closed(tree, low, high)


def _closed(tree: Tree, low: int, high: int) -> int:
    """Take in the bracket or mark that closes what the slice opens."""
    for opening, closing in (("(", ")"), ("“", "”")):
        inside = tree.words[low:high]
        if inside.count(opening) > inside.count(closing):
            later = range(high, min(high + 2, len(tree.words)))
            high = next((t + 1 for t in later if tree.words[t] == closing), high)
    return high
