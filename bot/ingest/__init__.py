"""The whole line in one function: fetch → clean → extract → store, for any number of sources.

Each article is stored as one transaction as soon as it is ready, in the order of the sources. Whatever ends
an ingest, what was done before stays, and doing it again goes on where it ended.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
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
from bot.store import Database, Origin, arrivals, articles, removed
from bot.store import sources as origins
from bot.store.settling import settle

__all__ = ["OriginOf", "Outcome", "Pool", "Progress", "Result", "Summary", "ingest"]

Arrival = Raw | SourceError
OriginOf = Callable[[Raw], Origin | None]
Outcome = Literal["new", "replaced", "same", "failed"]
_FEW = 24  # articles; only for more it pays to load the model once more in other processes
_BATCH = 16  # sources that are read ahead and looked up at once


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one source: `reason` says why it failed, `passing` that it may be well again later,
    `quotations` how many were stored with it.
    """

    source: str
    outcome: Outcome
    reason: str = ""
    article_id: int | None = None
    quotations: int = 0
    passing: bool = False

    @property
    def is_done(self) -> bool:
        """Say that there is nothing to wait for."""
        return True


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


def _nowhere(_: Raw) -> None:
    """Say that an article comes of no source that is kept."""


async def ingest(
    db: Database,
    extractor: Extractor,
    workspace: str,
    sources: Iterable[Arrival] | AsyncIterable[Arrival],
    *,
    processes: int = 0,
    progress: Progress | None = None,
    summary: Summary | None = None,
    pool: Pool | None = None,
    origin: OriginOf = _nowhere,
) -> Summary:
    """Read every source and store what is new; a source that fails is reported and the rest goes on.

    `processes` bounds the processes that extract, 0 takes one a core; few articles are done in a thread.
    A server passes its own `pool`, which stays open. What arrives asynchronously is done as it comes.
    `summary` is counted up as results come, so that a caller who is interrupted can tell what was done.
    `origin` names the row of the source that an article comes from.
    """
    summary = summary or Summary()
    line = _Line(db, workspace, recipe(extractor), origin)
    if pool or isinstance(sources, AsyncIterable):
        batches, processes, many = _batches(sources), 1, False
    else:
        remaining = iter(sources)
        first = await asyncio.to_thread(lambda: list(islice(remaining, _FEW + 1)))
        many = len(first) > _FEW
        processes = (processes or os.cpu_count() or 1) if many else 1
        batches = _batches(chain(first, remaining))
    async with nullcontext(pool) if pool else Pool(extractor, processes) as used:
        async for result in line.run(batches, used):
            summary.add(result)
            if progress:
                progress(result)
    if many:
        await settle(db)
    return summary


async def _batches(sources: Iterable[Arrival] | AsyncIterable[Arrival]) -> AsyncIterator[list[Arrival]]:
    """Yield what arrives: from the web one by one, from the disk some at a time, read in a thread."""
    if isinstance(sources, AsyncIterable):
        async for one in sources:
            yield [one]
        return
    remaining = iter(sources)
    while batch := await asyncio.to_thread(lambda: list(islice(remaining, _BATCH))):
        yield batch


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known under a name; without an article where retention removed it."""

    article_id: int | None
    raw_hash: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class _Started:
    raw_hash: str
    work: Work
    origin: Origin | None
    known_id: int | None

    @property
    def is_done(self) -> bool:
        return self.work.future.done()


@dataclass(frozen=True, slots=True)
class _Line:
    """One run over the sources of a workspace, by one set of rules."""

    db: Database
    workspace: str
    recipe: str
    origin: OriginOf

    async def run(self, batches: AsyncIterator[list[Arrival]], pool: Pool) -> AsyncIterator[Result]:
        """Yield the result of each source in order; at most a few articles are held at a time."""
        waiting: deque[_Started | Result] = deque()
        async for batch in batches:
            async for one in self._sorted_out(batch, pool):
                waiting.append(one)
                while waiting and (len(waiting) > pool.window or waiting[0].is_done):
                    yield await self._finished(waiting.popleft(), pool)
        while waiting:
            yield await self._finished(waiting.popleft(), pool)

    async def _sorted_out(self, batch: list[Arrival], pool: Pool) -> AsyncIterator[_Started | Result]:
        known = await self._known([raw for raw in batch if isinstance(raw, Raw)])
        for raw in batch:
            if isinstance(raw, SourceError):
                yield Result(raw.source, "failed", raw.reason, passing=raw.passing)
                continue
            raw_hash = _hash(raw)
            there, origin = known.get(raw.source), self.origin(raw)
            if there is not None and there.raw_hash == raw_hash:
                yield await self._same(raw.source, there.article_id, origin)
            else:
                work = pool.start(raw, there.fingerprint if there else None)
                yield _Started(raw_hash, work, origin, there.article_id if there else None)

    async def _known(self, batch: list[Raw]) -> dict[str, _Known]:
        """Return what need not be read again if it is as it was: what is stored, and what was removed."""
        stored = await articles.known(self.db, self.workspace, [raw.source for raw in batch])
        coming = [(r.source, o) for r in batch if r.source not in stored and (o := self.origin(r))]
        gone = await removed.known(self.db, self.workspace, coming)
        return {name: _Known(None, g.raw_hash, g.fingerprint) for (_, name), g in gone.items()} | {
            name: _Known(one.article_id, one.raw_hash, one.fingerprint)
            for name, one in stored.items()
            if one.recipe == self.recipe
        }

    async def _same(self, source: str, article_id: int | None, origin: Origin | None) -> Result:
        """Return that nothing is new; the article may have come from another source before, or be removed."""
        if origin is not None and article_id is not None:
            await origins.note(self.db, self.workspace, article_id, origin)
        elif origin is not None:
            await removed.note(self.db, self.workspace, origin, source, datetime.now(UTC))
        return Result(source, "same", article_id=article_id)

    async def _finished(self, one: _Started | Result, pool: Pool) -> Result:
        if isinstance(one, Result):
            return one
        found = await pool.result(one.work)
        if isinstance(found, Failed):
            return Result(found.source, "failed", found.reason)
        return await self._stored(found, one)

    async def _stored(self, found: Found, started: _Started) -> Result:
        if found.findings is None:
            return await self._same(found.article.source, started.known_id, started.origin)
        known = await arrivals.look_up(self.db, self.workspace, found.article, found.shingles)
        said = known.corrections
        findings = apply(found.article, found.findings, said)
        alike = await copies(found.shingles, known.candidates)
        try:
            saved = await articles.save(
                self.db,
                self.workspace,
                found.article,
                findings,
                recipe=self.recipe,
                raw_hash=started.raw_hash,
                copies=alike,
                indexed=None if said else found.indexed,
                origin=started.origin,
            )
        except SourceError as error:
            return Result(error.source, "failed", error.reason)
        return Result(
            found.article.source,
            saved.outcome,
            article_id=saved.article_id,
            quotations=len(findings.quotations),
        )


def _hash(raw: Raw) -> str:
    found = hashlib.sha256(raw.data)
    if raw.described:  # another title for the same text is a change, too
        told = (raw.url, raw.title, raw.publisher, raw.authors, raw.published)
        found.update(repr(told).encode())
    return found.hexdigest()
