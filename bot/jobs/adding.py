"""Adding a source: its row, the job that looks at it, and the wait for what comes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.jobs.port import Jobs, utc_now
from bot.store import Database, looks, sources
from bot.store import jobs as rows
from bot.store.sources import StoredSource, Wanted

Tell = Callable[[StoredSource], Awaitable[None]]
"""Is told how far the look at a source has come (`done` of `total`), whenever that has changed."""

PATIENCE = 600.0  # seconds that a door waits; what takes longer goes on without it
_LOOK_EVERY = 0.25  # seconds


@dataclass(frozen=True, slots=True)
class Added:
    """A source after its first look. `again`: it failed and is tried again; `waiting`: nobody is done yet."""

    source: StoredSource
    again: bool = False
    waiting: bool = False
    removed: bool = False


async def add(
    db: Database,
    engine: Jobs,
    workspace: str,
    wanted: Wanted,
    tell: Tell | None = None,
    *,
    patience: float = PATIENCE,
) -> Added:
    """Keep the source, let a worker look at it, and wait for the end of that look.

    Whoever waits may go away: the look goes on. Raises StoreError where the database can't be used.
    """
    source = await sources.add(db, workspace, wanted, utc_now())
    job_id = await put(engine, source)
    until = asyncio.get_running_loop().time() + patience
    while asyncio.get_running_loop().time() < until:
        job = await rows.state(db, job_id)
        now = await sources.get(db, workspace, source.id)
        if now is None:
            return Added(source, removed=True)
        if job is None or job.state in {rows.DONE, rows.DEAD}:
            return Added(now)
        if job.state == rows.WAITING and job.attempts:
            return Added(now, again=True)
        if tell and (now.done, now.total) != (source.done, source.total):
            await tell(now)
        source = now
        await asyncio.sleep(_LOOK_EVERY)
    return Added(source, waiting=True)


async def put(engine: Jobs, source: StoredSource) -> int:
    """Let a worker look at a source now; return the job's id."""
    job = looks.job_of(source)
    return await engine.put(job.workspace, job.kind, job.payload, key=job.key, lock=job.lock)
