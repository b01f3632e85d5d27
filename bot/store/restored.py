"""What a database forgets when it is put back to an earlier moment: nothing of it is posted again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from bot.store._digest_tables import outbox, schedules
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class HeldBack:
    """How many messages and schedules were changed."""

    messages: int
    schedules: int


async def hold_back(db: Database, now: datetime) -> HeldBack:
    """Settle what may have been posted between the backup and `now`, over all workspaces.

    Messages that waited become `unknown`, which are listed and never posted; digests that fell due before
    `now` are not owed, since they may have been posted by the database that is gone.
    """
    o, s = outbox.c, schedules.c
    async with db.write() as connection:
        waiting = update(outbox).where(o.state.in_(["rendered", "sending"]))
        messages = await connection.execute(
            waiting.values(state="unknown", error="restored", fence=o.fence + 1)
        )
        owing = update(schedules).where(s.since < now)
        changed = await connection.execute(owing.values(since=now))
        return HeldBack(messages.rowcount, changed.rowcount)
