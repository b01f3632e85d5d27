"""The questions of a workspace's users: their own recent ones, and what a thread is about."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from bot.models import Asker
from bot.store._slack_tables import asked
from bot.store.database import Database

KEPT = 50  # questions kept of each user
_PRUNE = 8  # every eighth question looks for old ones: one statement instead of three for the others


async def add(db: Database, asker: Asker, question: str, now: datetime | None = None) -> None:
    """Keep a question; of each user about the newest `KEPT` stay."""
    if asker.user is None:
        return
    mine = (asked.c.workspace == asker.workspace) & (asked.c.user == asker.user)
    row = {
        "workspace": asker.workspace,
        "user": asker.user,
        "channel": asker.channel,
        "thread": asker.thread,
        "question": question,
        "at": now or datetime.now(UTC),
    }
    oldest = select(asked.c.id).where(mine).order_by(asked.c.id.desc()).offset(KEPT).limit(1)
    async with db.write() as connection:
        added = await connection.execute(insert(asked).values(row).returning(asked.c.id))
        if int(added.scalar_one()) % _PRUNE:
            return
        border = (await connection.execute(oldest)).scalar_one_or_none()
        if border is not None:
            await connection.execute(delete(asked).where(mine, asked.c.id <= border))


async def recent(db: Database, workspace: str, user: str, most: int = 5) -> list[str]:
    """Return the user's own latest questions, newest first, each once."""
    query = (
        select(asked.c.question)
        .where(asked.c.workspace == workspace, asked.c.user == user)
        .order_by(asked.c.id.desc())
        .limit(KEPT)
    )
    async with db.read() as connection:
        found = (await connection.execute(query)).scalars().all()
    return list(dict.fromkeys(found))[:most]


async def in_thread(db: Database, workspace: str, channel: str, thread: str) -> str | None:
    """Return the last complete question of a thread, None for a new one."""
    query = (
        select(asked.c.question)
        .where(asked.c.workspace == workspace, asked.c.channel == channel, asked.c.thread == thread)
        .order_by(asked.c.id.desc())
        .limit(1)
    )
    async with db.read() as connection:
        return (await connection.execute(query)).scalar_one_or_none()
