"""Corrections by people, kept by the content they are about, so that they outlive every new ingest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Column, Integer, String, Table, Text, UniqueConstraint, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Correction, Span, Verdict
from bot.store._rows import StoredArticle, stored_article
from bot.store.database import Database
from bot.store.tables import METADATA, Id, Moment, articles

corrections = Table(
    "corrections",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("speaker", Text),
    Column("by", String(64)),
    Column("at", Moment, nullable=False),
    UniqueConstraint("workspace", "content_hash", "start", "end"),
)


async def save(db: Database, workspace: str, correction: Correction, *, replace: bool = True) -> None:
    """Keep a correction; the newest word on the same stretch replaces the one before, or yields to it."""
    row = {
        "workspace": workspace,
        "content_hash": correction.content_hash,
        "start": correction.span.start,
        "end": correction.span.end,
        "verdict": correction.verdict.value,
        "speaker": correction.speaker,
        "by": correction.by,
        "at": datetime.now(UTC),
    }
    insert = postgresql.insert if db.dialect == "postgresql" else sqlite.insert
    statement = insert(corrections).values(row)
    said = {key: statement.excluded[key] for key in ("verdict", "speaker", "by", "at")}
    stretch = ["workspace", "content_hash", "start", "end"]
    async with db.write() as connection:
        if replace:
            await connection.execute(statement.on_conflict_do_update(index_elements=stretch, set_=said))
        else:
            await connection.execute(statement.on_conflict_do_nothing(index_elements=stretch))


async def forget(db: Database, workspace: str, content_hash: str, span: Span) -> bool:
    """Take a correction back, False where there is none; the rules speak again at the next ingest."""
    c = corrections.c
    same = (c.workspace == workspace) & (c.content_hash == content_hash)
    async with db.write() as connection:
        gone = await connection.execute(
            delete(corrections).where(same, c.start == span.start, c.end == span.end)
        )
        return bool(gone.rowcount)


async def of_content(db: Database, workspace: str, content_hash: str) -> list[Correction]:
    """Return the corrections of a text, the oldest first."""
    async with db.read() as connection:
        return await said_of(connection, workspace, content_hash)


async def said_of(connection: AsyncConnection, workspace: str, content_hash: str) -> list[Correction]:
    """Return the corrections of a text, the oldest first, inside the caller's transaction."""
    c = corrections.c
    query = select(corrections).where(c.workspace == workspace, c.content_hash == content_hash)
    return [_correction(row) for row in (await connection.execute(query.order_by(c.at, c.id))).mappings()]


async def with_articles(db: Database, workspace: str) -> list[tuple[StoredArticle, Sequence[Correction]]]:
    """Return the articles that somebody corrected, each with its corrections in the order of the text."""
    c, a = corrections.c, articles.c
    found = select(corrections).where(c.workspace == workspace).order_by(c.start, c.id)
    about = select(articles).where(
        a.workspace == workspace,
        a.content_hash.in_(select(c.content_hash).where(c.workspace == workspace)),
    )
    async with db.read() as connection:
        said = [_correction(row) for row in (await connection.execute(found)).mappings()]
        texts = [
            stored_article(row) for row in (await connection.execute(about.order_by(a.source))).mappings()
        ]
    return [(text, [s for s in said if s.content_hash == text.article.content_hash]) for text in texts]


def _correction(row: RowMapping) -> Correction:
    return Correction(
        content_hash=row["content_hash"],
        span=Span(row["start"], row["end"]),
        verdict=Verdict(row["verdict"]),
        speaker=row["speaker"],
        by=row["by"],
    )
