"""The questions of a workspace's users: their own recent ones, and what a thread is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import select

from bot.models import Asker
from bot.store._slack_tables import asked
from bot.store.database import Database
from bot.store.reader import Reader

KEPT = 50  # questions kept of each user
_PRUNE = 8  # every eighth question looks for old ones: one statement instead of three for the others


_COLUMNS = 'workspace, "user", channel, thread, question, at'
# a workspace that was removed while a question waited is not to come back with it
_THERE = "WHERE EXISTS (SELECT 1 FROM articles WHERE workspace = {0}1)"
_ADD = {
    "sqlite": (
        f"INSERT INTO asked ({_COLUMNS}) SELECT ?1, ?2, ?3, ?4, ?5, ?6 {_THERE.format('?')} RETURNING id"
    ),
    "postgresql": (
        f"INSERT INTO asked ({_COLUMNS}) SELECT $1::text, $2::text, $3::text, $4::text, $5::text, "
        f"$6::timestamptz {_THERE.format('$')} RETURNING id"
    ),
}
_OLD = (
    'workspace = {0}1 AND "user" = {0}2 AND id <= (SELECT id FROM asked '
    'WHERE workspace = {0}1 AND "user" = {0}2 ORDER BY id DESC LIMIT 1 OFFSET {1})'
)
_FORGET_OLD = {
    "sqlite": f"DELETE FROM asked WHERE {_OLD.format('?', KEPT)}",
    # what another replica is just forgetting is not waited for
    "postgresql": "DELETE FROM asked WHERE workspace = $1 AND id IN "
    f"(SELECT id FROM asked WHERE {_OLD.format('$', KEPT)} FOR UPDATE SKIP LOCKED)",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was asked, and when."""

    asker: Asker
    question: str
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


async def add(db: Database, questions: Sequence[Asked]) -> None:
    """Keep questions of workspaces that have articles, in one transaction.

    Of each user about the newest `KEPT` stay.
    """
    known = [q for q in questions if q.asker.user is not None]

    async def kept(reader: Reader) -> None:
        for q in known:
            mine = (q.asker.workspace, q.asker.user)
            moment = _moment(q.at, reader.dialect)
            row = (*mine, q.asker.channel, q.asker.thread, q.question, moment)
            for (added,) in await reader.rows(_ADD[reader.dialect], row):
                if added % _PRUNE == 0:
                    await reader.rows(_FORGET_OLD[reader.dialect], mine)

    if known:
        await db.noting(kept)


def _moment(at: datetime, dialect: str) -> datetime | str:
    """Return the time as the driver takes it: SQLite's knows only text."""
    there = at.astimezone(UTC)
    return there.replace(tzinfo=None).isoformat(" ", "microseconds") if dialect == "sqlite" else there


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
