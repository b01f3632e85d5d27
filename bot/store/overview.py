"""What a workspace holds at a glance: numbers, who is quoted most, what they speak about."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import EntityKind
from bot.store.database import Database
from bot.store.reader import Reader
from bot.store.tables import articles, mentions, quotations

_TOPICS = (EntityKind.PLACE, EntityKind.PROGRAMME, EntityKind.TERM, EntityKind.INSTITUTION)

_VERSION = {
    "sqlite": "SELECT number, version FROM search_workspaces WHERE workspace = ?",
    "postgresql": "SELECT number, version FROM search_workspaces WHERE workspace = $1",
}
_MOST = 5_000  # glances kept in memory
_HELD: WeakKeyDictionary[Database, dict[tuple[str, str, int], tuple[Any, Any]]] = WeakKeyDictionary()
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Numbers:
    """How much there is."""

    articles: int = 0
    quotations: int = 0
    speakers: int = 0


async def numbers(db: Database, workspace: str) -> Numbers:
    """Return how many articles, quotations and named speakers the workspace has."""

    async def count(connection: AsyncConnection) -> Numbers:
        q = quotations.c
        held = select(func.count()).select_from(articles).where(articles.c.workspace == workspace)
        quoted = select(func.count(), func.count(func.distinct(q.speaker))).where(q.workspace == workspace)
        found, speakers = (await connection.execute(quoted)).one()
        return Numbers(int((await connection.execute(held)).scalar_one()), int(found), int(speakers))

    return await _remembered(db, ("numbers", workspace, 0), count)


async def most_quoted(db: Database, workspace: str, most: int = 5) -> list[tuple[str, int]]:
    """Return (speaker, quotations), most quoted first; equal ones by name."""
    q = quotations.c
    count = func.count()
    query = (
        select(q.speaker, count)
        .where(q.workspace == workspace, q.speaker.is_not(None))
        .group_by(q.speaker)
        .order_by(count.desc(), q.speaker)
        .limit(most)
    )
    return list(await _remembered(db, ("quoted", workspace, most), partial(_pairs, query)))


async def most_mentioned(db: Database, workspace: str, most: int = 5) -> list[tuple[str, int]]:
    """Return (topic, articles) of what speakers speak about, in most articles first."""
    m = mentions.c
    count = func.count(func.distinct(m.article_id))
    query = (
        select(m.entity, count)
        .where(m.workspace == workspace, m.quotation.is_not(None), m.kind.in_([k.value for k in _TOPICS]))
        .group_by(m.entity)
        .order_by(count.desc(), func.count().desc(), m.entity)
        .limit(most)
    )
    return list(await _remembered(db, ("mentioned", workspace, most), partial(_pairs, query)))


async def _pairs(query: Select[Any], connection: AsyncConnection) -> tuple[tuple[str, int], ...]:
    return tuple([(str(name), int(n)) for name, n in await connection.execute(query)])


async def _remembered(
    db: Database, key: tuple[str, str, int], read: Callable[[AsyncConnection], Awaitable[T]]
) -> T:
    """Return what was read last while the workspace is at the same version, else read it again.

    The counts go over every finding of a workspace: 100,000 quotations take longer than all the rest of an
    answer, and help, App Home and suggestions ask for them each time.
    """
    held = _HELD.setdefault(db, {})
    version = await db.reading(partial(_version, workspace=key[1]))
    known = held.get(key)
    if known is None or known[0] != version:
        if len(held) >= _MOST:
            held.clear()
        async with db.read() as connection:
            known = held[key] = (version, await read(connection))
    found: T = known[1]
    return found


async def _version(reader: Reader, workspace: str) -> tuple[int, ...]:
    rows = await reader.rows(_VERSION[reader.dialect], (workspace,))
    return tuple(rows[0]) if rows else ()
