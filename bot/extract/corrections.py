"""Corrections by people, applied to what the rules found; they always win.

A correction names a stretch of text. It holds for the quotation that covers most of it, so that it survives
rules that draw borders anew; a speaker for words that the rules no longer find makes them a quotation again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.models import (
    Article,
    Correction,
    EntityKind,
    Findings,
    Person,
    Quotation,
    QuotationKind,
    Span,
    Verdict,
)

_REASON = "corrected by hand"
_MARKS = "\"“”„«»‘’'"


def apply(article: Article, findings: Findings, corrections: Iterable[Correction]) -> Findings:
    """Return the findings as corrected; corrections of other texts are left aside."""
    for correction in corrections:
        if correction.content_hash == article.content_hash and correction.span.end <= len(article.text):
            findings = _applied(article, findings, correction)
    return findings


def _applied(article: Article, findings: Findings, correction: Correction) -> Findings:
    index = _meant(findings, correction.span)
    if correction.verdict is Verdict.NOT_QUOTATION:
        return findings if index is None else _without(findings, index)
    if index is None:
        findings, index = _with(article, findings, correction.span)
    return _spoken_by(findings, index, correction.speaker)


def _meant(findings: Findings, span: Span) -> int | None:
    """The quotation that shares most with a stretch, at least half of either."""
    shares = [(_share(hull(quotation), span), -i) for i, quotation in enumerate(findings.quotations)]
    best, index = max(shares, default=(0.0, 0))
    return -index if best >= 0.5 else None


def _share(one: Span, other: Span) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / max(1, max(one.end, other.end) - min(one.start, other.start))


def hull(quotation: Quotation) -> Span:
    """Return the stretch from the first to the last word of a quotation."""
    return Span(quotation.content[0].start, quotation.content[-1].end)


def _without(findings: Findings, gone: int) -> Findings:
    """Remove a quotation; what hung on it stands by itself, what counts on its place moves up."""

    def moved(index: int | None) -> int | None:
        return None if index is None or index == gone else index - (index > gone)

    quotations = [
        replace(q, nested_in=moved(q.nested_in)) for i, q in enumerate(findings.quotations) if i != gone
    ]
    mentions = [replace(m, quotation=moved(m.quotation)) for m in findings.mentions]
    stays = replace(findings, quotations=tuple(quotations), mentions=tuple(mentions))
    return _attributed(stays, findings.quotations[gone], None)


def _with(article: Article, findings: Findings, span: Span) -> tuple[Findings, int]:
    """Add a quotation that a person marked, in the order of the text."""
    words = span.of(article.text)
    marked = words[:1] in _MARKS and words[-1:] in _MARKS
    around = [s for s in findings.sentences if s.overlaps(span)]
    sentence = Span(around[0].start, around[-1].end) if around else span
    kind = QuotationKind.DIRECT if marked else QuotationKind.INDIRECT
    index = sum(hull(q) < span for q in findings.quotations)
    added = Quotation(kind, (span,), sentence, reason=_REASON)

    def moved(place: int | None) -> int | None:
        return place if place is None else place + (place >= index)

    kept = [replace(q, nested_in=moved(q.nested_in)) for q in findings.quotations]
    mentions = tuple(
        replace(m, quotation=index if span.holds(m.span) else moved(m.quotation)) for m in findings.mentions
    )
    quotations = (*kept[:index], added, *kept[index:])
    return replace(findings, quotations=quotations, mentions=mentions), index


def _spoken_by(findings: Findings, index: int, speaker: str | None) -> Findings:
    """Give a quotation its speaker; whoever is new is taken for a person."""
    before = findings.quotations[index]
    known = next((p for p in findings.people if p.name == speaker), None)
    new = () if known or speaker is None else (Person(speaker),)
    kind = known.kind if known else EntityKind.PERSON
    role = known.roles[0] if known and known.roles else None
    kept = before.speaker_span if before.speaker == speaker else None
    after = replace(
        before,
        speaker=speaker,
        speaker_span=kept,
        speaker_kind=kind if speaker else None,
        role=role,
        speaker_reason=_REASON,
    )
    quotations = (*findings.quotations[:index], after, *findings.quotations[index + 1 :])
    changed = replace(findings, quotations=quotations, people=(*findings.people, *new))
    return _attributed(changed, before, speaker)


def _attributed(findings: Findings, quotation: Quotation, speaker: str | None) -> Findings:
    """Let the facts inside a quotation follow its speaker."""
    facts = tuple(
        replace(fact, attributed_to=speaker, attribution_span=None)
        if any(span.holds(fact.content) for span in quotation.content)
        and fact.attributed_to == quotation.speaker
        else fact
        for fact in findings.facts
    )
    return replace(findings, facts=facts)
