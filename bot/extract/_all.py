"""Every extractor over one parse, in order: each is one call here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.extract._nlp import Parsed, load, parse
from bot.extract._roster import speaking
from bot.extract.facts import facts
from bot.extract.keyterms import keyterms
from bot.extract.mentions import mentions
from bot.extract.quotations import quotations
from bot.models import Article, Findings, Span
from bot.reference import Reference


def findings(model: str, reference: Reference, articles: Iterable[Article]) -> Iterator[Findings]:
    """Yield the findings of each article; raises SettingError where the model is missing."""
    for parsed in parse(load(model), articles):
        yield _find(parsed, reference)


def _find(parsed: Parsed, reference: Reference) -> Findings:
    # Each extractor is one call here; facts() and mentions() take the quotations as well.
    found, people = quotations(parsed, reference)
    return Findings(
        quotations=tuple(found),
        mentions=tuple(mentions(parsed, found, reference, people)),
        facts=tuple(facts(parsed, found)),
        people=tuple(speaking(people, found, reference)),
        sentences=_sentences(parsed),
        keyterms=tuple(keyterms(parsed)),
    )


def _sentences(parsed: Parsed) -> tuple[Span, ...]:
    return tuple(
        Span(paragraph.start + sentence.start_char, paragraph.start + sentence.end_char)
        for paragraph in parsed.paragraphs
        for sentence in paragraph.doc.sents
        if sentence.text.strip()
    )
