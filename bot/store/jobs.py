"""Jobs as rows: the truth about what is to be done, whoever does it.

A job is `waiting` until it is claimed, `running` while a lease holds, and ends `done` or `dead`. Each claim
raises the fencing number, so that a worker that lost its lease can change nothing any more, however late it
wakes. Times come from the caller; the clocks of several machines must agree to within a few seconds.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store._job_rows import DEAD as DEAD
from bot.store._job_rows import DONE as DONE
from bot.store._job_rows import QUEUE as QUEUE
from bot.store._job_rows import RUNNING as RUNNING
from bot.store._job_rows import WAITING as WAITING
from bot.store._job_rows import Job as Job
from bot.store._job_rows import JobState as JobState
from bot.store._job_rows import NewJob as NewJob
from bot.store._job_rows import claimable, job_state, jobs, lock_is_free
from bot.store.database import Database, line_of
from bot.store.plain import Plain
from bot.store.reader import Reader
from bot.store.tables import Moment

Rows = list[tuple[Any, ...]]
Run = Callable[..., Awaitable[Rows]]  # takes a statement and the values of its parameters by name


def _given(name: str) -> BindParameter[Any]:
    return bindparam(f"new_{name}", None, jobs.c[name].type)


_LINE = Plain(line_of(QUEUE))
_FIRST: dict[str, Any] = {"state": WAITING, "attempts": 0, "fence": 0}
_ADDED = ("workspace", "kind", "key", "lock", "payload", "due", "created")
_ADD = Plain(insert(jobs).values(_FIRST | {name: _given(name) for name in _ADDED}).returning(jobs.c.id))
_SAME = Plain(
    select(jobs.c.id).where(
        *(jobs.c[name] == _given(name) for name in ("workspace", "kind", "key")), jobs.c.state == WAITING
    )
)


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
    job = NewJob(workspace, kind, payload, key, lock, due)

    async def added(reader: Reader) -> int:
        if key is not None or lock is not None:
            await _queue(reader)
        return await _insert_once(_with(reader), job, now)

    return await db.noting(added)


async def insert_once(connection: AsyncConnection, job: NewJob, now: datetime) -> int:
    """Do `put` inside the caller's transaction, which holds the QUEUE."""
    return await _insert_once(_on(connection), job, now)


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
    taking = _taking(tuple(kinds), one=job_id is not None)

    async def taken(reader: Reader) -> Rows:
        await _queue(reader)
        return await taking.rows(reader, now=now, lease=now + lease, job_id=job_id)

    found = await db.noting(taken)
    return Job(*found[0]) if found else None


async def extend(db: Database, job: Job, until: datetime) -> bool:
    """Lengthen the lease; False where the job is somebody else's by now."""
    return await _changed(db, job, lease_until=until)


async def renew(db: Database, job: Job) -> bool:
    """Count the attempts of a job anew: it has come further, so it is not what ended its workers."""
    return await _changed(db, job, attempts=1)


async def finish(db: Database, job: Job, now: datetime) -> bool:
    """Mark the job done; False where it is somebody else's by now."""
    return await _changed(db, job, state=DONE, ended=now, lease_until=None, last_error=None)


async def hold(connection: AsyncConnection, job: Job) -> bool:
    """Say whether the job is still ours, and keep it so until the caller's transaction ends.

    A job function calls this first in the transaction that writes its effects.
    """
    return await _change(_on(connection), job, state=RUNNING)


async def fail(db: Database, job: Job, error: str, *, again: datetime | None, now: datetime) -> bool:
    """Put the job back until `again`, or set it aside as dead with the reason."""
    changes: dict[str, Any] = {"last_error": error, "lease_until": None}
    if again is None:
        changes |= {"state": DEAD, "ended": now}
    else:  # without its key: another may wait under it by now
        changes |= {"state": WAITING, "due": again, "key": None}
    return await _changed(db, job, **changes)


async def release(db: Database, job: Job, now: datetime) -> bool:
    """Give an unfinished job back at once, without counting the attempt: its worker is shutting down."""
    return await _changed(
        db, job, state=WAITING, due=now, lease_until=None, key=None, attempts=job.attempt - 1
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


async def _insert_once(run: Run, job: NewJob, now: datetime) -> int:
    of = {"new_workspace": job.workspace, "new_kind": job.kind, "new_key": job.key}
    found = await run(_SAME, **of) if job.key is not None else []
    if not found:
        more = {"payload": dict(job.payload), "lock": job.lock, "due": job.due or now, "created": now}
        found = await run(_ADD, **of, **{f"new_{name}": value for name, value in more.items()})
    return int(found[0][0])


async def _changed(db: Database, job: Job, **values: Any) -> bool:
    return await db.noting(lambda reader: _change(_with(reader), job, **values))


async def _change(run: Run, job: Job, **values: Any) -> bool:
    new = {f"new_{name}": value for name, value in values.items()}
    return bool(await run(_changing(tuple(values)), job_id=job.id, job_fence=job.fence, **new))


@lru_cache
def _changing(names: tuple[str, ...]) -> Plain:
    """Return the statement that changes these columns of a job that is still the caller's."""
    j = jobs.c
    mine = (
        j.id == bindparam("job_id", None, j.id.type),
        j.fence == bindparam("job_fence", None, j.fence.type),
    )
    change = update(jobs).where(*mine, j.state == RUNNING)
    return Plain(change.values({name: _given(name) for name in names}).returning(j.id))


@lru_cache
def _taking(kinds: tuple[str, ...], *, one: bool) -> Plain:
    """Return the statement that takes a job of these kinds: the one that has been due longest, or `one`."""
    j, now = jobs.c, bindparam("now", None, Moment)
    found = select(j.id).where(claimable(now), j.kind.in_(kinds), lock_is_free(now))
    if one:
        found = found.where(j.id == bindparam("job_id", None, j.id.type))
    first = found.order_by(j.due, j.id).limit(1).scalar_subquery()
    taken = {
        "state": RUNNING, "attempts": j.attempts + 1, "fence": j.fence + 1,
        "lease_until": bindparam("lease", None, Moment),
    }  # fmt: skip
    return Plain(
        update(jobs)
        .where(j.id == first)
        .values(taken)
        .returning(j.id, j.workspace, j.kind, j.payload, j.attempts, j.fence, j.lock)
    )


async def _queue(reader: Reader) -> None:
    """Stand in the one line of claims until the transaction ends; SQLite has one writer anyway."""
    if reader.dialect == "postgresql":
        await _LINE.rows(reader)


def _with(reader: Reader) -> Run:
    async def run(statement: Plain, **values: Any) -> Rows:
        return await statement.rows(reader, **values)

    return run


def _on(connection: AsyncConnection) -> Run:
    async def run(statement: Plain, **values: Any) -> Rows:
        return [tuple(row) for row in await connection.execute(statement.core, values)]

    return run
