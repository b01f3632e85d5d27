"""Ranked passages and their articles → answers: verbatim slices with place and context; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.models import Answer, FlagKind, Polarity, Span
from bot.normalise import name_key
from bot.search.rank import Ranked
from bot.store.passages import FACT, NARRATION, QUOTE
from bot.store.retrieval import Found, Source

CONTEXT = 600
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s+")
_KINDS = {QUOTE: "quote", FACT: "fact"}


def compose(
    ranked: Iterable[Ranked], sources: Mapping[int, Source], ids: Mapping[tuple[int, int], int]
) -> tuple[Answer, ...]:
    """Return the answers in order, one for each set of words; reprints are named in `also_in`."""
    made: dict[tuple[str, str], Answer] = {}
    for r in ranked:
        source = sources.get(r.found.article_id)
        if source is None:
            continue
        answer = _answer(r, source, ids)
        key = (name_key(answer.speaker or ""), name_key(answer.text) or answer.text)
        first = made.setdefault(key, answer)
        if first is not answer and answer.source not in (first.source, *first.also_in):
            made[key] = replace(first, also_in=(*first.also_in, answer.source))
    return tuple(made.values())


def flag_answers(sources: Sequence[Source], kind: FlagKind) -> tuple[Answer, ...]:
    """Return what articles say of themselves, as mentions."""
    found = []
    for source in sources:
        for flag in source.flags:
            if flag.kind is kind:
                span = _trimmed(source.text, flag.span)
                passage = Found(
                    0, source.id, NARRATION, 0, (span,), span, None, None, None, Polarity.STATES, None, ""
                )
                found.append(_answer(Ranked(passage, 1.0, 1.0, 1.0, (), (("flag", 1.0),)), source, {}))
    return tuple(found)


def context(text: str, sentence: Span) -> Span:
    """Return the passage around a sentence: its paragraph, or as many of its sentences as fit into 600."""
    start = text.rfind("\n", 0, sentence.start) + 1
    end = text.find("\n", sentence.end)
    paragraph = _trimmed(text, Span(start, len(text) if end < 0 else end))
    if paragraph.end - paragraph.start <= CONTEXT:
        return paragraph
    if sentence.end - sentence.start >= CONTEXT:
        return _trimmed(text, Span(sentence.start, sentence.start + CONTEXT))
    return _trimmed(text, _widened(text, paragraph, sentence))


def _widened(text: str, paragraph: Span, sentence: Span) -> Span:
    """Take sentences after and before, in turns, while there is room."""
    borders = [
        paragraph.start,
        *(m.end() + paragraph.start for m in _SENTENCE_END.finditer(paragraph.of(text))),
    ]
    borders.append(paragraph.end)
    start, end = sentence
    later = [b for b in borders if b >= end]
    earlier = [b for b in reversed(borders) if b <= start]
    while later or earlier:
        if later:
            after = later.pop(0)
            end = after if after - start <= CONTEXT else end
        if earlier:
            before = earlier.pop(0)
            start = before if end - before <= CONTEXT else start
    return Span(start, end)


def _answer(r: Ranked, source: Source, ids: Mapping[tuple[int, int], int]) -> Answer:
    found = r.found
    around = context(source.text, found.sentence)
    before, all_paragraphs = _place(source.text, found.spans[0].start)
    return Answer(
        kind=_KINDS.get(found.kind, "mention"),
        text=" […] ".join(span.of(source.text) for span in found.spans),
        spans=found.spans,
        article_id=source.id,
        source=source.source,
        score=round(min(r.score, 1.0), 4),
        context=around.of(source.text),
        context_span=around,
        finding_id=ids.get((found.article_id, found.position)) if found.kind == QUOTE else None,
        speaker=found.speaker,
        role=found.role,
        cue=found.cue,
        polarity=found.polarity if found.kind == QUOTE else None,
        quotation_kind=found.quotation,
        url=source.url,
        title=source.title,
        publisher=source.publisher,
        published=source.published,
        fetched=source.fetched,
        paragraph=before,
        paragraphs=all_paragraphs,
        sponsored=any(f.kind is FlagKind.SPONSORED for f in source.flags),
        why=r.parts,
    )


def _place(text: str, start: int) -> tuple[int, int]:
    """Return the number of the paragraph at `start` and of all paragraphs: lines that are not blank."""
    end = text.find("\n", start)
    before = _filled(text if end < 0 else text[:end])
    return max(1, before), max(1, before + (_filled(text[end:]) if end >= 0 else 0))


def _filled(text: str) -> int:
    return sum(map(bool, map(str.strip, text.split("\n"))))


def _trimmed(text: str, span: Span) -> Span:
    shown = span.of(text)
    return Span(span.start + len(shown) - len(shown.lstrip()), span.end - len(shown) + len(shown.rstrip()))
