"""Which articles are copies of others: a sampled index of word shingles finds candidates.

The shingles are computed by cleaning and handed in by ingest. An eighth of them is kept, chosen by the hash
itself so that all articles keep the same ones; candidates are then compared in full.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store._rows import StoredArticle, stored_article
from bot.store.database import Database
from bot.store.tables import METADATA, Id, articles

_SAMPLE = 8
_CANDIDATES = 5

shingles = Table(
    "shingles",
    METADATA,
    Column("workspace", String(64), primary_key=True),
    Column("hash", BigInteger, primary_key=True),
    Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "article_id"),
    sqlite_with_rowid=False,
)


@dataclass(frozen=True, slots=True)
class Copies:
    """How an article stands to others: its shingles, what it is a copy of, and which are copies of it."""

    shingles: Set[int] = frozenset()
    original: int | None = None
    copies: tuple[int, ...] = ()


async def candidates(db: Database, workspace: str, source: str, found: Set[int]) -> list[StoredArticle]:
    """Return the few originals that share most shingles with an article, earliest first; not itself."""
    sample = _sample(found)
    if not sample:
        return []
    s, a = shingles.c, articles.c
    shared = (
        select(s.article_id)
        .where(s.workspace == workspace, s.hash.in_(sample))
        .group_by(s.article_id)
        .order_by(func.count().desc(), s.article_id)
        .limit(_CANDIDATES)
    )
    query = (
        select(articles)
        .where(a.workspace == workspace, a.id.in_(shared), a.source != source, a.reprint_of.is_(None))
        .order_by(a.id)
    )
    async with db.read() as connection:
        return [stored_article(row) for row in (await connection.execute(query)).mappings()]


async def record(connection: AsyncConnection, workspace: str, article_id: int, copies: Copies) -> None:
    """Write what is known of an article's copies, inside the transaction that stores it."""
    rows = [{"workspace": workspace, "hash": h, "article_id": article_id} for h in _sample(copies.shingles)]
    if rows:
        await connection.execute(insert(shingles), rows)
    a = articles.c
    original = select(func.coalesce(a.reprint_of, a.id)).where(
        a.workspace == workspace, a.id == copies.original
    )
    await connection.execute(
        update(articles)
        .where(a.workspace == workspace, a.id == article_id)
        .values(reprint_of=original.scalar_subquery() if copies.original is not None else None)
    )
    if copies.copies and copies.original is None:
        mine = a.id.in_(copies.copies) | a.reprint_of.in_(copies.copies)
        await connection.execute(
            update(articles)
            .where(a.workspace == workspace, mine, a.id != article_id)
            .values(reprint_of=article_id)
        )


async def forget(connection: AsyncConnection, workspace: str, article_id: int) -> None:
    """Take an article's shingles out; the earliest of its copies becomes the original of the others."""
    await connection.execute(
        delete(shingles).where(shingles.c.workspace == workspace, shingles.c.article_id == article_id)
    )
    a = articles.c
    orphans = (a.workspace == workspace) & (a.reprint_of == article_id)
    heir = (await connection.execute(select(func.min(a.id)).where(orphans))).scalar_one()
    if heir is not None:
        await connection.execute(update(articles).where(orphans).values(reprint_of=heir))
        await connection.execute(update(articles).where(a.id == heir).values(reprint_of=None))


def _sample(found: Set[int]) -> list[int]:
    return sorted(h for h in found if h % _SAMPLE == 0)
