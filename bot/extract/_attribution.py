"""To whom a clause is attributed: the quotation around it, else the cue or "according to" that governs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.extract._arguments import noun_phrase
from bot.extract._clauses import Clause
from bot.extract._tree import Tree
from bot.extract._words import lists
from bot.models import Polarity, Quotation, QuotationKind, Span

_WORDS = lists("facts")
_SAYING, _FINDING = _WORDS["saying"], _WORDS["finding"]
_ASKING = frozenset({Polarity.ASKS, Polarity.IS_ASKED})
_DETERMINERS = frozenset(
    {"a", "an", "the", "some", "many", "several", "other", "this", "that", "these", "those"}
)


class Attribution(NamedTuple):
    """The source of a clause: its name, and where it stands; nothing where the article itself speaks."""

    speaker: str | None = None
    span: Span | None = None


def attribution(tree: Tree, clause: Clause, offset: int, quotations: Sequence[Quotation]) -> Attribution:
    """Return who says a clause; `offset` is the paragraph's place in the article."""
    own = Span(offset + tree.starts[clause.span[0]], offset + tree.ends[clause.span[1] - 1])
    aside = _aside(tree, clause)
    around = [q for q in quotations if _share(own, q) >= 0.6 and _outside(own, q) and _said(q, aside)]
    if around:
        quotation = min(around, key=lambda q: sum(end - start for start, end in q.content))
        return Attribution(quotation.speaker or _printed(tree, quotation, offset), quotation.speaker_span)
    return _governing(tree, clause, offset)


def _printed(tree: Tree, quotation: Quotation, offset: int) -> str | None:
    """The mention of a speaker whom nobody resolved; a pronoun names nobody."""
    if quotation.speaker_span is None:
        return None
    start, end = (place - offset for place in quotation.speaker_span)
    if not 0 <= start < end <= len(tree.text) or tree.pos[tree.at(end - 1)] == "PRON":
        return None
    return tree.text[start:end]


def _outside(own: Span, quotation: Quotation) -> bool:
    """Say whether a quotation has a speaker, and the clause does not hold the act of speaking itself."""
    if quotation.cue is not None and own.holds(quotation.cue):
        return False
    if quotation.speaker_span is not None and own.holds(quotation.speaker_span):
        return False
    return quotation.speaker is not None or quotation.speaker_span is not None


def _said(quotation: Quotation, aside: bool) -> bool:
    """Say whether what stands in a quotation is said by its speaker.

    A question says nothing, and an aside in reported speech is the reporter's.
    """
    return quotation.polarity not in _ASKING and not (aside and quotation.kind is QuotationKind.INDIRECT)


def _aside(tree: Tree, clause: Clause) -> bool:
    """Say whether a clause stands aside: a relative clause behind a comma, an office behind a name."""
    if clause.kind == "apposition":
        return clause.topic is not None and tree.pos[clause.topic] == "PROPN"
    left = tree.lefts[clause.head]
    return clause.kind == "relative" and left > 0 and tree.pos[left - 1] == "PUNCT"


def _share(own: Span, quotation: Quotation) -> float:
    """The part of a clause that lies in a quotation's content."""
    shared = sum(max(0, min(own.end, span.end) - max(own.start, span.start)) for span in quotation.content)
    return shared / max(1, own.end - own.start)


def _governing(tree: Tree, clause: Clause, offset: int) -> Attribution:
    source = source_of(tree, clause)
    return Attribution() if source is None else _named(tree, source, offset, clause)


def source_of(tree: Tree, clause: Clause) -> int | None:
    """Return the noun that the sentence attributes a clause to: by a cue, or "according to"."""
    node = clause.head
    for _ in range(8):
        source = _according(tree, node)
        if source is not None:
            return source
        above = tree.head[node]
        if above == node:
            return None
        cue = tree.lemmas[above] in _SAYING or tree.lemmas[above] in _FINDING
        if tree.deps[node] == "ccomp" and cue:
            return tree.child(above, "nsubj")
        node = above
    return None


def _according(tree: Tree, node: int) -> int | None:
    """The noun after "according to" that hangs on a verb or noun, or the subject of an inserted cue."""
    for child in tree.children[node]:
        if tree.words[child].lower() == "according":
            to = tree.child(child, "prep")
            return tree.child(to, "pobj") if to is not None else None
        if tree.deps[child] == "parataxis" and tree.lemmas[child] in _SAYING:
            return tree.child(child, "nsubj")
    return None


def _named(tree: Tree, noun: int, offset: int, clause: Clause) -> Attribution:
    low, high = noun_phrase(tree, noun)
    while low < noun and tree.words[low].lower() in _DETERMINERS:
        low += 1
    if clause.span[0] <= noun < clause.span[1]:
        return Attribution()
    span = Span(offset + tree.starts[low], offset + tree.ends[high - 1])
    pronoun = tree.pos[noun] == "PRON"
    return Attribution(None if pronoun else tree.slice(low, high), span)
