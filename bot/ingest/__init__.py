"""The whole line in one function: fetch → clean → extract → store, for any number of sources.

Each article is stored as one transaction as soon as it is ready, in the order of the sources. Whatever ends
an ingest, what was done before stays, and doing it again goes on where it ended.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import chain, islice
from typing import Literal, Protocol

from bot.errors import SourceError
from bot.extract import Extractor
from bot.extract.corrections import apply
from bot.ingest._copies import copies
from bot.ingest._outcome import Failed, Found
from bot.ingest._pool import Pool, Work
from bot.ingest._recipe import recipe
from bot.models import Raw
from bot.store import Database, articles, corrections

__all__ = ["Outcome", "Pool", "Progress", "Result", "Summary", "ingest"]

Outcome = Literal["new", "replaced", "same", "failed"]
_FEW = 24  # articles; only for more it pays to load the model once more in other processes
_BATCH = 16  # sources that are read ahead and looked up at once


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one source; `reason` says why it failed."""

    source: str
    outcome: Outcome
    reason: str = ""
    article_id: int | None = None


class Progress(Protocol):
    """Is told of each source as soon as it is done."""

    def __call__(self, result: Result, /) -> None:
        """Take note of a result."""
        ...


@dataclass(slots=True)
class Summary:
    """How many sources ended in which way; counted up while an ingest runs."""

    new: int = 0
    replaced: int = 0
    same: int = 0
    failed: int = 0

    def add(self, result: Result) -> None:
        """Count one result."""
        setattr(self, result.outcome, getattr(self, result.outcome) + 1)

    def __str__(self) -> str:
        return f"{self.new} new, {self.replaced} replaced, {self.same} unchanged, {self.failed} failed"


async def ingest(
    db: Database,
    extractor: Extractor,
    workspace: str,
    sources: Iterable[Raw | SourceError],
    *,
    processes: int = 0,
    progress: Progress | None = None,
    summary: Summary | None = None,
    pool: Pool | None = None,
) -> Summary:
    """Read every source and store what is new; a source that fails is reported and the rest goes on.

    `processes` bounds the processes that extract, 0 takes one a core; few articles are done in a thread.
    A server passes its own `pool`, which stays open.
    `summary` is counted up as results come, so that a caller who is interrupted can tell what was done.
    """
    summary = summary or Summary()
    line = _Line(db, workspace, recipe(extractor))
    remaining = iter(sources)
    first = await asyncio.to_thread(lambda: list(islice(remaining, _FEW + 1)))
    count = (processes or os.cpu_count() or 1) if len(first) > _FEW else 1
    async with nullcontext(pool) if pool else Pool(extractor, count) as used:
        async for result in line.run(chain(first, remaining), used):
            summary.add(result)
            if progress:
                progress(result)
    return summary


@dataclass(frozen=True, slots=True)
class _Started:
    raw_hash: str
    work: Work


@dataclass(frozen=True, slots=True)
class _Line:
    """One run over the sources of a workspace, by one set of rules."""

    db: Database
    workspace: str
    recipe: str

    async def run(self, sources: Iterator[Raw | SourceError], pool: Pool) -> AsyncIterator[Result]:
        """Yield the result of each source in order; at most a few articles are held at a time."""
        waiting: deque[_Started | Result] = deque()
        while batch := await asyncio.to_thread(lambda: list(islice(sources, _BATCH))):
            async for one in self._sorted_out(batch, pool):
                waiting.append(one)
                while len(waiting) > pool.window:
                    yield await self._finished(waiting.popleft(), pool)
        while waiting:
            yield await self._finished(waiting.popleft(), pool)

    async def _sorted_out(
        self, batch: list[Raw | SourceError], pool: Pool
    ) -> AsyncIterator[_Started | Result]:
        names = [raw.source for raw in batch if isinstance(raw, Raw)]
        known = await articles.known(self.db, self.workspace, names)
        for raw in batch:
            if isinstance(raw, SourceError):
                yield Result(raw.source, "failed", raw.reason)
                continue
            raw_hash = hashlib.sha256(raw.data).hexdigest()
            there = known.get(raw.source)
            if there is not None and there.recipe != self.recipe:
                there = None
            if there is not None and there.raw_hash == raw_hash:
                yield Result(raw.source, "same", article_id=there.article_id)
            else:
                yield _Started(raw_hash, pool.start(raw, there.content_hash if there else None))

    async def _finished(self, one: _Started | Result, pool: Pool) -> Result:
        if isinstance(one, Result):
            return one
        found = await pool.result(one.work)
        if isinstance(found, Failed):
            return Result(found.source, "failed", found.reason)
        return await self._stored(found, one.raw_hash)

    async def _stored(self, found: Found, raw_hash: str) -> Result:
        if found.findings is None:
            return Result(found.article.source, "same")
        said = await corrections.of_content(self.db, self.workspace, found.article.content_hash)
        findings = apply(found.article, found.findings, said)
        alike = await copies(self.db, self.workspace, found.article, found.shingles)
        try:
            saved = await articles.save(
                self.db,
                self.workspace,
                found.article,
                findings,
                recipe=self.recipe,
                raw_hash=raw_hash,
                copies=alike,
            )
        except SourceError as error:
            return Result(error.source, "failed", error.reason)
        return Result(found.article.source, saved.outcome, article_id=saved.article_id)
