"""What waits in the database, over all workspaces: for readiness and metrics. Counts and ages, no content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.store import migrate, queue
from bot.store._digest_tables import outbox
from bot.store._job_rows import DEAD, RUNNING, WAITING, jobs
from bot.store.database import Database

_UNPOSTED = ("rendered", "sending", "unknown", "failed")


@dataclass(frozen=True, slots=True)
class Backlog:
    """Jobs and messages that are not done, by state; ages in seconds, 0 where nothing is due."""

    jobs: Mapping[str, int]
    queue_age: float
    outbox: Mapping[str, int]
    outbox_age: float


async def measure(db: Database, now: datetime) -> Backlog:
    """Count what is not done; each count reads an index, however much is done already."""
    j, o = jobs.c, outbox.c
    by_state = select(j.state, func.count()).where(j.state.in_((WAITING, RUNNING, DEAD))).group_by(j.state)
    unposted = select(o.state, func.count()).where(o.state.in_(_UNPOSTED)).group_by(o.state)
    sendable = select(func.min(o.not_before)).where(o.state == "rendered", o.not_before <= now)
    async with db.read() as connection:
        job_rows = (await connection.execute(by_state)).all()
        message_rows = (await connection.execute(unposted)).all()
        oldest_message = (await connection.execute(sendable)).scalar_one_or_none()
    return Backlog(
        dict.fromkeys((WAITING, RUNNING, DEAD), 0) | {state: int(n) for state, n in job_rows},
        (await queue.depth(db, now)).oldest.total_seconds(),
        dict.fromkeys(_UNPOSTED, 0) | {state: int(n) for state, n in message_rows},
        _seconds(oldest_message, now),
    )


async def schema(db: Database) -> tuple[str | None, str]:
    """Return the revision that the database is at and the one that this version needs."""
    async with db.read() as connection:
        return await connection.run_sync(migrate.current), migrate.head()


def _seconds(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())
