"""Noun phrases that name a dated event: "the Wednesday launch of …", "this week's transfer of …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.extract._arguments import noun_phrase
from bot.extract._clauses import Clause
from bot.extract._evidence import is_name
from bot.extract._tree import Tree
from bot.extract._words import lists
from bot.models import Span

_EVENTS = lists("facts")["events"]


def events(tree: Tree, start: int, end: int, dates: Sequence[Span]) -> Iterator[Clause]:
    """Yield the noun phrases of a sentence that name an event, its date and somebody or something named."""
    if not dates:
        return
    for token in range(start, end):
        if (
            tree.lemmas[token] in _EVENTS
            and tree.pos[token] in {"NOUN", "VERB"}
            and _heads_phrase(tree, token)
        ):
            low, high = _phrase(tree, token, end, dates)
            named = any(is_name(tree, t, start) for t in range(low, high))
            if named and any(_within(tree, date, low, high) for date in dates):
                yield Clause(
                    "event", token, (low, high), frozenset(range(low, high)), token, (low, high), None, None
                )


def _heads_phrase(tree: Tree, token: int) -> bool:
    if tree.deps[token] in {"compound", "amod"}:
        return False
    return tree.pos[token] == "NOUN" or (
        tree.tags[token] == "VBG" and token > 0 and tree.pos[token - 1] == "PROPN"
    )


def _phrase(tree: Tree, head: int, end: int, dates: Sequence[Span]) -> tuple[int, int]:
    """The noun with its modifiers before and prepositions after, and a date that follows at once."""
    low, high = head, head + 1
    for child in tree.children[head]:
        dep = tree.deps[child]
        if child < head and dep not in {"punct", "cc", "appos", "acl", "relcl", "aux", "mark"}:
            low = min(low, tree.lefts[child])
        elif child > head and dep in {"prep", "npadvmod", "nummod", "advmod"} and child <= high + 1:
            high = max(high, noun_phrase(tree, child)[1])
    for date in dates:
        first = tree.at(date.start)
        if (
            high <= first <= high + 1
            and first < end
            and not any(tree.pos[t] == "PUNCT" for t in range(high, first))
        ):
            high = tree.at(date.end - 1) + 1
    return low, high


def _within(tree: Tree, date: Span, low: int, high: int) -> bool:
    return tree.starts[low] <= date.start and date.end <= tree.ends[high - 1]
