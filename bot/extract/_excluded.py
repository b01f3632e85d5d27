"""What is no fact whatever it holds: advice, hypotheses, questions, talk of I and you, asides on a source."""

from __future__ import annotations

from bot.extract._clause_mood import auxiliaries
from bot.extract._clauses import Clause
from bot.extract._tree import Tree
from bot.extract._words import lists

_SAYING = lists("facts")["saying"]
_ADVICE = frozenset({"must", "should", "ought", "shall"})
_TALKERS = frozenset({"i", "we", "you", "your", "my", "us", "me"})
_HYPOTHESIS = frozenset({"if", "unless", "whether", "lest"})
_COVER = frozenset({"anonymity", "authorize", "authorise", "unnamed"})


def excluded(tree: Tree, clause: Clause) -> bool:
    """Advice, hypotheses, questions, talk of I and you, and clauses about nothing named."""
    head = clause.head
    if auxiliaries(tree, clause) & _ADVICE or _obliged(tree, head):
        return True
    if clause.topic is None and clause.kind == "main" and tree.tags[head] == "VB":
        return True
    if clause.subject is not None and _talks(tree, clause.subject):
        return True
    if _unbalanced(tree, clause) or _of_source(tree, clause):
        return True
    return _hypothetical(tree, clause) or _asks(tree, clause)


def _talks(tree: Tree, subject: tuple[int, int]) -> bool:
    """Say whether a subject is or holds I, we or you; "US" is none of them."""
    return any(tree.pos[t] == "PRON" and tree.words[t].lower() in _TALKERS for t in range(*subject))


def _unbalanced(tree: Tree, clause: Clause) -> bool:
    """Say whether a quotation mark opens or closes inside the clause alone: its borders are wrong."""
    words = tree.words[slice(*clause.span)]
    return words.count("“") != words.count("”") or words.count('"') % 2 == 1


def _of_source(tree: Tree, clause: Clause) -> bool:
    """Say whether a clause only describes who is quoted: "a report released Wednesday"."""
    if clause.kind not in {"relative", "participle"} or clause.topic is None:
        return False
    above = tree.head[clause.topic]
    if any(tree.lemmas[t] in _COVER for t in clause.own):
        return True
    if tree.deps[clause.topic] == "nsubj" and clause.kind == "participle":
        return tree.lemmas[above] in _SAYING
    return (
        tree.deps[clause.topic] == "pobj"
        and tree.deps[tree.head[above]] in {"prep", "pcomp"}
        and (tree.words[tree.head[above]].lower() == "according")
    )


def _obliged(tree: Tree, head: int) -> bool:
    """ "has to choose", "need to act"."""
    return tree.lemmas[head] in {"have", "need"} and tree.child(head, "xcomp") is not None


def _hypothetical(tree: Tree, clause: Clause) -> bool:
    for child in tree.children[clause.head]:
        word = tree.words[child].lower()
        if tree.deps[child] == "mark" and word in _HYPOTHESIS:
            return True
        if tree.deps[child] == "advcl" and _marked(tree, child, _HYPOTHESIS):
            return True
    return False


def _marked(tree: Tree, verb: int, marks: frozenset[str]) -> bool:
    return any(
        tree.words[c].lower() in marks for c in tree.children[verb] if tree.deps[c] in {"mark", "advmod"}
    )


def _asks(tree: Tree, clause: Clause) -> bool:
    first, last = clause.span
    after = tree.words[last : last + 2]
    return "?" in after or tree.words[first].lower() in {"how", "why", "whether", "when", "what"}
