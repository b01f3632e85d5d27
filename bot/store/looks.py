"""Looks at sources: what makes one due, how far it has come, how it ended, when the next one is due.

A look is a job. It is put in the transaction that moves the source's next look on, so that of several
replicas one puts it, once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, select, update

from bot.store import jobs
from bot.store._source_rows import ACTIVE, LOOK, Looked, StoredSource, packed, stored_source
from bot.store._source_tables import sources, uploads
from bot.store.database import Database, exclusive

_LONGEST_REST = timedelta(days=1)  # between two looks at a source that keeps failing


async def progress(db: Database, workspace: str, source_id: int, done: int, total: int | None) -> None:
    """Note how far the look has come."""
    s = sources.c
    mine = and_(s.workspace == workspace, s.id == source_id)
    async with db.write() as connection:
        await connection.execute(update(sources).where(mine).values(done=done, total=total))


async def doubt(db: Database, source: StoredSource, error: str) -> None:
    """Say of a source what may go wrong with the look that begins; a look that ends well takes it back."""
    s = sources.c
    mine = and_(s.workspace == source.workspace, s.id == source.id)
    async with db.write() as connection:
        await connection.execute(update(sources).where(mine).values(error=error))


async def looked(
    db: Database,
    source: StoredSource,
    outcome: Looked | None,
    now: datetime,
    *,
    error: str | None = None,
    job: jobs.Job | None = None,
) -> bool:
    """Write how a look ended and when the next one is due; False where the job is somebody else's by now.

    `source` carries what is known better now (kind, title, etag, modified). Without an outcome the last one
    stays, as for a feed that did not change.
    """
    failures = source.failures + 1 if error else 0
    values: dict[str, Any] = {
        "kind": source.kind, "title": source.title, "etag": source.etag, "modified": source.modified,
        "looked": now, "error": error, "failures": failures, "next_look": _next(source, failures, now),
    }  # fmt: skip
    if outcome is not None:
        values["result"] = packed(outcome)
    s = sources.c
    async with db.write() as connection:
        if job is not None and not await jobs.hold(connection, job):
            return False
        mine = and_(s.workspace == source.workspace, s.id == source.id)
        await connection.execute(update(sources).where(mine).values(values))
        if error is None:
            await connection.execute(delete(uploads).where(uploads.c.source_id == source.id))
    return True


async def plan(db: Database, now: datetime, most: int = 100) -> int:
    """Put a job for each source that is due to be looked at; return how many sources those were."""
    s = sources.c
    due = select(sources).where(s.state == ACTIVE, s.next_look <= now).order_by(s.next_look).limit(most)
    async with db.read() as connection:
        if (await connection.execute(due)).first() is None:
            return 0
    async with db.write() as connection:
        await exclusive(connection, jobs.QUEUE)
        rows = (await connection.execute(due)).mappings().all()
        for source in map(stored_source, rows):
            later = now + (source.interval or _LONGEST_REST)
            await connection.execute(update(sources).where(s.id == source.id).values(next_look=later))
            job = job_of(source)
            if not await jobs.is_running(connection, job, now):  # what it finds is what this one would
                await jobs.insert_once(connection, job, now)
    return len(rows)


def job_of(source: StoredSource) -> jobs.NewJob:
    """Return the job that looks at a source: one look at a time, and one host is asked by one at a time."""
    on_web = source.place.startswith(("http://", "https://"))
    lock = f"host {source.place.split('/')[2].lower()}" if on_web else f"source {source.id}"
    return jobs.NewJob(
        source.workspace,
        LOOK,
        {"source": source.id},
        key=f"source {source.id}",
        lock=lock[:200],
    )


def _next(source: StoredSource, failures: int, now: datetime) -> datetime | None:
    if source.interval is None:
        return None
    rest: timedelta = source.interval * 2 ** min(max(0, failures - 1), 20)
    return now + min(rest, max(_LONGEST_REST, source.interval))
