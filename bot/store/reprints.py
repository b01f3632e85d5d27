"""Which articles are copies of others: a sampled index of word shingles finds candidates.

The shingles are computed by cleaning and handed in by ingest. An eighth of them is kept, chosen by the hash
itself so that all articles keep the same ones; candidates are then compared in full.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Select,
    String,
    Table,
    case,
    delete,
    func,
    insert,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store._rows import StoredArticle, stored_article
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


@dataclass(frozen=True, slots=True)
class Candidates:
    """What an article may be a copy of, or a copy of it: originals, earliest first.

    `own` is the id under which the article is stored already; the earliest of its own copies then stands
    for them all, as it would be the original if the article were not there.
    """

    own: int | None = None
    articles: tuple[StoredArticle, ...] = ()


async def candidates(connection: AsyncConnection, workspace: str, source: str, found: Set[int]) -> Candidates:
    """Return the few originals that share most shingles with an article and its copies; not itself."""
    sample = _sample(found)
    if not sample:
        return Candidates()
    own = (await connection.execute(_own(workspace, source))).scalar_one_or_none()
    rows = (await connection.execute(_sharing(workspace, own, sample))).mappings()
    return Candidates(own, tuple(stored_article(row) for row in rows))


def _own(workspace: str, source: str) -> Select[Any]:
    return select(articles.c.id).where(articles.c.workspace == workspace, articles.c.source == source)


def _sharing(workspace: str, own: int | None, sample: list[int]) -> Select[Any]:
    s, a, sibling = shingles.c, articles.c, articles.alias("sibling").c
    heir = select(func.min(sibling.id)).where(sibling.workspace == workspace, sibling.reprint_of == own)
    original = case((a.reprint_of == own, heir.scalar_subquery()), else_=func.coalesce(a.reprint_of, a.id))
    shared = (
        select(original)
        .select_from(shingles.join(articles, a.id == s.article_id))
        .where(s.workspace == workspace, s.hash.in_(sample), a.workspace == workspace)
        .where(a.id != own if own is not None else true())
        .group_by(original)
        .order_by(func.count().desc(), original)
        .limit(_CANDIDATES)
    )
    return select(articles).where(a.workspace == workspace, a.id.in_(shared)).order_by(a.id)


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
        await connection.execute(
            update(articles).where(a.workspace == workspace, a.id == heir).values(reprint_of=None)
        )


def _sample(found: Set[int]) -> list[int]:
    return sorted(h for h in found if h % _SAMPLE == 0)
