"""What a workspace holds at a glance: numbers, who is quoted most, what they speak about."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from bot.models import EntityKind
from bot.store.database import Database
from bot.store.tables import articles, mentions, quotations

_TOPICS = (EntityKind.PLACE, EntityKind.PROGRAMME, EntityKind.TERM, EntityKind.INSTITUTION)


@dataclass(frozen=True, slots=True)
class Numbers:
    """How much there is."""

    articles: int = 0
    quotations: int = 0
    speakers: int = 0


async def numbers(db: Database, workspace: str) -> Numbers:
    """Return how many articles, quotations and named speakers the workspace has."""
    q = quotations.c
    held = select(func.count()).select_from(articles).where(articles.c.workspace == workspace)
    quoted = select(func.count(), func.count(func.distinct(q.speaker))).where(q.workspace == workspace)
    async with db.read() as connection:
        count = (await connection.execute(held)).scalar_one()
        found, speakers = (await connection.execute(quoted)).one()
    return Numbers(int(count), int(found), int(speakers))


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
    async with db.read() as connection:
        return [(str(name), int(n)) for name, n in await connection.execute(query)]


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
    async with db.read() as connection:
        return [(str(name), int(n)) for name, n in await connection.execute(query)]
