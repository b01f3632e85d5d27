"""Ranked passages and their articles → answers: verbatim slices with place and context; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.models import Answer, FlagKind, Further, Place, Polarity, Span
from bot.models.place import trimmed
from bot.search.copies import Told, text
from bot.search.rank import Ranked
from bot.store.passages import FACT, NARRATION, QUOTE
from bot.store.retrieval import Found, Source

_KINDS = {QUOTE: "quote", FACT: "fact"}


def compose(found: Iterable[Told], sources: Mapping[int, Source]) -> tuple[Answer, ...]:
    """Return the answers in order; reprints are named in `also_in`."""
    return tuple([_answer(f.ranked, sources[f.ranked.found.article_id], f.also_in) for f in found])


def further(found: Iterable[Told]) -> tuple[Further, ...]:
    """Return who and where of answers whose words nobody has asked for yet."""
    rows = [f.ranked.found for f in found]
    return tuple([Further(_kind(row), row.article_id, row.speaker, row.role) for row in rows])


def score_of(r: Ranked) -> float:
    """Return the score that an answer carries, at most 1."""
    return round(min(r.score, 1.0), 4)


def flag_answers(sources: Sequence[Source], kind: FlagKind) -> tuple[Answer, ...]:
    """Return what articles say of themselves, as mentions."""
    flags = ((source, flag) for source in sources for flag in source.flags if flag.kind is kind)
    return tuple(mention(source, trimmed(source.text, flag.span), "flag") for source, flag in flags)


def mention(source: Source, span: Span, why: str) -> Answer:
    """Return words of an article itself, whoever asked for the article."""
    passage = Found(0, source.id, NARRATION, 0, (span,), span, None, None, None, Polarity.STATES, None, "")
    return _answer(Ranked(passage, 1.0, 1.0, 1.0, (), ((why, 1.0),)), source)


def _kind(found: Found) -> str:
    return _KINDS.get(found.kind, "mention")


def _answer(r: Ranked, source: Source, also_in: tuple[str, ...] = ()) -> Answer:
    found = r.found
    return Answer(
        kind=_kind(found),
        text=text(found, source),
        spans=found.spans,
        article_id=source.id,
        source=source.source,
        score=score_of(r),
        place=Place(source.text, found.sentence, found.spans[0].start),
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
        sponsored=any([f.kind is FlagKind.SPONSORED for f in source.flags]),
        also_in=also_in,
        why=r.parts,
    )
