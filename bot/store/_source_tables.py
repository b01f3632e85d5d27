"""Tables of sources, of what articles came of them, and of uploads until they are read."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import SourceError
from bot.store.tables import METADATA, Id, Json, Moment

sources = Table(
    "sources",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("place", Text, nullable=False),
    Column("title", Text),
    Column("state", String(16), nullable=False),
    Column("every", Integer),  # seconds; none: as usual for its kind, 0: never again
    Column("next_look", Moment),
    Column("etag", Text),
    Column("modified", Text),
    Column("looked", Moment),
    Column("done", Integer, nullable=False, server_default="0"),  # articles of the look that runs
    Column("total", Integer),
    Column("result", Json),
    Column("error", Text),
    Column("failures", Integer, nullable=False, server_default="0"),  # looks that failed in a row
    Column("added_by", String(64)),
    Column("added", Moment, nullable=False),
    UniqueConstraint("workspace", "place"),
    Index(None, "state", "next_look"),
    sqlite_autoincrement=True,  # an id in a button never comes to mean another source
)

source_articles = Table(
    "source_articles",
    METADATA,
    Column("source_id", Id, ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True),
    Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("item", Text),  # how the feed knows it, as it was when it was read
    Index(None, "article_id"),
)

uploads = Table(
    "uploads",
    METADATA,
    Column("source_id", Id, ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("media", String(128), nullable=False),
    Column("data", LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article came from: the source's row, and how the feed knows it."""

    source_id: int
    item: str | None = None


async def link(
    connection: AsyncConnection, workspace: str, article_id: int, origin: Origin, name: str
) -> None:
    """Note that an article came of a source; raises SourceError, under `name`, where that is gone by now."""
    s, sa = sources.c, source_articles.c
    there = select(s.id).where(s.workspace == workspace, s.id == origin.source_id)
    if (await connection.execute(there)).scalar_one_or_none() is None:
        raise SourceError(name, "its source was removed meanwhile")
    mine = and_(sa.workspace == workspace, sa.source_id == origin.source_id, sa.article_id == article_id)
    linked = (await connection.execute(select(sa.item).where(mine))).first()
    row = {"source_id": origin.source_id, "article_id": article_id, "workspace": workspace}
    if linked is None:
        await connection.execute(insert(source_articles).values(row | {"item": origin.item}))
    elif linked.item != origin.item:
        await connection.execute(update(source_articles).where(mine).values(item=origin.item))
