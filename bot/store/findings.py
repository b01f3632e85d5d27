"""Reading what was found in an article; each read is bounded by its workspace."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Table, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Findings
from bot.store import people
from bot.store._rows import (
    StoredFact,
    StoredMention,
    StoredQuotation,
    stored_article,
    stored_fact,
    stored_mention,
    stored_quotation,
)
from bot.store.database import Database
from bot.store.tables import articles, facts, mentions, quotations

T = TypeVar("T")


async def quotations_of(db: Database, workspace: str, article_id: int) -> list[StoredQuotation]:
    """Return an article's quotations in the order in which they were found."""
    async with db.read() as connection:
        return await _rows(connection, quotations, stored_quotation, workspace, article_id)


async def facts_of(db: Database, workspace: str, article_id: int) -> list[StoredFact]:
    """Return an article's facts in the order in which they were found."""
    async with db.read() as connection:
        return await _rows(connection, facts, stored_fact, workspace, article_id)


async def mentions_of(db: Database, workspace: str, article_id: int) -> list[StoredMention]:
    """Return an article's mentions in the order in which they were found."""
    async with db.read() as connection:
        return await _rows(connection, mentions, stored_mention, workspace, article_id)


async def quotation(db: Database, workspace: str, quotation_id: int) -> StoredQuotation | None:
    """Return one quotation of the workspace, None where there is none."""
    query = select(quotations).where(quotations.c.workspace == workspace, quotations.c.id == quotation_id)
    async with db.read() as connection:
        row = (await connection.execute(query)).mappings().one_or_none()
    return stored_quotation(row) if row else None


async def of_article(db: Database, workspace: str, article_id: int) -> Findings:
    """Return everything that was found in an article, as extraction gave it."""
    query = select(articles).where(articles.c.workspace == workspace, articles.c.id == article_id)
    async with db.read() as connection:
        row = (await connection.execute(query)).mappings().one_or_none()
        if row is None:
            return Findings()
        stored = stored_article(row)
        return Findings(
            quotations=tuple(
                q.quotation
                for q in await _rows(connection, quotations, stored_quotation, workspace, article_id)
            ),
            facts=tuple(f.fact for f in await _rows(connection, facts, stored_fact, workspace, article_id)),
            mentions=tuple(
                m.mention for m in await _rows(connection, mentions, stored_mention, workspace, article_id)
            ),
            people=await people.of_article(connection, workspace, article_id),
            sentences=stored.sentences,
            keyterms=stored.keyterms,
        )


async def _rows(
    connection: AsyncConnection,
    table: Table,
    build: Callable[[RowMapping], T],
    workspace: str,
    article_id: int,
) -> list[T]:
    query = (
        select(table)
        .where(table.c.workspace == workspace, table.c.article_id == article_id)
        .order_by(table.c.position)
    )
    return [build(row) for row in (await connection.execute(query)).mappings()]
