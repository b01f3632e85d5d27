"""Earlier texts of articles that changed under the same source; written when an article is replaced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, Text, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import METADATA, Id, Moment, articles

versions = Table(
    "versions",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("title", Text),
    Column("published", Date),
    Column("text", Text, nullable=False),
    Column("fetched", Moment, nullable=False),
    Column("replaced", Moment, nullable=False),
    Index(None, "article_id"),
)
_KEPT = ("workspace", "content_hash", "title", "published", "text", "fetched")


@dataclass(frozen=True, slots=True)
class Version:
    """A text that an article had from `fetched` until `replaced`."""

    title: str | None
    published: date | None
    text: str
    content_hash: str
    fetched: datetime
    replaced: datetime


async def of_article(db: Database, workspace: str, article_id: int) -> list[Version]:
    """Return the earlier texts of an article, newest first; the present one is the article itself."""
    v = versions.c
    query = (
        select(v.title, v.published, v.text, v.content_hash, v.fetched, v.replaced)
        .where(v.workspace == workspace, v.article_id == article_id)
        .order_by(v.id.desc())
    )
    async with db.read() as connection:
        return [Version(*row) for row in await connection.execute(query)]


async def keep(connection: AsyncConnection, workspace: str, article_id: int, now: datetime) -> None:
    """Keep an article's present text as a version, inside the transaction that replaces it."""
    present = select(
        articles.c.id, *(articles.c[name] for name in _KEPT), literal(now, Moment).label("replaced")
    ).where(articles.c.workspace == workspace, articles.c.id == article_id)
    names = ["article_id", *_KEPT, "replaced"]
    await connection.execute(insert(versions).from_select(names, present))
