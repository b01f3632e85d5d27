"""What a workspace holds at a glance: numbers, who is quoted most, what they speak about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any
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


@dataclass(frozen=True, slots=True)
class Numbers:
    """How much there is."""

    articles: int = 0
    quotations: int = 0
    speakers: int = 0


@dataclass(frozen=True, slots=True)
class Glance:
    """What a workspace holds.

    `quoted` are (speaker, quotations), most quoted first, equal ones by name; `mentioned` are (topic,
    articles) of what speakers speak about, in most articles first.
    """

    numbers: Numbers
    quoted: tuple[tuple[str, int], ...]
    mentioned: tuple[tuple[str, int], ...]


_Kept = dict[tuple[str, int], tuple[tuple[int, ...], Glance]]
_HELD: WeakKeyDictionary[Database, _Kept] = WeakKeyDictionary()


async def glance(db: Database, workspace: str, most: int = 5) -> Glance:
    """Return what the workspace holds, with at most so many speakers and topics.

    What was counted last is returned while the workspace is at the same version: the counts go over every
    finding, of 100,000 quotations longer than all the rest of an answer, and help, App Home and suggestions
    ask for them each time.
    """
    held = _HELD.setdefault(db, {})
    version = await db.reading(partial(_version, workspace=workspace))
    known = held.get((workspace, most))
    if known is None or known[0] != version:
        if len(held) >= _MOST:
            held.clear()
        async with db.read() as connection:
            known = held[workspace, most] = (version, await _counted(connection, workspace, most))
    return known[1]


async def _counted(connection: AsyncConnection, workspace: str, most: int) -> Glance:
    return Glance(
        await _numbers(connection, workspace),
        await _pairs(connection, _most_quoted(workspace, most)),
        await _pairs(connection, _most_mentioned(workspace, most)),
    )


async def _numbers(connection: AsyncConnection, workspace: str) -> Numbers:
    q = quotations.c
    held = select(func.count()).select_from(articles).where(articles.c.workspace == workspace)
    quoted = select(func.count(), func.count(func.distinct(q.speaker))).where(q.workspace == workspace)
    found, speakers = (await connection.execute(quoted)).one()
    return Numbers(int((await connection.execute(held)).scalar_one()), int(found), int(speakers))


def _most_quoted(workspace: str, most: int) -> Select[Any]:
    q = quotations.c
    count = func.count()
    return (
        select(q.speaker, count)
        .where(q.workspace == workspace, q.speaker.is_not(None))
        .group_by(q.speaker)
        .order_by(count.desc(), q.speaker)
        .limit(most)
    )


def _most_mentioned(workspace: str, most: int) -> Select[Any]:
    m = mentions.c
    count = func.count(func.distinct(m.article_id))
    return (
        select(m.entity, count)
        .where(m.workspace == workspace, m.quotation.is_not(None), m.kind.in_([k.value for k in _TOPICS]))
        .group_by(m.entity)
        .order_by(count.desc(), func.count().desc(), m.entity)
        .limit(most)
    )


async def _pairs(connection: AsyncConnection, query: Select[Any]) -> tuple[tuple[str, int], ...]:
    return tuple([(str(name), int(n)) for name, n in await connection.execute(query)])


async def _version(reader: Reader, workspace: str) -> tuple[int, ...]:
    rows = await reader.rows(_VERSION[reader.dialect], (workspace,))
    return tuple(rows[0]) if rows else ()
