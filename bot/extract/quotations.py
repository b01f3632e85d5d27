"""Quotations: who said what, direct, mixed and indirect, from the shared parse.

Cues and their clauses (`_frames`) and words between marks (`_marks`) meet in `_attach`; borders are snapped
(`_borders`); what two cues claim at once goes to the better one, unless one stands inside the other.
"""

from __future__ import annotations

from dataclasses import replace

from bot.extract._according import REASON as ACCORDING
from bot.extract._according import according_drafts
from bot.extract._attach import attach
from bot.extract._borders import snapped, touching
from bot.extract._colon import colon_drafts
from bot.extract._cues import lexicon
from bot.extract._drafts import Draft
from bot.extract._kinds import can_speak
from bot.extract._marks import Region, regions
from bot.extract._nlp import Parsed
from bot.extract._people import People, people_of
from bot.extract._speakers import Resolver, Speaker
from bot.extract._verbs import AFTER, AROUND, UNDER, verb_drafts
from bot.models import Quotation, QuotationKind, Span
from bot.reference import Reference

_NESTING = {UNDER, AROUND, AFTER, ACCORDING}
_TELLING = lexicon().verbs.keys() - {
    "think",
    "believe",
    "hope",
    "fear",
    "feel",
    "expect",
    "doubt",
    "suspect",
    "worry",
}


def drafts_of(parsed: Parsed, people: People) -> list[Draft]:
    """Return the article's attributions before speakers are resolved, in order."""
    text = parsed.article.text
    marked = _regions(parsed)
    found = [d for d in _raw(parsed) if not _inside(d.cue, marked)]
    return _selected(_bordered(text, _with_regions(text, found, marked), marked, people))


def _raw(parsed: Parsed) -> list[Draft]:
    text = parsed.article.text
    found: list[Draft] = []
    for index, paragraph in enumerate(parsed.paragraphs):
        found += verb_drafts(text, index, paragraph)
        found += according_drafts(text, index, paragraph)
        found += colon_drafts(text, index, paragraph)
    return sorted(found, key=lambda d: d.cue)


def _regions(parsed: Parsed) -> list[Region]:
    text = parsed.article.text
    found: list[Region] = []
    blocks: list[Span] = []
    for paragraph in parsed.paragraphs:
        span = paragraph.span
        if paragraph.continued:
            blocks[-1] = Span(blocks[-1].start, span.end)
        else:
            blocks.append(span)
    for block in blocks:
        found += regions(text, block, bool(found) and not found[-1].closed)
    return found


def _inside(span: Span, marked: list[Region]) -> bool:
    return any(r.inner.start <= span.start and span.end <= r.inner.end for r in touching(span, marked))


def _with_regions(text: str, drafts: list[Draft], marked: list[Region]) -> list[Draft]:
    """Give each sentence-like region to its cue and merge it with the cue's own content."""
    found = attach(text, drafts, marked)
    result = [_merged(d, found.regions[i]) if i in found.regions else d for i, d in enumerate(drafts)]
    return result + [_carried(drafts[i], region) for region, i in found.carried]


def _carried(draft: Draft, region: Region) -> Draft:
    """Return words without a cue that go on after somebody's marked words."""
    return replace(
        draft,
        content=(region.outer,),
        sentence=region.outer,
        marked=True,
        carried=True,
        reason="words of the speaker before",
    )


def _merged(draft: Draft, taken: list[Region]) -> Draft:
    content = list(draft.content)
    for region in taken:
        s, e = region.outer
        hit = [c for c in content if c.overlaps(region.outer)]
        content = [c for c in content if c not in hit]
        inside = all(s - 1 <= c.start and c.end <= e + 1 for c in hit)
        content.append(
            region.outer if inside else Span(min(s, *(c.start for c in hit)), max(e, *(c.end for c in hit)))
        )
    return replace(
        draft, content=tuple(sorted(set(content))), marked=True, reason="marked words beside the cue"
    )


def _bordered(text: str, drafts: list[Draft], marked: list[Region], people: People) -> list[Draft]:
    result = []
    for draft in drafts:
        spans = [snapped(text, s, marked) for s in draft.content]
        spans = [piece for s in spans for piece in _without(s, draft.cue)]
        spans = [s for s in spans if s.end > s.start]
        if spans and (draft.marked or _attributable(draft, people)):
            result.append(replace(draft, content=tuple(spans)))
    return result


def _attributable(draft: Draft, people: People) -> bool:
    """Say whether words without quotation marks have a source that can speak."""
    if draft.source is None or draft.speaker is None:
        return False
    return can_speak(draft.source) or bool(people.within(draft.speaker))


def _without(span: Span, cue: Span) -> list[Span]:
    """Keep the longer part of a content that the cue cuts in two."""
    if not span.holds(cue):
        return [span]
    return [max(Span(span.start, cue.start), Span(cue.end, span.end), key=lambda s: s.end - s.start)]


def _selected(drafts: list[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (not d.marked, -_size(d))):
        shared = sum(
            max(0, min(a.end, b.end) - max(a.start, b.start))
            for other in kept
            if not _may_nest(draft, other)
            for a in draft.content
            for b in other.content
        )
        if shared <= 0.3 * _size(draft):
            kept.append(draft)
    return sorted(kept, key=lambda d: d.content)


def _may_nest(inner: Draft, outer: Draft) -> bool:
    """Say whether one attribution stands inside another's content: "an official said that X had said"."""
    return (
        inner.reason in _NESTING
        and inner.lemma in _TELLING
        and any(s.holds(inner.cue) for s in outer.content)
    )


def _size(draft: Draft) -> int:
    return sum(end - start for start, end in draft.content)


def quotations(parsed: Parsed, reference: Reference) -> tuple[list[Quotation], People]:
    """Return the quotations of an article in order of their content, and the people it names."""
    text = parsed.article.text
    marked = _regions(parsed)
    people = people_of(parsed, reference)
    drafts = drafts_of(parsed, people)
    resolver = Resolver(parsed, people, marked)
    order = sorted(range(len(drafts)), key=lambda i: drafts[i].speaker or drafts[i].cue)
    speakers = {i: resolver.resolve(drafts[i]) for i in order}
    return [_quotation(text, draft, speakers[i], marked) for i, draft in enumerate(drafts)], people


def _quotation(text: str, draft: Draft, speaker: Speaker, marked: list[Region]) -> Quotation:
    return Quotation(
        kind=kind(text, draft.content, marked),
        content=draft.content,
        sentence=draft.sentence,
        cue=None if draft.carried else draft.cue,
        cue_lemma=None if draft.carried else draft.lemma,
        speaker_span=draft.speaker,
        speaker=speaker.name,
        speaker_kind=speaker.kind,
        polarity=draft.polarity,
        reason=draft.reason,
        speaker_reason=speaker.reason,
    )


def kind(text: str, content: tuple[Span, ...], marked: list[Region]) -> QuotationKind:
    """Tell by the share of characters between marks: all (95 %) direct, none indirect, else mixed."""
    inside = total = 0
    for span in content:
        total += len(span.of(text).split())
        for region in touching(span, marked):
            inside += len(text[max(span.start, region.outer.start) : min(span.end, region.outer.end)].split())
    if not inside:
        return QuotationKind.INDIRECT
    return QuotationKind.DIRECT if inside >= 0.95 * total else QuotationKind.MIXED
