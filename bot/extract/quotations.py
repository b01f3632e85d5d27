"""Quotations: who said what, direct, mixed and indirect, from the shared parse.

Cues and their clauses (`_frames`) and words between marks (`_marks`) meet in `_attach`; borders are snapped
(`_borders`); what two cues claim at once goes to the better one, unless one stands inside the other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from bot.extract._attach import nearest, sentence_like
from bot.extract._borders import snapped, touching
from bot.extract._colon import colon_drafts
from bot.extract._drafts import Draft
from bot.extract._frames import according_drafts, verb_drafts
from bot.extract._marks import Region, regions
from bot.extract._nlp import Parsed
from bot.extract._people import People, people_of
from bot.extract._speakers import Resolver, Speaker
from bot.models import Quotation, QuotationKind, Span
from bot.reference import Reference


def drafts_of(parsed: Parsed) -> list[Draft]:
    """Return the article's attributions before speakers are resolved, in order."""
    text = parsed.article.text
    marked = _regions(parsed)
    found: list[Draft] = []
    for index, paragraph in enumerate(parsed.paragraphs):
        found += verb_drafts(text, index, paragraph)
        found += according_drafts(text, index, paragraph)
        found += colon_drafts(text, index, paragraph)
    found = [d for d in found if not _inside(d.cue, marked)]
    found.sort(key=lambda d: d.cue)
    return _selected(_bordered(text, _with_regions(text, found, marked), marked))


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
    order = [d.cue.start for d in drafts]
    taken: dict[int, list[Region]] = defaultdict(list)
    for region in marked:
        if sentence_like(text, region):
            found = nearest(text, region, drafts, order)
            if found is not None:
                taken[found].append(region)
    return [_merged(d, taken[i]) if i in taken else d for i, d in enumerate(drafts)]


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


def _bordered(text: str, drafts: list[Draft], marked: list[Region]) -> list[Draft]:
    result = []
    for draft in drafts:
        spans = [snapped(text, s, marked) for s in draft.content]
        spans = [piece for s in spans for piece in _without(s, draft.cue)]
        spans = [s for s in spans if s.end > s.start]
        if spans and (draft.source is not None or draft.marked):
            result.append(replace(draft, content=tuple(spans)))
    return result


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
            if not _nested(draft, other)
            for a in draft.content
            for b in other.content
        )
        if shared <= 0.3 * _size(draft):
            kept.append(draft)
    return sorted(kept, key=lambda d: d.content)


def _nested(inner: Draft, outer: Draft) -> bool:
    return any(span.holds(inner.cue) for span in outer.content)


def _size(draft: Draft) -> int:
    return sum(end - start for start, end in draft.content)


def quotations(parsed: Parsed, reference: Reference) -> tuple[list[Quotation], People]:
    """Return the quotations of an article in order of their content, and the people it names."""
    text = parsed.article.text
    marked = _regions(parsed)
    drafts = drafts_of(parsed)
    people = people_of(parsed, reference)
    resolver = Resolver(parsed, people, marked)
    order = sorted(range(len(drafts)), key=lambda i: drafts[i].speaker or drafts[i].cue)
    speakers = {i: resolver.resolve(drafts[i]) for i in order}
    return [_quotation(text, draft, speakers[i], marked) for i, draft in enumerate(drafts)], people


def _quotation(text: str, draft: Draft, speaker: Speaker, marked: list[Region]) -> Quotation:
    return Quotation(
        kind=kind(text, draft.content, marked),
        content=draft.content,
        sentence=draft.sentence,
        cue=draft.cue,
        cue_lemma=draft.lemma,
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
