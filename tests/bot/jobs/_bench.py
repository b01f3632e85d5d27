"""Engines over a database with a clock that stands: what the tests of the contract work with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy.engine import make_url

from bot.jobs import Embedded, Job, JobFunction, Jobs, Policy
from bot.jobs.distributed import distributed
from bot.store import Database, jobs

QUICK = Policy(lease=timedelta(seconds=30), attempts=3, first_rest=timedelta(seconds=10), workers=2)
LEASE = timedelta(seconds=30)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 2, 14, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def move(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


class Bench:
    """A database, a clock, and engines over them."""

    def __init__(self, db: Database, clock: Clock, engine: str) -> None:
        self.db, self.clock, self.engine = db, clock, engine

    @asynccontextmanager
    async def made(self, functions: Mapping[str, JobFunction], policy: Policy) -> AsyncIterator[Jobs]:
        if self.engine == "embedded":
            yield Embedded(self.db, functions, policy, self.clock)
            return
        url = make_url(str(self.db.engine.url))
        conninfo = f"host={url.query['host']} user=postgres dbname={url.database}"
        async with distributed(self.db, conninfo, functions, policy, self.clock) as engine:
            yield engine

    @asynccontextmanager
    async def running(self, policy: Policy = QUICK, **functions: JobFunction) -> AsyncIterator[Jobs]:
        """Yield an engine at work; at the end it finishes what it began."""
        async with self.made(functions, policy) as engine:
            stop = asyncio.Event()
            work = asyncio.create_task(engine.run(stop))
            try:
                yield engine
            finally:
                stop.set()
                await work

    async def put(self, kind: str = "note", workspace: str = "W1", **options: object) -> int:
        """Put a job without an engine, as a process that died right afterwards would have."""
        payload = options.pop("payload", {})
        return await jobs.put(self.db, workspace, kind, payload, self.clock(), **options)  # type: ignore[arg-type]

    async def claim(self, *kinds: str) -> Job | None:
        return await jobs.claim(self.db, kinds or ("note",), self.clock(), LEASE)

    async def state(self, job_id: int) -> jobs.JobState:
        found = await jobs.state(self.db, job_id)
        assert found is not None
        return found

    async def until(self, job_id: int, state: str, attempts: int | None = None) -> jobs.JobState:
        """Wait until a job has come to a state."""

        async def there() -> bool:
            found = await self.state(job_id)
            return found.state == state and attempts in (None, found.attempts)

        await eventually(there)
        return await self.state(job_id)


async def eventually(condition: Callable[[], Awaitable[bool]]) -> None:
    """Wait for a condition; the limit is for a broken engine, not for a slow machine."""
    async with asyncio.timeout(60):
        while not await condition():  # noqa: ASYNC110  the rows are the truth, and they send no event
            await asyncio.sleep(0.02)


class Notes(list[Job]):
    """A job function that writes down what it was given."""

    async def __call__(self, job: Job) -> None:
        self.append(job)


async def fails(job: Job) -> None:
    raise ValueError("the page is away")
