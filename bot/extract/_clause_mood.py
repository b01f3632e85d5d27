"""How a clause is meant: asserted, forecast, proposed or possible, and whether it denies."""

from __future__ import annotations

from bot.extract._clauses import Clause
from bot.extract._tree import Tree
from bot.extract._words import lists
from bot.models import Modality

PERHAPS = frozenset({"may", "might", "could", "can"})
AHEAD = frozenset({"will", "wo", "'ll", "’ll", "would"})
_MEANING = lists("facts")["meaning"]
_PROMISED = frozenset({"expected", "set", "scheduled", "due", "slated", "going", "poised"})


def modality(tree: Tree, clause: Clause) -> Modality:
    """Read the modality off the auxiliaries and verbs of meaning and expecting."""
    helping = auxiliaries(tree, clause)
    if helping & PERHAPS:
        return Modality.POSSIBILITY
    if helping & AHEAD or _expected(tree, clause) or tree.lemmas[clause.head] in {"expect", "forecast"}:
        return Modality.FORECAST
    return Modality.PROPOSAL if tree.lemmas[clause.head] in _MEANING | {"call"} else Modality.ASSERTED


def negated(tree: Tree, clause: Clause) -> bool:
    """Say whether the clause denies: not, never, no longer, "no ships", "nobody"."""
    if any(tree.deps[c] == "neg" or _no_longer(tree, c) for c in tree.children[clause.head]):
        return True
    if clause.predicate and tree.child(clause.head, "aux") is None and clause.kind == "apposition":
        return False
    for child in tree.children[clause.head]:
        if tree.deps[child] in {"nsubj", "nsubjpass", "dobj", "attr"} and _none(tree, child):
            return True
    return False


def _no_longer(tree: Tree, adverb: int) -> bool:
    return tree.words[adverb].lower() == "longer" and adverb > 0 and tree.words[adverb - 1].lower() == "no"


def _none(tree: Tree, noun: int) -> bool:
    empty = {"no", "nobody", "none", "nothing", "neither", "never"}
    return tree.lemmas[noun] in empty or any(
        tree.words[c].lower() in empty and tree.deps[c] in {"det", "neg"} for c in tree.children[noun]
    )


def auxiliaries(tree: Tree, clause: Clause) -> frozenset[str]:
    """Return the auxiliaries of the verb in lower case."""
    return frozenset(tree.words[c].lower() for c in tree.children[clause.head] if tree.deps[c] == "aux")


def settled(tree: Tree, clause: Clause) -> bool:
    """Say whether nothing makes the clause a forecast or a mere possibility."""
    return not auxiliaries(tree, clause) & (PERHAPS | AHEAD)


def _expected(tree: Tree, clause: Clause) -> bool:
    """ "is expected to", "is set to", "is going to", "is likely to"."""
    if tree.child(clause.head, "xcomp") is None:
        return False
    if tree.words[clause.head].lower() in {
        "expected",
        "set",
        "scheduled",
        "due",
        "slated",
        "going",
        "poised",
    }:
        return True
    return any(tree.words[c].lower() in {"likely", "due", "set"} for c in tree.children[clause.head])
