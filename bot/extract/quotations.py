"""Quotations: who said what, direct, mixed and indirect, from the shared parse.

Cues and what they govern (`_verbs`, `_nouns`, `_according`, `_colon`) meet the words between quotation
marks (`_marks`) in `_attach`; `_select` decides borders and overlaps; `_speakers` names who speaks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain

from bot.extract._according import according_drafts
from bot.extract._attach import attach
from bot.extract._borders import touching
from bot.extract._colon import colon_drafts, without_label
from bot.extract._descriptions import Holders
from bot.extract._drafts import Draft, trimmed
from bot.extract._gathering import people_of
from bot.extract._marks import Region, regions
from bot.extract._nlp import Parsed
from bot.extract._nouns import noun_drafts
from bot.extract._people import People
from bot.extract._select import nests, selected
from bot.extract._signed import signed_drafts
from bot.extract._sources import with_source
from bot.extract._speakers import Resolver, Speaker
from bot.extract._verbs import verb_drafts
from bot.models import Quotation, QuotationKind, Span
from bot.reference import Reference

_PAUSE = re.compile(r"[.!?;\n”“\"]")
_ENDS = {".", "…", "..."}
_NOBODY = {"it", "that", "which", "this"}


def quotations(parsed: Parsed, reference: Reference) -> tuple[list[Quotation], People]:
    """Return the quotations of an article in order of their content, and the people it names."""
    text = parsed.article.text
    people = people_of(parsed, reference)
    marked = marked_regions(parsed)
    found = selected(text, _with_regions(text, _drafts(parsed, marked), marked), marked, people)
    drafts = [replace(draft, speaker=_whole_name(draft.speaker, people)) for draft in found]
    resolver = Resolver(parsed, people, marked, Holders(people, reference))
    order = sorted(range(len(drafts)), key=lambda i: drafts[i].speaker or drafts[i].cue)
    speakers = {i: resolver.resolve(drafts[i]) for i in order}
    around = nests(drafts)
    made = [_quotation(text, draft, speakers[i], marked) for i, draft in enumerate(drafts)]
    return _kept([replace(q, nested_in=around[i]) for i, q in enumerate(made)], text), people


def _whole_name(speaker: Span | None, people: People) -> Span | None:
    """Widen a speaker's phrase to the name that the parse cut in two ("el-" off Sisi)."""
    if speaker is None:
        return None
    at = people.before(speaker.start)
    cut = [m.span for m in people.mentions[max(0, at - 1) : at] if m.span.end > speaker.start]
    inside = [m.span for m in people.within(speaker) if m.span.end > speaker.end]
    spans = [speaker, *cut, *inside]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _kept(found: list[Quotation], text: str) -> list[Quotation]:
    """Drop words without marks that nobody says: "it threatens a split", where "it" is nobody's voice."""
    silent = [
        q.speaker is None
        and q.kind is QuotationKind.INDIRECT
        and q.speaker_span is not None
        and q.speaker_span.of(text).lower() in _NOBODY
        for q in found
    ]
    number = {old: new for new, old in enumerate(i for i, drop in enumerate(silent) if not drop)}
    kept = (q for q, drop in zip(found, silent, strict=True) if not drop)
    return [replace(q, nested_in=number.get(q.nested_in) if q.nested_in is not None else None) for q in kept]


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
    return [without_label(parsed.article.text, region) for region in found]


def _drafts(parsed: Parsed, marked: list[Region]) -> list[Draft]:
    """Return what the cues outside quotation marks promise, in order of the cues."""
    text = parsed.article.text
    found: list[Draft] = []
    for index, paragraph in enumerate(parsed.paragraphs):
        makers = (verb_drafts, noun_drafts, according_drafts, colon_drafts, signed_drafts)
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
    result = [_merged(text, d, found.regions[i]) if i in found.regions else d for i, d in enumerate(drafts)]
    return result + [_carried(drafts[i], region) for region, i in found.carried]


def _merged(text: str, draft: Draft, taken: list[Region]) -> Draft:
    content = list(draft.content)
    for region in taken:
        start, end = region.outer
        hit = [c for c in content if c.overlaps(region.outer)]
        content = [c for c in content if c not in hit]
        if not all(start - 1 <= c.start and c.end <= end + 1 for c in hit):
            start, end = min(start, *(c.start for c in hit)), max(end, *(c.end for c in hit))
        content.append(Span(start, end))
    content = _joined(text, sorted(set(content)), draft)
    reason = "marked words beside the cue"
    return replace(draft, content=tuple(content), marked=True, reason=reason)


def _joined(text: str, content: list[Span], draft: Draft) -> list[Span]:
    """Join pieces with a few words of the same sentence in between ("Norway as a “reliable neighbour”")."""
    joined = content[:1]
    for span in content[1:]:
        gap = Span(joined[-1].end, span.start)
        words = gap.of(text)
        own = gap.overlaps(draft.cue) or (draft.speaker is not None and gap.overlaps(draft.speaker))
        if not own and len(words.split()) <= 3 and not _PAUSE.search(words):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


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
        content=tuple(unmarked(text, span, marked) for span in draft.content),
        sentence=draft.sentence,
        cue=None if draft.carried else draft.cue,
        cue_lemma=None if draft.carried else draft.lemma,
        speaker_span=draft.speaker,
        speaker=speaker.name,
        speaker_kind=speaker.kind,
        role=speaker.role,
        polarity=draft.polarity,
        reason=draft.reason,
        speaker_reason=speaker.reason,
    )


def unmarked(text: str, span: Span, marked: list[Region]) -> Span:
    """Return a wholly quoted piece without its marks and the comma before the closing one."""
    for region in touching(span, marked):
        if region.outer.holds(span) and (span.start == region.outer.start or span.end == region.outer.end):
            inner = Span(max(span.start, region.inner.start), min(span.end, region.inner.end))
            cut = trimmed(text, inner)
            return Span(cut.start, inner.end if text[cut.end : inner.end].strip() in _ENDS else cut.end)
    return span


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
