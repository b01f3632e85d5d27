"""The runs of digests: one row a schedule and due local date, claimed once by whichever process.

claimed → rendered (its messages lie in the outbox) | skipped (with the reason); a date that a later edition
stands for is covered. A claim has a lease and a fencing number: whoever takes over a dead process's run gets
the next number, and what the dead one still writes when it wakes up changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import RowMapping

from bot.store._digest_tables import outbox, runs, schedules
from bot.store.database import Database

LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Claim:
    """A run that this process, and no other, may render: `covers` are its dates, the newest last."""

    run_id: int
    schedule_id: int
    fence: int
    covers: tuple[date, ...]
    timing: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Run:
    """A run as its channel's status shows it."""

    local_date: date
    state: str
    reason: str
    due: datetime


async def last_date(db: Database, schedule_id: int, today: date) -> date | None:
    """Return the newest local date up to today that has a run; a run in the future is a clock's mistake."""
    query = select(func.max(runs.c.local_date)).where(
        runs.c.schedule_id == schedule_id, runs.c.local_date <= today
    )
    async with db.read() as connection:
        found: date | None = (await connection.execute(query)).scalar_one_or_none()
    return found


async def claim(
    db: Database,
    workspace: str,
    schedule_id: int,
    covers: Sequence[date],
    timing: str,
    due: datetime,
    now: datetime,
) -> Claim | None:
    """Claim an edition's dates; None when another process has its newest one."""
    insert_ = postgresql.insert if db.dialect == "postgresql" else sqlite.insert
    rows = [
        {
            "workspace": workspace,
            "schedule_id": schedule_id,
            "local_date": day,
            "edition": covers[-1],
            "timing": timing,
            "due": due,
            "state": "claimed" if day == covers[-1] else "covered",
            "fence": 1,
            "leased_until": now + LEASE,
        }
        for day in covers
    ]
    async with db.write() as connection:
        made = insert_(runs).values(rows).on_conflict_do_nothing().returning(runs.c.id, runs.c.local_date)
        ids = {day: int(run_id) for run_id, day in await connection.execute(made)}
    if covers[-1] not in ids:
        return None
    return Claim(ids[covers[-1]], schedule_id, 1, tuple(covers), timing, due)


async def take_over(db: Database, now: datetime) -> list[Claim]:
    """Return claims whose process died before it rendered them; they are ours now, with the next number."""
    r = runs.c
    async with db.write() as connection:
        stale = (r.state == "claimed") & (r.leased_until <= now)
        taken = (
            update(runs)
            .where(stale)
            .values(fence=r.fence + 1, leased_until=now + LEASE)
            .returning(r.id, r.schedule_id, r.fence, r.edition, r.timing, r.due)
        )
        rows = (await connection.execute(taken)).mappings().all()
        return [await _claim(connection, row) for row in rows]


async def _claim(connection: Any, row: RowMapping) -> Claim:
    query = (
        select(runs.c.local_date)
        .where(runs.c.schedule_id == row["schedule_id"], runs.c.edition == row["edition"])
        .order_by(runs.c.local_date)
    )
    days = tuple((await connection.execute(query)).scalars())
    return Claim(row["id"], row["schedule_id"], row["fence"], days, row["timing"], row["due"])


async def rendered(
    db: Database,
    claim: Claim,
    workspace: str,
    channel: str,
    messages: Sequence[dict[str, Any]],
    read_until: datetime,
    now: datetime,
) -> bool:
    """Put an edition's frozen messages into the outbox, the first is the parent; False when it isn't ours."""
    async with db.write() as connection:
        if not await _close(connection, claim, "rendered", ""):
            return False
        rows = [
            {
                "workspace": workspace,
                "channel": channel,
                "run": f"digest-{claim.run_id}",
                "position": position,
                "payload": message,
                "state": "rendered",
                "fence": 0,
                "attempts": 0,
                "not_before": now,
            }
            for position, message in enumerate(messages)
        ]
        await connection.execute(insert(outbox), rows)
        await connection.execute(
            update(schedules).where(schedules.c.id == claim.schedule_id).values(read_until=read_until)
        )
        return True


async def skipped(db: Database, claim: Claim, reason: str) -> bool:
    """Note why an edition was not made; what it would have reported is left for the next one."""
    async with db.write() as connection:
        return await _close(connection, claim, "skipped", reason)


async def _close(connection: Any, claim: Claim, state: str, reason: str) -> bool:
    r = runs.c
    mine = (r.id == claim.run_id) & (r.fence == claim.fence) & (r.state == "claimed")
    values = {"state": state, "reason": reason}
    return bool((await connection.execute(update(runs).where(mine).values(values))).rowcount)


async def recent(db: Database, workspace: str, schedule_id: int, most: int = 5) -> list[Run]:
    """Return a schedule's newest runs, newest first."""
    r = runs.c
    query = (
        select(r.local_date, r.state, r.reason, r.due)
        .where(r.workspace == workspace, r.schedule_id == schedule_id)
        .order_by(r.local_date.desc())
        .limit(most)
    )
    async with db.read() as connection:
        return [Run(*row) for row in await connection.execute(query)]
