"""Reading the articles of some days with what was found in them, in five queries however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, Table, and_, false, func, or_, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import EntityKind, Fact, Findings, Person, Quotation
from bot.store._rows import StoredArticle, stored_article, stored_fact, stored_quotation
from bot.store.database import Database
from bot.store.tables import appearances, articles, facts, people, quotations

MOST = 2_000  # articles at a time: more would not fit into a digest nor into memory
CHARACTERS = 3_000_000  # of their texts, about 800 reports: measured below 300 MB

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Held:
    """An article of the period with what was found in it; `mentions` are not read."""

    stored: StoredArticle
    findings: Findings


async def within(
    db: Database,
    workspace: str,
    days: tuple[date, date] | None,
    moments: tuple[datetime, datetime] | None,
    most: int = MOST,
    *,
    only_said: bool = False,
) -> list[Held]:
    """Return the articles dated `days` (both included), and the undated ones that came in at `moments`.

    `moments` are a half-open range. The newest where there are more than `most` or `CHARACTERS`, by id.
    Without `days` no dated article is returned, without both every article is. With `only_said` quotations
    are all that is read of the findings: what came before is only counted.
    """
    a = articles.c
    dated = a.published.between(*days) if days else false()
    undated = (
        and_(a.published.is_(None), a.fetched >= moments[0], a.fetched < moments[1]) if moments else false()
    )
    chosen = or_(dated, undated) if days or moments else None
    return await _held(db, workspace, chosen, most, only_said)


async def arrived(
    db: Database,
    workspace: str,
    after: datetime,
    until: datetime,
    most: int = MOST,
    *,
    only_said: bool = False,
) -> list[Held]:
    """Return the articles that came in from `after` (excluded) to `until` (included), else as `within`."""
    a = articles.c
    return await _held(db, workspace, and_(a.stored > after, a.stored <= until), most, only_said)


def full(held: Sequence[Held]) -> bool:
    """Say whether this is as much as can be held, so that older articles may have been left out."""
    return len(held) >= MOST or sum(len(h.stored.article.text) for h in held) >= CHARACTERS


async def newest(db: Database, workspace: str, until: date) -> date | None:
    """Return the newest date of a dated article up to `until`, None where there is none."""
    a = articles.c
    query = select(func.max(a.published)).where(a.workspace == workspace, a.published <= until)
    async with db.read() as connection:
        found: date | None = (await connection.execute(query)).scalar_one_or_none()
    return found


async def _held(
    db: Database, workspace: str, chosen: ColumnElement[bool] | None, most: int, only_said: bool
) -> list[Held]:
    own = articles.c.workspace == workspace
    where = own if chosen is None else and_(own, chosen)
    async with db.read() as connection:
        ids = list((await connection.execute(_newest(where, most))).scalars())
        texts = select(articles).where(articles.c.id.in_(ids), own)
        rows = (await connection.execute(texts)).mappings().all()
        said = await _by_article(connection, quotations, workspace, ids, _quotation)
        checked = {} if only_said else await _by_article(connection, facts, workspace, ids, _fact)
        named = {} if only_said else await _people(connection, workspace, ids)
    return [
        _one(stored_article(row), said, checked, named)
        for row in sorted(rows, key=lambda row: int(row["id"]))
    ]


def _newest(where: ColumnElement[bool], most: int) -> Select[int]:
    """Return the query of the newest articles' ids: the last one is that whose text passes `CHARACTERS`."""
    a = articles.c
    sizes = select(a.id, func.length(a.text).label("size")).where(where).order_by(a.id.desc()).limit(most)
    size = sizes.subquery().c
    after = (func.sum(size.size).over(order_by=size.id.desc()) - size.size).label("after")
    passed = select(size.id, after).subquery().c
    return select(passed.id).where(passed.after < CHARACTERS)


def _one(
    stored: StoredArticle,
    said: Mapping[int, list[Quotation]],
    checked: Mapping[int, list[Fact]],
    named: Mapping[int, list[Person]],
) -> Held:
    findings = Findings(
        quotations=tuple(said.get(stored.id, ())),
        facts=tuple(checked.get(stored.id, ())),
        people=tuple(named.get(stored.id, ())),
        sentences=stored.sentences,
        keyterms=stored.keyterms,
    )
    return Held(stored, findings)


def _quotation(row: RowMapping) -> Quotation:
    return stored_quotation(row).quotation


def _fact(row: RowMapping) -> Fact:
    return stored_fact(row).fact


async def _by_article(
    connection: AsyncConnection,
    table: Table,
    workspace: str,
    ids: Sequence[int],
    build: Callable[[RowMapping], T],
) -> dict[int, list[T]]:
    t = table.c
    query = (
        select(table)
        .where(t.article_id.in_(ids), t.workspace.concat("") == workspace)  # by the index of the article
        .order_by(t.article_id, t.position)
    )
    found: dict[int, list[T]] = defaultdict(list)
    for row in (await connection.execute(query)).mappings():
        found[row["article_id"]].append(build(row))
    return found


async def _people(connection: AsyncConnection, workspace: str, ids: Sequence[int]) -> dict[int, list[Person]]:
    a = appearances.c
    query = (
        select(a.article_id, a.name, a.roles, a.aliases, people.c.kind)
        .join(people, people.c.id == a.person_id)
        .where(a.article_id.in_(ids), a.workspace.concat("") == workspace, people.c.workspace == workspace)
        .order_by(a.article_id, a.name)
    )
    found: dict[int, list[Person]] = defaultdict(list)
    for article_id, name, roles, aliases, kind in await connection.execute(query):
        found[article_id].append(Person(name, EntityKind(kind), tuple(roles), tuple(aliases)))
    return found
