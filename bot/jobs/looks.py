"""The job that looks at a source, and what puts it when a source is due."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import log, metrics
from bot.errors import SourceError, StoreError
from bot.ingest import Result
from bot.ingest.looking import Reader, look
from bot.jobs.port import Job, JobFunction, Jobs, Poison, Policy, utc_now
from bot.store import jobs as rows
from bot.store import looks, sources
from bot.store.sources import StoredSource

PLAN_EVERY = timedelta(seconds=5)
_UNKNOWN = "msc-bot failed on it ({error}); please report this"
_log = log.get("msc.sources")


def functions(
    reader: Reader, policy: Policy, now: Callable[[], datetime] = utc_now
) -> Mapping[str, JobFunction]:
    """Return the job functions by the kind of the job that each does."""
    return {sources.LOOK: _Looking(reader, policy, now)}


@dataclass(frozen=True, slots=True)
class _Looking:
    """Looks at a source; what is new is stored article by article: a look that is cut off goes on later."""

    reader: Reader
    policy: Policy
    now: Callable[[], datetime]

    async def __call__(self, job: Job) -> None:
        source = await sources.get(self.reader.db, job.workspace, int(job.payload["source"]))
        if source is None or source.state == sources.PAUSED:
            return
        if job.attempt == self.policy.attempts:
            doubt = f"reading it failed or ended its worker {job.attempt - 1} times; it is tried once more"
            await looks.doubt(self.reader.db, source, doubt)
        try:
            await self._look(source, job)
        except SourceError as error:
            await self._failed(source, job, error)
        except Exception as error:
            reason = (
                str(error) if isinstance(error, StoreError) else _UNKNOWN.format(error=type(error).__name__)
            )
            with suppress(StoreError):
                await looks.looked(self.reader.db, source, None, self.now(), error=reason, job=job)
            raise

    async def _look(self, source: StoredSource, job: Job) -> None:
        db, renewed = self.reader.db, False

        async def tell(done: int, total: int | None) -> None:
            nonlocal renewed
            with suppress(StoreError):
                await looks.progress(db, source.workspace, source.id, done, total)
                renewed = renewed or (done > 0 and await rows.renew(db, job))

        def note(result: Result) -> None:
            metrics.read(result.outcome, result.quotations)

        better, outcome = await look(self.reader, source, tell=tell, progress=note)
        await looks.looked(db, better, outcome, self.now(), job=job)
        _log.info("source looked at", source=source.id, kind=better.kind, new=outcome.new if outcome else 0)

    async def _failed(self, source: StoredSource, job: Job, error: SourceError) -> None:
        """Note it at the source; one that is watched is looked at again anyway, another is tried again."""
        await looks.looked(self.reader.db, source, None, self.now(), error=error.reason, job=job)
        if source.interval is None:
            raise error if error.passing else Poison(str(error))


async def watch(reader: Reader, engine: Jobs, stop: asyncio.Event) -> None:
    """Put the looks that fall due, until `stop` is set."""
    while not stop.is_set():
        try:
            if await looks.plan(reader.db, utc_now()):
                await engine.reconcile()
        except StoreError as error:
            _log.warning("sources wait for the database", error=str(error))
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), PLAN_EVERY.total_seconds())
