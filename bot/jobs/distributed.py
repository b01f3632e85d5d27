"""Jobs over several machines: procrastinate on PostgreSQL says "look at this row", our rows say the rest.

Procrastinate brings its own driver (psycopg, an extra) and its own tables. Our row is committed first, then
the call is deferred; what falls between the two, and whatever a killed worker left, `reconcile` calls again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Any

import procrastinate
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Status

from bot import log
from bot.errors import StoreError
from bot.jobs._doing import Doer
from bot.jobs.port import JobFunction, Policy, utc_now
from bot.store import Database, jobs

_QUEUE = "msc"
_AGAIN = 1.0  # seconds until a broken worker begins again
_log = log.get("msc.jobs")


class Distributed:
    """An engine whose workers are woken by PostgreSQL; opened with `distributed`."""

    def __init__(
        self,
        db: Database,
        app: procrastinate.App,
        functions: Mapping[str, JobFunction],
        policy: Policy,
        now: Callable[[], datetime],
    ) -> None:
        self.policy = policy
        self._app = app
        self._db = db
        self._now = now
        self._doer = Doer(db, functions, policy, now)
        self._call = app.task(name="msc.job", queue=_QUEUE)(self._do)

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
        """Commit a job and call a worker; see `Jobs.put`."""
        job_id = await jobs.put(self._db, workspace, kind, payload, self._now(), key=key, lock=lock, due=due)
        await self._defer(job_id, due)
        return job_id

    async def run(self, stop: asyncio.Event) -> None:
        """Do jobs until `stop` is set, then finish what is begun; outlives a restart of the database."""
        mending = asyncio.create_task(self._mend())
        try:
            while not stop.is_set():
                await self._work(stop)
        finally:
            mending.cancel()
            with suppress(asyncio.CancelledError):
                await mending

    async def _work(self, stop: asyncio.Event) -> None:
        """Run one worker until `stop` is set or its connection breaks."""
        options: dict[str, Any] = {
            "queues": [_QUEUE],
            "concurrency": self.policy.workers,
            "install_signal_handlers": False,
            "fetch_job_polling_interval": 1.0,  # seconds; PostgreSQL wakes it sooner
            "shutdown_graceful_timeout": self.policy.grace.total_seconds(),
            "delete_jobs": "always",
        }
        worker = asyncio.create_task(self._app.run_worker_async(**options))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait((worker, stopping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            worker.cancel()
            stopping.cancel()
            ended = (await asyncio.gather(worker, stopping, return_exceptions=True))[0]
        if not stop.is_set():
            _log.warning("jobs wait for the database", error=str(ended))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _AGAIN)

    async def reconcile(self) -> int:
        """Call a worker for the oldest jobs that are due and not being done."""
        found = await jobs.due(self._db, self._now())
        for job_id in found:
            await self._defer(job_id)
        return len(found)

    async def _do(self, job_id: int) -> None:
        job = await self._doer.claim(job_id)
        if job is None:  # done, or another has it, or others stand before it in its lock
            return
        again = await self._doer.do(job)
        if again is not None:
            await self._defer(job_id, again)
        if job.lock is not None:
            for following in await jobs.due(self._db, self._now(), most=1, after=job_id):
                await self._defer(following)  # it waited for this one's lock

    async def _defer(self, job_id: int, due: datetime | None = None) -> None:
        later = due is not None and due > self._now()
        call = (
            self._call.configure(schedule_at=due)
            if later
            else self._call.configure(queueing_lock=f"{job_id}")
        )
        try:
            await call.defer_async(job_id=job_id)
        except AlreadyEnqueued:
            return
        except ConnectorException as error:
            _log.warning("job will be called by reconcile", job=job_id, error=str(error))

    async def _mend(self) -> None:
        while True:
            try:
                await self.reconcile()
                await self._forget_stalled()
            except (StoreError, ConnectorException) as error:
                _log.warning("reconcile waits for the database", error=str(error))
            await asyncio.sleep(self.policy.reconcile_every.total_seconds())

    async def _forget_stalled(self) -> None:
        """Remove the calls that a killed worker left in its hands; the rows were called again already."""
        manager = self._app.job_manager
        for call in await manager.get_stalled_jobs(queue=_QUEUE):
            assert call.id is not None
            await manager.finish_job_by_id_async(call.id, status=Status.FAILED, delete_job=True)


@asynccontextmanager
async def distributed(
    db: Database,
    conninfo: str,
    functions: Mapping[str, JobFunction],
    policy: Policy | None = None,
    now: Callable[[], datetime] = utc_now,
) -> AsyncIterator[Distributed]:
    """Yield an engine on the PostgreSQL server of `conninfo` (libpq's words); makes its tables at first."""
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=conninfo))
    async with app.open_async():
        await _made(app)
        yield Distributed(db, app, functions, policy or Policy(), now)


async def _made(app: procrastinate.App) -> None:
    """Make procrastinate's tables where they are missing; another process may be doing the same."""
    if await app.check_connection_async():
        return
    try:
        await app.schema_manager.apply_schema_async()
    except ConnectorException:
        if not await app.check_connection_async():
            raise
