"""What retention removed while its source may still list it: a look doesn't bring it back as it was.

Kept are hashes and names, no words. It is forgotten when the feed no longer lists it, a year after a source
last did, with the source, and when somebody adds the source again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text, and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.article import fingerprint
from bot.store._source_tables import Origin, source_articles
from bot.store.database import Database
from bot.store.tables import METADATA, Id, Moment, articles

KEEP = timedelta(days=365)
_FRESH = timedelta(days=1)  # how exactly it is known when a source last listed it

removed = Table(
    "removed",
    METADATA,
    Column("source_id", Id, ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),  # the article's own source
    Column("workspace", String(64), nullable=False),
    Column("item", Text),  # how the feed knows it, as it was when it was last read
    Column("raw_hash", String(64), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("listed", Moment, nullable=False),
    Index(None, "listed"),
)


@dataclass(frozen=True, slots=True)
class Removed:
    """What tells a removed article from another under its name: the hash of its bytes, its fingerprint."""

    raw_hash: str
    fingerprint: str


async def remember(connection: AsyncConnection, workspace: str, article_id: int, now: datetime) -> None:
    """Remember an article that is about to be removed, at each source that it came of."""
    a, sa, r = articles.c, source_articles.c, removed.c
    told = (a.content_hash, a.url, a.title, a.publisher, a.authors, a.published)
    query = (
        select(sa.source_id, sa.item, a.source, a.raw_hash, *told)
        .join_from(source_articles, articles, and_(a.id == sa.article_id, a.workspace == sa.workspace))
        .where(a.workspace == workspace, a.id == article_id)
    )
    for source_id, item, name, raw_hash, *rest in (await connection.execute(query)).all():
        mine = and_(r.workspace == workspace, r.source_id == source_id, r.name == name)
        await connection.execute(delete(removed).where(mine))
        row = {"source_id": source_id, "name": name, "workspace": workspace, "item": item, "listed": now}
        known = {"raw_hash": raw_hash, "fingerprint": fingerprint(*rest)}
        await connection.execute(insert(removed).values(row | known))


async def known(
    db: Database, workspace: str, origins: Iterable[tuple[str, Origin]]
) -> dict[tuple[int, str], Removed]:
    """Return what was removed of these names and the sources that bring them, by source and name."""
    places = {(origin.source_id, name) for name, origin in origins}
    if not places:
        return {}
    r = removed.c
    query = select(r.source_id, r.name, r.raw_hash, r.fingerprint).where(
        r.workspace == workspace,
        r.source_id.in_({source_id for source_id, _ in places}),
        r.name.in_({name for _, name in places}),
    )
    async with db.read() as connection:
        return {(row[0], row[1]): Removed(row[2], row[3]) for row in await connection.execute(query)}


async def items(db: Database, workspace: str, source_id: int) -> set[str]:
    """Return how the feed knew what was removed of it."""
    r = removed.c
    query = select(r.item).where(r.workspace == workspace, r.source_id == source_id, r.item.is_not(None))
    async with db.read() as connection:
        return set((await connection.execute(query)).scalars())


async def note(db: Database, workspace: str, origin: Origin, name: str, now: datetime) -> None:
    """Note how the feed knows now what was removed under this name, and that it was listed."""
    r = removed.c
    mine = and_(r.workspace == workspace, r.source_id == origin.source_id, r.name == name)
    stale = (r.listed < now - _FRESH) | r.item.is_distinct_from(origin.item)
    async with db.read() as connection:
        if (await connection.execute(select(r.name).where(mine, stale))).first() is None:
            return
    async with db.write() as connection:
        await connection.execute(update(removed).where(mine).values(item=origin.item, listed=now))


async def listed(db: Database, workspace: str, source_id: int, marks: Collection[str], now: datetime) -> None:
    """Note which items a feed lists at the moment; forget those that it lists no longer.

    An item is known by the first part of its mark. A feed without any item is out of order for once.
    """
    held = await items(db, workspace, source_id)
    if not held or not marks:
        return
    there = {_item(mark) for mark in marks}
    gone = {item for item in held if _item(item) not in there}
    r = removed.c
    mine = and_(r.workspace == workspace, r.source_id == source_id)
    async with db.write() as connection:
        await connection.execute(delete(removed).where(mine, r.item.in_(gone)))
        old = and_(mine, r.item.in_(held - gone), r.listed < now - _FRESH)
        await connection.execute(update(removed).where(old).values(listed=now))


async def forget(connection: AsyncConnection, workspace: str, source_id: int) -> None:
    """Forget what was removed of a source: what it lists may come back."""
    r = removed.c
    await connection.execute(delete(removed).where(r.workspace == workspace, r.source_id == source_id))


async def sweep(db: Database, now: datetime) -> int:
    """Forget what no source has listed for a year; return how many those were."""
    async with db.write() as connection:
        return (await connection.execute(delete(removed).where(removed.c.listed < now - KEEP))).rowcount


def _item(mark: str) -> str:
    return mark.rpartition(" ")[0]
