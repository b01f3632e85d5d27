"""The questions of a workspace's users: their own recent ones, and what a thread is about."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from bot.models import Asker
from bot.store._slack_tables import asked
from bot.store.database import Database
from bot.store.reader import Reader

KEPT = 50  # questions kept of each user
_PRUNE = 8  # every eighth question looks for old ones: one statement instead of three for the others


_COLUMNS = 'workspace, "user", channel, thread, question, at'
_ADD = {
    "sqlite": f"INSERT INTO asked ({_COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id",
    "postgresql": f"INSERT INTO asked ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
}
_FORGET = (
    'DELETE FROM asked WHERE workspace = {0}1 AND "user" = {0}2 AND id <= (SELECT id FROM asked '
    'WHERE workspace = {0}1 AND "user" = {0}2 ORDER BY id DESC LIMIT 1 OFFSET {1})'
)
_FORGET_OLD = {"sqlite": _FORGET.format("?", KEPT), "postgresql": _FORGET.format("$", KEPT)}


async def add(db: Database, asker: Asker, question: str, now: datetime | None = None) -> None:
    """Keep a question; of each user about the newest `KEPT` stay."""
    mine = (asker.workspace, asker.user)
    if asker.user is None:
        return
    at = (now or datetime.now(UTC)).astimezone(UTC)
    moment = at.replace(tzinfo=None).isoformat(" ", "microseconds") if db.dialect == "sqlite" else at

    async def kept(reader: Reader) -> None:
        row = (*mine, asker.channel, asker.thread, question, moment)
        ((added,),) = await reader.rows(_ADD[reader.dialect], row)
        if added % _PRUNE == 0:
            await reader.rows(_FORGET_OLD[reader.dialect], mine)

    await db.noting(kept)


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
