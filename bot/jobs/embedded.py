"""Jobs inside this process, over our own rows alone: SQLite or PostgreSQL, no further service."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from bot import log
from bot.errors import StoreError
from bot.jobs._doing import Doer
from bot.jobs.port import JobFunction, Policy, utc_now
from bot.store import Database, jobs

_LOOK_EVERY = 1.0  # seconds between looks at the rows when nobody has put anything here
_log = log.get("msc.jobs")


class Embedded:
    """An engine of `policy.workers` tasks that look at the rows."""

    def __init__(
        self,
        db: Database,
        functions: Mapping[str, JobFunction],
        policy: Policy | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.policy = policy or Policy()
        self._doer = Doer(db, functions, self.policy, now)
        self._db = db
        self._now = now
        self._bell = asyncio.Semaphore(0)  # each ring wakes one worker: the others need not look for nothing
        self._rings = 0

    async def put(
        self,
        workspace: str,
        kind: str,
        payload: Mapping[str, Any],
        *,
        key: str | None = None,
        lock: str | None = None,
        due: datetime | None = None,
    ) -> int:
        """Commit a job and wake a worker; see `Jobs.put`."""
        job_id = await jobs.put(self._db, workspace, kind, payload, self._now(), key=key, lock=lock, due=due)
        self._ring()
        return job_id

    async def run(self, stop: asyncio.Event) -> None:
        """Do jobs until `stop` is set, then finish what is begun, or give it back after a while."""
        workers = [asyncio.create_task(self._work(stop)) for _ in range(self.policy.workers)]
        try:
            await asyncio.wait(
                [asyncio.create_task(stop.wait()), *workers], return_when=asyncio.FIRST_COMPLETED
            )
            await asyncio.wait(workers, timeout=self.policy.grace.total_seconds())
        finally:
            for worker in workers:
                worker.cancel()  # what it was doing is given back
            await asyncio.gather(*workers, return_exceptions=True)

    async def reconcile(self) -> int:
        """Wake the workers for whatever is due; they look at the rows themselves, so nothing can be lost."""
        found = await jobs.due(self._db, self._now())
        for _ in found:
            self._ring()
        return len(found)

    def _ring(self) -> None:
        if self._rings < self.policy.workers:
            self._rings += 1
            self._bell.release()

    async def _work(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                job = await self._doer.claim()
                if job is not None:
                    await self._doer.do(job)
                    continue
            except StoreError as error:  # the database is away: look again later
                _log.warning("jobs wait for the database", error=str(error))
            await self._rest(stop)

    async def _rest(self, stop: asyncio.Event) -> None:
        """Wait for a ring, for `stop`, or until it is time to look anyway."""
        waiting = [asyncio.ensure_future(e) for e in (self._bell.acquire(), stop.wait())]
        done, _ = await asyncio.wait(waiting, timeout=_LOOK_EVERY, return_when=asyncio.FIRST_COMPLETED)
        if waiting[0] in done:
            self._rings -= 1
        for one in waiting:
            one.cancel()
            with suppress(asyncio.CancelledError):
                await one
