"""How the jobs of all workspaces stand: for health pages, metrics, and `msc doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.store._job_rows import DEAD, JobState, claimable, job_state, jobs, lock_is_free
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Depth:
    """Jobs that could be done now and are not: how many, and since when the oldest has been due.

    Those that wait for others of their lock, such as pages of one host, are not among them.
    """

    waiting: int
    oldest: timedelta


async def depth(db: Database, now: datetime) -> Depth:
    """Return how many jobs are due and not being done, and the age of the oldest (zero without any)."""
    query = select(func.count(), func.min(jobs.c.due)).where(claimable(now), lock_is_free(now))
    async with db.read() as connection:
        waiting, oldest = (await connection.execute(query)).one()
    return Depth(int(waiting), now - oldest if oldest else timedelta())


async def counts(db: Database) -> dict[str, int]:
    """Return how many jobs are in each state."""
    query = select(jobs.c.state, func.count()).group_by(jobs.c.state)
    async with db.read() as connection:
        return {state: int(count) for state, count in await connection.execute(query)}


async def set_aside(db: Database, most: int = 20) -> list[JobState]:
    """Return the jobs that were given up, with their reasons, newest first."""
    query = select(jobs).where(jobs.c.state == DEAD).order_by(jobs.c.id.desc()).limit(most)
    async with db.read() as connection:
        return [job_state(row) for row in (await connection.execute(query)).mappings()]
