"""Quotations: who said what, direct, mixed and indirect, from the shared parse.

Cues and what they govern (`_verbs`, `_nouns`, `_according`, `_colon`) meet the words between quotation
marks (`_marks`) in `_attach`; `_select` decides borders and overlaps; `_speakers` names who speaks.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from bot.extract._according import according_drafts
from bot.extract._attach import attach
from bot.extract._borders import touching
from bot.extract._colon import colon_drafts
from bot.extract._drafts import Draft
from bot.extract._marks import Region, regions
from bot.extract._nlp import Parsed
from bot.extract._nouns import noun_drafts
from bot.extract._people import People, people_of
from bot.extract._select import nests, selected
from bot.extract._sources import with_source
from bot.extract._speakers import Resolver, Speaker
from bot.extract._verbs import verb_drafts
from bot.models import Quotation, QuotationKind, Span
from bot.reference import Reference


def quotations(parsed: Parsed, reference: Reference) -> tuple[list[Quotation], People]:
    """Return the quotations of an article in order of their content, and the people it names."""
    text = parsed.article.text
    people = people_of(parsed, reference)
    marked = marked_regions(parsed)
    drafts = selected(text, _with_regions(text, _drafts(parsed, marked), marked), marked, people)
    resolver = Resolver(parsed, people, marked)
    order = sorted(range(len(drafts)), key=lambda i: drafts[i].speaker or drafts[i].cue)
    speakers = {i: resolver.resolve(drafts[i]) for i in order}
    around = nests(drafts)
    found = [_quotation(text, draft, speakers[i], marked) for i, draft in enumerate(drafts)]
    return [replace(q, nested_in=around[i]) for i, q in enumerate(found)], people


def marked_regions(parsed: Parsed) -> list[Region]:
    """Return what stands between quotation marks, paragraph by paragraph."""
    blocks: list[Span] = []
    for paragraph in parsed.paragraphs:
        if paragraph.continued:
            blocks[-1] = Span(blocks[-1].start, paragraph.span.end)
        else:
            blocks.append(paragraph.span)
    found: list[Region] = []
    for block in blocks:
        found += regions(parsed.article.text, block, bool(found) and not found[-1].closed)
    return found


def _drafts(parsed: Parsed, marked: list[Region]) -> list[Draft]:
    """Return what the cues outside quotation marks promise, in order of the cues."""
    text = parsed.article.text
    found: list[Draft] = []
    for index, paragraph in enumerate(parsed.paragraphs):
        makers = (verb_drafts, noun_drafts, according_drafts, colon_drafts)
        found += chain.from_iterable(make(text, index, paragraph) for make in makers)
    outside = (d for d in found if not _quoted(d.cue, marked))
    return sorted(
        (with_source(d, parsed.paragraphs[d.paragraph], marked) for d in outside), key=lambda d: d.cue
    )


def _quoted(span: Span, marked: list[Region]) -> bool:
    return any(r.inner.start <= span.start and span.end <= r.inner.end for r in touching(span, marked))


def _with_regions(text: str, drafts: list[Draft], marked: list[Region]) -> list[Draft]:
    """Give each sentence-like region to its cue and merge it with the cue's own content."""
    found = attach(text, drafts, marked)
    result = [_merged(d, found.regions[i]) if i in found.regions else d for i, d in enumerate(drafts)]
    return result + [_carried(drafts[i], region) for region, i in found.carried]


def _merged(draft: Draft, taken: list[Region]) -> Draft:
    content = list(draft.content)
    for region in taken:
        start, end = region.outer
        hit = [c for c in content if c.overlaps(region.outer)]
        content = [c for c in content if c not in hit]
        if not all(start - 1 <= c.start and c.end <= end + 1 for c in hit):
            start, end = min(start, *(c.start for c in hit)), max(end, *(c.end for c in hit))
        content.append(Span(start, end))
    reason = "marked words beside the cue"
    return replace(draft, content=tuple(sorted(set(content))), marked=True, reason=reason)


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
    """Tell by the share of words between marks: all (95 %) direct, none indirect, else mixed."""
    inside = total = 0
    for span in content:
        total += len(span.of(text).split())
        for region in touching(span, marked):
            part = text[max(span.start, region.outer.start) : min(span.end, region.outer.end)]
            inside += len(part.split())
    if not inside:
        return QuotationKind.INDIRECT
    return QuotationKind.DIRECT if inside >= 0.95 * total else QuotationKind.MIXED
