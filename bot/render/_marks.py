"""Findings → marks on the article's text: what the inspect page and the terminal colour and label.

Marks overlap freely; `pieces` cuts the text at every border, so that a piece carries whole marks only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.models import Article, EntityKind, Fact, Findings, Quotation, Span

LAYERS = {
    "quotation": "Quotations",
    "cue": "Cues",
    "speaker": "Speakers",
    "fact": "Facts",
    "mention": "Mentions",
    "noise": "Left out by cleaning",
}
_KIND_LABELS = {
    EntityKind.PERSON: "person",
    EntityKind.INSTITUTION: "org",
    EntityKind.GROUP: "group",
    EntityKind.DOCUMENT: "document",
    EntityKind.PLACE: "place",
    EntityKind.PROGRAMME: "programme",
    EntityKind.TERM: "term",
    EntityKind.ANONYMOUS: "source",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled range: `key` is shared by the marks of one finding, `why` is its reason in words."""

    layer: str
    span: Span
    key: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A slice of the text with the marks over it; `opening` are those that begin here."""

    text: str
    marks: tuple[Mark, ...]
    opening: tuple[Mark, ...]

    @property
    def classes(self) -> str:
        """The layers over the piece, for style sheets."""
        return " ".join(sorted({mark.layer for mark in self.marks}))

    @property
    def keys(self) -> str:
        """The findings over the piece."""
        return " ".join(dict.fromkeys(mark.key for mark in self.marks))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the article in pieces."""

    heading: bool
    pieces: tuple[Piece, ...]


def marks(article: Article, findings: Findings, explain: Callable[[str], str] = str) -> list[Mark]:
    """Return the marks of all findings and of masked noise, in order; `explain` words a rule of cleaning."""
    found: list[Mark] = []
    for number, quotation in enumerate(findings.quotations, start=1):
        found += _of_quotation(f"q{number}", quotation)
    for number, fact in enumerate(findings.facts, start=1):
        found.append(Mark("fact", fact.content, f"f{number}", f"F{number}", fact_reason(fact)))
    for mention in findings.mentions:
        kind = _KIND_LABELS[mention.kind]
        found.append(Mark("mention", mention.span, "m", kind, f"{kind}: {mention.entity}"))
    for number, mask in enumerate(article.masks, start=1):
        why = f"left out: {explain(mask.rule)}"
        found.append(Mark("noise", mask.span, f"n{number}", f"left out: {mask.rule}", why))
    return sorted(found, key=lambda mark: mark.span.start)


def _of_quotation(key: str, quotation: Quotation) -> Iterator[Mark]:
    name = key.upper()
    for span in quotation.content:
        yield Mark("quotation", span, key, name, quotation_reason(quotation))
    if quotation.cue is not None:
        polarity = f"{quotation.cue_lemma or 'cue'}: {quotation.polarity.value.replace('_', ' ')}"
        yield Mark("cue", quotation.cue, key, f"{name} cue", polarity)
    if quotation.speaker_span is not None:
        yield Mark("speaker", quotation.speaker_span, key, f"{name} speaker", speaker_reason(quotation))


def quotation_reason(quotation: Quotation) -> str:
    """Return kind, speaker and rule of a quotation in a line."""
    who = quotation.speaker or "open"
    return f"{quotation.kind.value} quotation · speaker: {who} · {quotation.reason or 'no rule named'}"


def speaker_reason(quotation: Quotation) -> str:
    """Return to whom the mention of a speaker leads, and by which rule."""
    who = quotation.speaker or "left open"
    role = f", {quotation.role}" if quotation.role else ""
    return f"speaker: {who}{role} · {quotation.speaker_reason or 'no rule named'}"


def fact_reason(fact: Fact) -> str:
    """Return why a clause is a fact, how it is meant and whose it is."""
    parts = [fact.reason, fact.modality.value, "negative" if fact.negated else ""]
    parts.append(f"according to {fact.attributed_to}" if fact.attributed_to else "")
    return " · ".join(part for part in parts if part)


def lines(article: Article, found: list[Mark]) -> Iterator[Line]:
    """Yield the lines of the article that hold anything, in pieces."""
    start = 0
    for printed in article.text.split("\n"):
        line = Span(start, start + len(printed))
        start = line.end + 1
        if printed.strip():
            heading = any(span.overlaps(line) for span in article.headings)
            yield Line(heading, tuple(pieces(article.text, line, found)))


def pieces(text: str, line: Span, found: list[Mark]) -> Iterator[Piece]:
    """Cut a line at the borders of its marks; one pass over the borders, active marks kept aside."""
    begins: dict[int, list[Mark]] = defaultdict(list)
    ends: dict[int, list[Mark]] = defaultdict(list)
    for mark in found:
        if mark.span.start < line.end and line.start < mark.span.end:
            begins[max(mark.span.start, line.start)].append(mark)
            ends[min(mark.span.end, line.end)].append(mark)
    borders = sorted({line.start, line.end, *begins, *ends})
    active: list[Mark] = []
    for low, high in pairwise(borders):
        active = [mark for mark in active if mark not in ends.get(low, ())] + begins.get(low, [])
        opening = tuple(mark for mark in begins.get(low, ()) if mark.span.start == low)
        yield Piece(text[low:high], tuple(active), opening)
