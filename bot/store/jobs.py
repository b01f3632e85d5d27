"""Jobs as rows: the truth about what is to be done, whoever does it.

A job is `waiting` until it is claimed, `running` while a lease holds, and ends `done` or `dead`. Each claim
raises the fencing number, so that a worker that lost its lease can change nothing any more, however late it
wakes. Times come from the caller; the clocks of several machines must agree to within a few seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement

from bot.store.database import Database, exclusive
from bot.store.tables import METADATA, Id, Json, Moment

WAITING, RUNNING, DONE, DEAD = "waiting", "running", "done", "dead"
QUEUE = "jobs"  # claims stand in one line, whatever their workspace

jobs = Table(
    "jobs",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("key", String(200)),
    Column("lock", String(200)),
    Column("payload", Json, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("due", Moment, nullable=False),
    Column("lease_until", Moment),
    Column("last_error", Text),
    Column("created", Moment, nullable=False),
    Column("ended", Moment),
    Index(
        "uq_jobs_waiting_key", "workspace", "kind", "key",
        unique=True, sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'"),
    ),
    Index(None, "state", "due"),
    sqlite_autoincrement=True,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed job; `fence` proves whose claim is the latest, `attempt` counts from 1."""

    id: int
    workspace: str
    kind: str
    payload: Mapping[str, Any]
    attempt: int
    fence: int
    lock: str | None = None


@dataclass(frozen=True, slots=True)
class JobState:
    """How a job stands."""

    id: int
    workspace: str
    kind: str
    state: str
    attempts: int
    due: datetime
    lease_until: datetime | None
    last_error: str | None


@dataclass(frozen=True, slots=True)
class NewJob:
    """What is to be done: jobs of a workspace with the same `lock` run one at a time, in the order in which
    they fell due; of those that wait under one `key` there is one.
    """

    workspace: str
    kind: str
    payload: Mapping[str, Any]
    key: str | None = None
    lock: str | None = None
    due: datetime | None = None


async def put(
    db: Database,
    workspace: str,
    kind: str,
    payload: Mapping[str, Any],
    now: datetime,
    *,
    key: str | None = None,
    lock: str | None = None,
    due: datetime | None = None,
) -> int:
    """Add a job and return its id; one that waits under the same `key` is returned in its place."""
    async with db.write() as connection:
        await exclusive(connection, QUEUE)
        return await insert_once(connection, NewJob(workspace, kind, payload, key, lock, due), now)


async def insert_once(connection: AsyncConnection, job: NewJob, now: datetime) -> int:
    """Do `put` inside the caller's transaction, which holds the QUEUE."""
    j = jobs.c
    if job.key is not None:
        same = select(j.id).where(
            j.workspace == job.workspace, j.kind == job.kind, j.key == job.key, j.state == WAITING
        )
        if (there := (await connection.execute(same)).scalar_one_or_none()) is not None:
            return int(there)
    row = {
        "workspace": job.workspace, "kind": job.kind, "key": job.key, "lock": job.lock,
        "payload": dict(job.payload), "state": WAITING, "attempts": 0, "fence": 0,
        "due": job.due or now, "created": now,
    }  # fmt: skip
    return int((await connection.execute(insert(jobs).values(row).returning(j.id))).scalar_one())


async def is_running(connection: AsyncConnection, job: NewJob, now: datetime) -> bool:
    """Say whether a job under the same key is being done."""
    j = jobs.c
    same = and_(j.workspace == job.workspace, j.kind == job.kind, j.key == job.key)
    query = select(j.id).where(same, j.state == RUNNING, j.lease_until > now).limit(1)
    return (await connection.execute(query)).first() is not None


async def claim(
    db: Database, kinds: Sequence[str], now: datetime, lease: timedelta, *, job_id: int | None = None
) -> Job | None:
    """Take the job that has been due longest, or `job_id` alone; None where there is nothing to do."""
    j = jobs.c
    wanted = and_(claimable(now), j.kind.in_(kinds), lock_is_free(now))
    if job_id is not None:
        wanted = and_(wanted, j.id == job_id)
    async with db.write() as connection:
        await exclusive(connection, QUEUE)
        found = select(jobs).where(wanted).order_by(j.due, j.id).limit(1)
        row = (await connection.execute(found)).mappings().first()
        if row is None:
            return None
        taken = {
            "state": RUNNING, "attempts": row["attempts"] + 1, "fence": row["fence"] + 1,
            "lease_until": now + lease,
        }  # fmt: skip
        await connection.execute(update(jobs).where(j.id == row["id"]).values(taken))
    attempt, fence = row["attempts"] + 1, row["fence"] + 1
    return Job(row["id"], row["workspace"], row["kind"], row["payload"], attempt, fence, row["lock"])


async def extend(db: Database, job: Job, until: datetime) -> bool:
    """Lengthen the lease; False where the job is somebody else's by now."""
    async with db.write() as connection:
        return await _change(connection, job, lease_until=until)


async def renew(db: Database, job: Job) -> bool:
    """Count the attempts of a job anew: it has come further, so it is not what ended its workers."""
    async with db.write() as connection:
        return await _change(connection, job, attempts=1)


async def finish(db: Database, job: Job, now: datetime) -> bool:
    """Mark the job done; False where it is somebody else's by now."""
    async with db.write() as connection:
        return await _change(connection, job, state=DONE, ended=now, lease_until=None, last_error=None)


async def hold(connection: AsyncConnection, job: Job) -> bool:
    """Say whether the job is still ours, and keep it so until the caller's transaction ends.

    A job function calls this first in the transaction that writes its effects.
    """
    return await _change(connection, job, state=RUNNING)


async def fail(db: Database, job: Job, error: str, *, again: datetime | None, now: datetime) -> bool:
    """Put the job back until `again`, or set it aside as dead with the reason."""
    changes: dict[str, Any] = {"last_error": error, "lease_until": None}
    if again is None:
        changes |= {"state": DEAD, "ended": now}
    else:  # without its key: another may wait under it by now
        changes |= {"state": WAITING, "due": again, "key": None}
    async with db.write() as connection:
        return await _change(connection, job, **changes)


async def release(db: Database, job: Job, now: datetime) -> bool:
    """Give an unfinished job back at once, without counting the attempt: its worker is shutting down."""
    async with db.write() as connection:
        return await _change(
            connection, job, state=WAITING, due=now, lease_until=None, key=None, attempts=job.attempt - 1
        )


async def revive(db: Database, workspace: str, job_id: int, now: datetime) -> bool:
    """Let a dead job of the workspace try again from the start."""
    j = jobs.c
    async with db.write() as connection:
        changed = await connection.execute(
            update(jobs)
            .where(j.workspace == workspace, j.id == job_id, j.state == DEAD)
            .values(state=WAITING, due=now, attempts=0, key=None, ended=None)
        )
    return bool(changed.rowcount)


async def due(db: Database, now: datetime, *, most: int = 200, after: int | None = None) -> list[int]:
    """Return the ids of the `most` oldest jobs that somebody could be doing and nobody is.

    With `after` only those that stand behind that job in its lock.
    """
    j = jobs.c
    query = select(j.id).where(claimable(now), lock_is_free(now)).order_by(j.due, j.id).limit(most)
    if after is not None:
        done = jobs.alias("done").c
        query = query.where(j.workspace == done.workspace, j.lock == done.lock, done.id == after)
    async with db.read() as connection:
        return list((await connection.execute(query)).scalars())


async def state(db: Database, job_id: int) -> JobState | None:
    """Return how one job stands; for engines, which serve all workspaces."""
    async with db.read() as connection:
        row = (await connection.execute(select(jobs).where(jobs.c.id == job_id))).mappings().first()
    return job_state(row) if row else None


async def listing(db: Database, workspace: str, state: str | None = None) -> list[JobState]:
    """Return the workspace's jobs, newest first, perhaps only those in one state."""
    j = jobs.c
    wanted = j.workspace == workspace if state is None else and_(j.workspace == workspace, j.state == state)
    async with db.read() as connection:
        rows = (await connection.execute(select(jobs).where(wanted).order_by(j.id.desc()))).mappings()
        return [job_state(row) for row in rows]


def claimable(now: datetime) -> ColumnElement[bool]:
    """Due and waiting, or running under a lease that is over."""
    j = jobs.c
    waiting = and_(j.state == WAITING, j.due <= now)
    return or_(waiting, and_(j.state == RUNNING, j.lease_until <= now))


def lock_is_free(now: datetime) -> ColumnElement[bool]:
    """Nobody runs under the lock, and nothing that fell due earlier waits for it."""
    j, other = jobs.c, jobs.alias("other")
    o = other.c
    before = or_(o.due < j.due, and_(o.due == j.due, o.id < j.id))
    busy = or_(
        and_(o.state == RUNNING, o.lease_until > now),
        and_(or_(o.state == WAITING, o.state == RUNNING), o.due <= now, before),
    )
    held = select(o.id).where(o.workspace == j.workspace, o.lock == j.lock, o.id != j.id, busy)
    return or_(j.lock.is_(None), ~held.correlate(jobs).exists())


async def _change(connection: AsyncConnection, job: Job, **values: Any) -> bool:
    j = jobs.c
    mine = and_(j.id == job.id, j.fence == job.fence, j.state == RUNNING)
    return bool((await connection.execute(update(jobs).where(mine).values(values))).rowcount)


def job_state(row: RowMapping) -> JobState:
    """Return a row as a value."""
    return JobState(
        row["id"], row["workspace"], row["kind"], row["state"], row["attempts"], row["due"],
        row["lease_until"], row["last_error"],
    )  # fmt: skip
