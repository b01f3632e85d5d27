"""A look at one source: what is new at its place goes down the line; for every door alike."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace

from bot.errors import SourceError
from bot.extract import Extractor
from bot.ingest import Progress, Result, Summary, ingest
from bot.ingest._opening import Opened, Web, opened
from bot.ingest._pool import Pool
from bot.ingest._recipe import recipe
from bot.store import Database, Origin
from bot.store.sources import LISTED, Looked, StoredSource

__all__ = ["Reader", "Tell", "Web", "look"]

Tell = Callable[[int, int | None], Awaitable[None]]
"""Is told now and then how many articles are done, and of how many where that is known."""

_TELL_EVERY = 1.0  # seconds


@dataclass(frozen=True, slots=True)
class Reader:
    """What a look needs, built once for a process: a host is asked politely over all its looks."""

    db: Database
    extractor: Extractor
    via: Web
    pool: Pool | None = None  # of a server; without one each look decides how many processes it is worth
    processes: int = 0


@dataclass(slots=True)
class _Account:
    """What has come of the look so far: everything counted, the first few by name."""

    total: int | None
    summary: Summary = field(default_factory=Summary)
    failures: list[tuple[str, str]] = field(default_factory=list)
    articles: list[int] = field(default_factory=list)
    again: bool = False

    @property
    def done(self) -> int:
        return self.summary.new + self.summary.replaced + self.summary.same + self.summary.failed

    def note(self, result: Result) -> None:
        if result.outcome == "failed":
            self.again |= result.passing
            if len(self.failures) < LISTED:
                self.failures.append((result.source, result.reason))
        elif result.article_id is not None and result.outcome != "same" and len(self.articles) < LISTED:
            self.articles.append(result.article_id)


async def look(
    reader: Reader,
    source: StoredSource,
    *,
    tell: Tell | None = None,
    progress: Progress | None = None,
    anew: bool = False,
) -> tuple[StoredSource, Looked | None]:
    """Read what is new in a source; return what is known of it now, and how the look ended.

    None in place of an outcome: it is as it was. `anew` reads it even so. Raises SourceError where the
    source itself can't be read; what fails inside a feed or folder is part of the outcome.
    """
    asked = replace(source, etag=None, modified=None) if anew else source
    found = await opened(reader.db, reader.via, asked, recipe(reader.extractor))
    if found is None:
        return source, None
    account = _Account(found.total)

    def note(result: Result) -> None:
        account.note(result)
        if progress:
            progress(result)

    async with _telling(account, tell):
        await ingest(
            reader.db,
            reader.extractor,
            source.workspace,
            found.arriving,
            progress=note,
            summary=account.summary,
            pool=reader.pool,
            processes=reader.processes,
            origin=lambda raw: Origin(source.id, raw.item),
        )
    return _ended(found, account)


def _ended(found: Opened, account: _Account) -> tuple[StoredSource, Looked]:
    source, counted = found.source, account.summary
    if account.done == 1 and account.failures and _is_itself(source, account.failures[0][0]):
        raise SourceError(source.place, account.failures[0][1])
    if account.again:  # what may be well by then is asked for again, though the feed has not changed
        source = replace(source, etag=None, modified=None)
    return source, Looked(
        counted.new,
        counted.replaced,
        counted.same + found.same,
        counted.failed,
        tuple(account.failures),
        tuple(account.articles),
    )


def _is_itself(source: StoredSource, name: str) -> bool:
    return source.kind in {"page", "file"} or name == source.place


@asynccontextmanager
async def _telling(account: _Account, tell: Tell | None) -> AsyncIterator[None]:
    """Tell once a second how far the look has come, where that has changed."""

    async def keep_telling(say: Tell) -> None:
        told = -1
        while True:
            if account.done != told:
                told = account.done
                await say(told, account.total)
            await asyncio.sleep(_TELL_EVERY)

    task = asyncio.create_task(keep_telling(tell)) if tell else None
    try:
        yield
    finally:
        if task:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
