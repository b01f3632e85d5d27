"""Whether a clause can be checked against a record, and why: the rules that choose facts among clauses.

Evidence is what the clause says itself: numbers, dates, named subject, a deed that records keep, a
comparison, a document's finding, a status. What is none whatever it holds: `_excluded`.
"""

from __future__ import annotations

from bot.extract._clause_mood import AHEAD, PERHAPS, auxiliaries, negated, settled
from bot.extract._clauses import Clause
from bot.extract._deeds import acts, concrete, judged, past_or_perfect, speech, standing
from bot.extract._evidence import Evidence
from bot.extract._excluded import excluded
from bot.extract._tree import Tree
from bot.extract._words import lists

_WORDS = lists("facts")
_DEEDS = _WORDS["doing"] | _WORDS["declaring"]
_MEASURING, _DOCUMENTS, _FINDING = _WORDS["measuring"], _WORDS["documents"], _WORDS["finding"]
_PROMISING, _MEASURABLE = _WORDS["promising"], _WORDS["measurable"]
_ROLES, _CLASSES = _WORDS["roles"], _WORDS["classes"]
_ABSTRACT = (
    _WORDS["abstract"] | {f"{noun}s" for noun in _WORDS["abstract"]} | {"choices", "priorities", "stories"}
)
_TIMES = frozenset({"hours", "days", "weeks", "months", "years", "decades"})
_MEASURES = _TIMES | {"%", "times", "USD", "EUR", "GBP", "km", "miles", "tons", "tonnes"}
_COMPARING = frozenset({"than", "any", "globally", "worldwide", "ever", "world", "record", "among"})


def reason(tree: Tree, clause: Clause, evidence: Evidence) -> str | None:
    """Return why a clause is a fact, or None where it is none."""
    if excluded(tree, clause):
        return None
    rules = (_measured, _compared, _found, _done, _dated, _status)
    kind = next((name for rule in rules if (name := rule(tree, clause, evidence))), None)
    if kind is None:
        return None
    parts = [
        kind,
        "number" if evidence.numbers and kind != "number" else "",
        "date" if evidence.dated and kind != "date" else "",
        "named subject" if evidence.named else "",
        "negative" if negated(tree, clause) else "",
    ]
    return " + ".join(part for part in parts if part)


def document(tree: Tree, start: int, end: int) -> bool:
    """Say whether a sentence's subject is a document, so that "it" may stand for it in the next."""
    for token in range(start, end):
        if tree.deps[token] == "nsubj" and tree.deps[tree.head[token]] == "ROOT":
            return tree.lemmas[token] in _DOCUMENTS
    return False


def _measured(tree: Tree, clause: Clause, evidence: Evidence) -> str | None:
    """A number of something that can be counted or measured."""
    counts = [q for q in evidence.numbers if q.unit != "ordinal" and q.unit not in _ABSTRACT]
    if not counts or speech(tree, clause):
        return None
    counts = [q for q in counts if q.value != 1 or q.unit in _MEASURES]
    telling = [q for q in counts if q.unit in _MEASURES or q.value > 10 or q.comparator or q.value < 1]
    anchored = evidence.named or evidence.dated or evidence.elsewhere
    return "number" if telling or anchored else None


def _compared(tree: Tree, clause: Clause, evidence: Evidence) -> str | None:
    """A comparison that a measure decides, by verb ("exceeds", "ranks") or superlative."""
    if judged(tree, clause) or not (evidence.named or evidence.elsewhere or clause.topic is not None):
        return None
    words = {tree.words[t].lower() for t in clause.own}
    if tree.lemmas[clause.head] in {"exceed", "outnumber", "outpace", "surpass", "outspend", "rank", "top"}:
        return "comparison"
    graded = [t for t in clause.own if tree.tags[t] in {"JJS", "JJR", "RBS"} and _by_measure(tree, t)]
    superlative = any(tree.tags[t] != "JJR" for t in graded)
    if superlative and (words & _COMPARING or evidence.named):
        return "comparison"
    return (
        "comparison"
        if graded and "than" in words and evidence.named and past_or_perfect(tree, clause)
        else None
    )


def _by_measure(tree: Tree, token: int) -> bool:
    return tree.lemmas[token] in _MEASURABLE


def _found(tree: Tree, clause: Clause, evidence: Evidence) -> str | None:
    """What a document finds, says or leaves out."""
    if evidence.sourced and evidence.named and not (speech(tree, clause) or judged(tree, clause)):
        return "document's finding" if past_or_perfect(tree, clause) else None
    if clause.topic is None or tree.lemmas[clause.head] not in _FINDING:
        return None
    says = any(
        tree.deps[c] in {"ccomp", "dobj", "prep"} and c > clause.head for c in tree.children[clause.head]
    )
    said = tree.lemmas[clause.topic] in _DOCUMENTS or evidence.document
    return "document's finding" if said and says else None


def _done(tree: Tree, clause: Clause, evidence: Evidence) -> str | None:
    """A deed or declaration by somebody named, over, under way, promised or standing."""
    does = acts(tree, clause.head)
    known = evidence.named or evidence.definite
    if not does & _DEEDS or not known or judged(tree, clause):
        return None
    if clause.kind == "participle" and not evidence.dated:
        return None
    settled = past_or_perfect(tree, clause) or auxiliaries(tree, clause) & (AHEAD | PERHAPS)
    denied = negated(tree, clause)
    if not (settled or denied or (evidence.named and evidence.elsewhere) or standing(tree, clause)):
        return None
    if not (denied or evidence.dated or evidence.elsewhere or (evidence.named and concrete(tree, clause))):
        return None
    return "commitment" if does & _PROMISING else "event"


def _dated(tree: Tree, clause: Clause, evidence: Evidence) -> str | None:
    """Something that happened at a named time."""
    if not evidence.dated or speech(tree, clause) or judged(tree, clause):
        return None
    if clause.kind in {"apposition", "event"}:
        return "date"
    deed = bool(acts(tree, clause.head) & _DEEDS)
    known = evidence.named or clause.kind in {"relative", "participle"} or (evidence.pointed and deed)
    return (
        "date"
        if known and tree.lemmas[clause.head] not in {"be", "seem", "appear", "need", "remain"}
        else None
    )


def _status(tree: Tree, clause: Clause, evidence: Evidence) -> str | None:
    """What somebody or something named is: office, kind, name."""
    if judged(tree, clause):
        return None
    if clause.kind == "apposition":
        return _apposed(tree, clause, evidence)
    if tree.words[clause.head].lower() in {"known", "called", "named", "nicknamed", "renamed"}:
        return "status" if clause.kind == "participle" and evidence.elsewhere else None
    if _located(tree, clause) and clause.topic is not None and tree.pos[clause.topic] in {"NOUN", "PROPN"}:
        return "status"
    if not evidence.named:
        return None
    if tree.lemmas[clause.head] == "be":
        noun = tree.child(clause.head, "attr")
        return "status" if noun is not None and _class(tree, noun) and settled(tree, clause) else None
    return (
        "status"
        if tree.lemmas[clause.head] in {"serve", "chair", "head", "own"} and settled(tree, clause)
        else None
    )


def _located(tree: Tree, clause: Clause) -> bool:
    """ "is still in short supply", "are no longer under sanctions"."""
    placed = tree.child(clause.head, "prep") is not None and tree.child(clause.head, "attr", "acomp") is None
    return tree.lemmas[clause.head] == "be" and placed and standing(tree, clause)


def _apposed(tree: Tree, clause: Clause, evidence: Evidence) -> str | None:
    if clause.topic is None or tree.pos[clause.topic] != "PROPN" or tree.pos[clause.head] == "PROPN":
        return None
    named = tree.entities[clause.topic] == "PERSON" and tree.lemmas[clause.head] in _ROLES
    only = any(tree.words[t].lower() == "only" for t in clause.own)
    return "status" if named or only or (_class(tree, clause.head) and evidence.elsewhere) else None


def _class(tree: Tree, noun: int) -> bool:
    return tree.lemmas[noun] in _CLASSES or tree.lemmas[noun] in _ROLES
