"""Ranked passages and their articles → answers: verbatim slices with place and context; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.models import Answer, FlagKind, Place, Polarity
from bot.models.place import trimmed
from bot.normalise import name_key, words
from bot.search.rank import Ranked
from bot.store.passages import FACT, NARRATION, QUOTE
from bot.store.retrieval import Found, Source

_KINDS = {QUOTE: "quote", FACT: "fact"}


def compose(ranked: Iterable[Ranked], sources: Mapping[int, Source]) -> tuple[Answer, ...]:
    """Return the answers in order, one for each set of words; reprints are named in `also_in`."""
    found = [_answer(r, sources[r.found.article_id]) for r in ranked if r.found.article_id in sources]
    names = [name_key(answer.speaker or "") for answer in found]
    often = Counter(names)
    made: dict[tuple[str, str], Answer] = {}
    for answer, name in zip(found, names, strict=True):
        # whoever speaks once says nothing twice: their words need not be compared
        key = (name, _spelt(answer.text) if often[name] > 1 else "")
        first = made.setdefault(key, answer)
        if first is not answer and answer.source not in (first.source, *first.also_in):
            made[key] = replace(first, also_in=(*first.also_in, answer.source))
    return tuple(made.values())


def _spelt(text: str) -> str:
    """Return the words in a spelling-blind form, for comparing them."""
    return " ".join(words(text)) or text


def flag_answers(sources: Sequence[Source], kind: FlagKind) -> tuple[Answer, ...]:
    """Return what articles say of themselves, as mentions."""
    found = []
    for source in sources:
        for flag in source.flags:
            if flag.kind is kind:
                span = trimmed(source.text, flag.span)
                passage = Found(
                    0, source.id, NARRATION, 0, (span,), span, None, None, None, Polarity.STATES, None, ""
                )
                found.append(_answer(Ranked(passage, 1.0, 1.0, 1.0, (), (("flag", 1.0),)), source))
    return tuple(found)


def _answer(r: Ranked, source: Source) -> Answer:
    found = r.found
    return Answer(
        kind=_KINDS.get(found.kind, "mention"),
        text=" […] ".join([span.of(source.text) for span in found.spans]),
        spans=found.spans,
        article_id=source.id,
        source=source.source,
        score=round(min(r.score, 1.0), 4),
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
        why=r.parts,
    )
