"""A theme's quotations: who is shown, word for word. Different speakers, the most central first."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.digest.folding import Folding
from bot.digest.units import Day, Entry
from bot.models import Answer, EntityKind, Fact, Place, Polarity, Quotation, QuotationKind, Span
from bot.models.place import CONTEXT
from bot.normalise import name_key, words

SHOWN = 3
_SHORT, _LONG = 4, 60  # words of a quotation that can stand for a theme
_KIND = {QuotationKind.DIRECT: 1.2, QuotationKind.MIXED: 1.1, QuotationKind.INDIRECT: 1.0}
_WHO = {
    EntityKind.PERSON: 1.2,
    EntityKind.ANONYMOUS: 1.0,
    EntityKind.INSTITUTION: 1.0,
    EntityKind.DOCUMENT: 1.0,
}
_OTHERS = 0.85  # a group, or a speaker of no known kind
_SAME_ARTICLE = 0.6
_SAYING = 1.3
_GAP = " […] "


@dataclass(frozen=True, slots=True)
class Voice:
    """A quotation in a theme: its unit, its place in the findings, what it is worth for the theme."""

    unit: int
    entry: int
    index: int
    quotation: Quotation
    answer: Answer


def voices(
    day: Day, folding: Folding, members: Sequence[int], central: Mapping[int, float], about: Container[str]
) -> list[Voice]:
    """Return the members' attributed quotations, the most central first, each text once.

    `about` are the theme's folded words: a quotation that says one of them is more central.
    """
    found: list[Voice] = []
    seen: set[tuple[str, ...]] = set()
    for n in members:
        unit = day.units[n]
        entry = day.entries[unit.entry]
        for index in unit.quotations:
            quotation = entry.findings.quotations[index]
            said = tuple(w for span in quotation.content for w in words(span.of(entry.article.text)))
            if not quotation.speaker or said in seen:
                continue
            seen.add(said)
            also_in = _also_in(day, unit.entry, entry, unit.span)
            answer = quoted(entry, quotation, 0.0, also_in=also_in)
            saying = any(t in about for t in folding.tokens(answer.text, places=True))
            worth = central[n] * _worth(quotation, len(said), entry) * (_SAYING if saying else 1.0)
            answer = replace(answer, score=round(worth, 6))
            found.append(Voice(n, unit.entry, index, quotation, answer))
    return sorted(found, key=lambda v: (-v.answer.score, v.entry, v.index))


def _worth(quotation: Quotation, length: int, entry: Entry) -> float:
    short = _SHORT if quotation.kind is QuotationKind.DIRECT else _SHORT + 2
    whole = 1.0 if short <= length <= _LONG else 0.4
    who = _WHO.get(quotation.speaker_kind or EntityKind.GROUP, _OTHERS)
    asked = 0.3 if quotation.polarity is Polarity.IS_ASKED else 1.0  # the words are not the speaker's
    nested = 0.8 if quotation.nested_in is not None else 1.0
    return whole * who * nested * asked * _KIND[quotation.kind] * (0.5 if entry.sponsored else 1.0)


def shown(found: Sequence[Voice]) -> list[Voice]:
    """Return up to three quotations by different speakers, best first, from several articles if possible."""
    kept: list[Voice] = []
    while len(kept) < SHOWN:
        heard = {name_key(v.answer.speaker or "") for v in kept}
        read = {v.entry for v in kept}
        left = [v for v in found if name_key(v.answer.speaker or "") not in heard]
        if not left:
            break
        kept.append(max(left, key=lambda v: v.answer.score * (_SAME_ARTICLE if v.entry in read else 1.0)))
    return kept


def quoted(entry: Entry, quotation: Quotation, score: float, also_in: tuple[str, ...] = ()) -> Answer:
    """Return a quotation as it is shown: verbatim slices, speaker, role as printed, source."""
    text = entry.article.text
    people = {p.name: p for p in entry.findings.people}
    person = people.get(quotation.speaker or "")
    return _answer(
        entry,
        "quote",
        quotation.content,
        quotation.sentence,
        score,
        speaker=quotation.speaker,
        role=quotation.role or (person.roles[0] if person and person.roles else None),
        cue=quotation.cue.of(text) if quotation.cue else None,
        polarity=quotation.polarity,
        quotation_kind=quotation.kind,
        also_in=also_in,
    )


def checked(entry: Entry, fact: Fact, score: float) -> Answer:
    """Return a fact as it is shown, with whom the article gives for it."""
    return _answer(entry, "fact", (fact.content,), fact.sentence, score, speaker=fact.attributed_to)


def _answer(
    entry: Entry, kind: str, spans: tuple[Span, ...], around: Span, score: float, **more: object
) -> Answer:
    article = entry.article
    said = around.of(article.text)[:CONTEXT]
    return Answer(
        kind=kind,
        text=_GAP.join(span.of(article.text) for span in spans),
        spans=spans,
        article_id=entry.article_id,
        source=article.source,
        score=round(score, 6),
        place=Place(said, Span(0, len(said))),
        url=article.url,
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        fetched=article.fetched,
        sponsored=entry.sponsored,
        **more,  # type: ignore[arg-type]  # the fields of a quotation, named by the callers above
    )


def facts(day: Day, members: Sequence[int], central: Mapping[int, float], most: int = 2) -> Iterator[Answer]:
    """Yield the facts in the members' sentences that can best be checked: numbers, dates, a named source."""
    found: list[tuple[float, int, Span, Entry, Fact]] = []
    place = {(day.units[n].entry, day.units[n].span): n for n in members}
    for number in sorted({day.units[n].entry for n in members}):
        entry = day.entries[number]
        for fact in entry.findings.facts if not entry.sponsored else ():
            n = place.get((number, fact.sentence))
            if n is None or not (fact.quantities or fact.dates):
                continue
            worth = 1 + bool(fact.quantities) + 0.5 * bool(fact.dates) + 0.5 * bool(fact.attributed_to)
            found.append((-central[n] * worth, number, fact.content, entry, fact))
    used: set[tuple[int, Span]] = set()
    for worth, number, content, entry, fact in sorted(found, key=lambda f: f[:3]):
        if any(number == other and content.overlaps(span) for other, span in used):
            continue
        used.add((number, content))
        yield checked(entry, fact, -worth)
        if len(used) == most:
            return


def _also_in(day: Day, number: int, entry: Entry, span: Span) -> tuple[str, ...]:
    copies = day.also_in.get(tuple(words(span.of(entry.article.text))), ())
    others = (day.entries[n] for n in copies if n != number)
    return tuple(other.article.publisher or other.article.source for other in others)
