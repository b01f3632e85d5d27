"""Who follows which theme, and when they were last told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store._digest_tables import follows
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Follow:
    """A user follows the theme of a key, in the title that it had then."""

    workspace: str
    user: str
    key: str
    title: str
    told: date | None
    since: datetime
    locale: str = "en"


async def follow(
    db: Database,
    workspace: str,
    user: str,
    key: str,
    title: str,
    now: datetime | None = None,
    *,
    locale: str = "en",
) -> bool:
    """Let a user follow a theme; False where they do already."""
    insert = postgresql.insert if db.dialect == "postgresql" else sqlite.insert
    row = {
        "workspace": workspace,
        "user": user,
        "key": key[:255],
        "title": title,
        "since": now or datetime.now(UTC),
        "locale": locale[:16],
    }
    async with db.write() as connection:
        made = insert(follows).values(row).on_conflict_do_nothing()
        return bool((await connection.execute(made)).rowcount)


async def unfollow(db: Database, workspace: str, user: str, key: str) -> bool:
    """Stop following; False where they did not."""
    async with db.write() as connection:
        gone = delete(follows).filter_by(workspace=workspace, user=user, key=key[:255])
        return bool((await connection.execute(gone)).rowcount)


async def listing(db: Database, workspace: str) -> list[Follow]:
    """Return who follows what in a workspace."""
    f = follows.c
    query = select(f.workspace, f.user, f.key, f.title, f.told, f.since, f.locale)
    query = query.where(f.workspace == workspace)
    async with db.read() as connection:
        return [Follow(*row) for row in await connection.execute(query.order_by(f.user, f.key))]


async def workspaces(db: Database) -> list[str]:
    """Return the workspaces in which somebody follows a theme."""
    async with db.read() as connection:
        query = select(follows.c.workspace).distinct().order_by(follows.c.workspace)
        return list((await connection.execute(query)).scalars())


async def told(db: Database, follow: Follow, today: date) -> bool:
    """Claim the day's one note to a follower; False where they had it today."""
    f = follows.c
    mine = (f.workspace == follow.workspace) & (f.user == follow.user) & (f.key == follow.key)
    async with db.write() as connection:
        free = or_(f.told.is_(None), f.told < today)
        claimed = update(follows).where(mine, free).values(told=today)
        return bool((await connection.execute(claimed)).rowcount)
