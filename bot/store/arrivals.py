"""What is known of an article before it is stored: corrections of its text, and what it may be a copy of."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Article, Correction
from bot.store import corrections, reprints
from bot.store.database import Database
from bot.store.reprints import Candidates


@dataclass(frozen=True, slots=True)
class Arrival:
    """The corrections of an article's text, oldest first, and what it may be a copy of."""

    corrections: tuple[Correction, ...]
    candidates: Candidates


async def look_up(db: Database, workspace: str, article: Article, shingles: Set[int]) -> Arrival:
    """Return what is known of an article by its text and by its shingles."""

    async def found(connection: AsyncConnection) -> Arrival:
        said = await corrections.said_of(connection, workspace, article.content_hash)
        return Arrival(
            tuple(said), await reprints.candidates(connection, workspace, article.source, shingles)
        )

    return await db.unit(found)
