"""The full-text index, read: boolean questions in id order, passages by id, what is new in the word lists.

Each statement returns one value (ids joined, or JSON), because a row a passage costs more in the drivers
than the search itself. Every question names its workspace: in each token, and again where rows are read.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import asyncpg
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.models import Flag, FlagKind, Polarity, QuotationKind, Span
from bot.store.expressions import Expression, rendered
from bot.store.tables import articles, quotations

Json = Any


class Reader:
    """A connection for the search's own statements, which go to the driver in one hop each.

    A row through SQLAlchemy costs more than finding it (64 rows: 0.2 ms by the driver, 1.4 ms by Core,
    measured). `connection` is for what is read once an answer is found.
    """

    def __init__(self, connection: AsyncConnection, driver: Any) -> None:
        self.connection = connection
        self.dialect = connection.dialect.name
        self._driver = driver

    async def rows(self, statement: str, values: Sequence[Any]) -> list[Sequence[Any]]:
        """Run a statement with `?` for SQLite and `$1` for PostgreSQL; raises StoreError."""
        try:
            if self.dialect == "sqlite":
                return list(await self._driver.execute_fetchall(statement, values))
            return list(await self._driver.fetch(statement, *values))
        except (sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            raise StoreError(f"The database did not answer: {error}. Try again in a moment.") from error

    async def json(self, statements: dict[str, str], values: Sequence[Any]) -> Json:
        """Return the one JSON value of a statement; an empty list where there is none."""
        (found,) = await self.rows(statements[self.dialect], values)
        return json.loads(found[0]) if found[0] else []


async def reader(connection: AsyncConnection) -> Reader:
    """Return the reader over an open connection."""
    raw = await connection.get_raw_connection()
    return Reader(connection, raw.driver_connection)


class State(NamedTuple):
    """Where a workspace's index stands: number, version, how many passages and articles it has."""

    number: int
    version: int
    passages: int
    articles: int


@dataclass(frozen=True, slots=True)
class Found:
    """A passage as the index keeps it; `tokens` are joined by spaces, each with the workspace's number."""

    id: int
    article_id: int
    kind: str
    position: int
    spans: tuple[Span, ...]
    sentence: Span
    speaker: str | None
    role: str | None
    cue: str | None
    polarity: Polarity
    quotation: QuotationKind | None
    tokens: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A speaker or other person of the workspace with what its articles say of them."""

    name: str
    kind: str
    roles: tuple[str, ...]
    aliases: tuple[str, ...]
    articles: int
    quotations: int


@dataclass(frozen=True, slots=True)
class Source:
    """What an answer shows of its article."""

    id: int
    source: str
    text: str
    url: str | None
    title: str | None
    publisher: str | None
    published: date | None
    fetched: datetime
    flags: tuple[Flag, ...]


_MATCHING = {
    "sqlite": (
        "SELECT {n} AS n, group_concat(rowid) AS ids FROM (SELECT rowid FROM passage_words "
        "WHERE passage_words MATCH ? ORDER BY rowid DESC LIMIT ?)"
    ),
    "postgresql": (
        "SELECT {n} AS n, string_agg(id::text, ',') AS ids FROM (SELECT id FROM passages "
        "WHERE words @@ ${a}::text::tsquery ORDER BY id DESC LIMIT ${b}::bigint) AS found{n}"
    ),
}
_PASSAGES = {
    "sqlite": (
        "SELECT json_group_array(json_array(id, article_id, json(detail), tokens)) FROM passages "
        "WHERE id IN (SELECT value FROM json_each(?)) AND workspace = ?"
    ),
    "postgresql": (
        "SELECT json_agg(json_build_array(id, article_id, detail::json, tokens))::text FROM passages "
        "WHERE id = ANY(SELECT value::bigint FROM json_array_elements_text($1::text::json)) "
        "AND workspace = $2"
    ),
}
_STATE = {
    "sqlite": (
        "SELECT json_array(number, version, passages, (SELECT count(*) FROM articles "
        "WHERE articles.workspace = search_workspaces.workspace)) FROM search_workspaces WHERE workspace = ?"
    ),
    "postgresql": (
        "SELECT json_build_array(number, version, passages, (SELECT count(*) FROM articles "
        "WHERE articles.workspace = search_workspaces.workspace))::text "
        "FROM search_workspaces WHERE workspace = $1"
    ),
}
_WORDS = {
    "sqlite": (
        "SELECT json_group_array(json_array(word, passages)) FROM search_words "
        "WHERE number = ? AND version > ?"
    ),
    "postgresql": (
        "SELECT json_agg(json_build_array(word, passages))::text FROM search_words "
        "WHERE number = $1 AND version > $2"
    ),
}
_SPEAKERS = {
    "sqlite": (
        "SELECT json_group_array(json_array(name, kind, json(roles), json(aliases), articles, quotations)) "
        "FROM search_speakers WHERE number = ? AND version > ?"
    ),
    "postgresql": (
        "SELECT json_agg(json_build_array(name, kind, roles::json, aliases::json, articles, quotations))"
        "::text FROM search_speakers WHERE number = $1 AND version > $2"
    ),
}


async def state(reader: Reader, workspace: str) -> State | None:
    """Return where the workspace's index stands; None where nothing was ever indexed."""
    rows = await reader.rows(_STATE[reader.dialect], (workspace,))
    return State(*(int(n) for n in json.loads(rows[0][0]))) if rows else None


async def words_since(reader: Reader, number: int, version: int) -> list[tuple[str, int]]:
    """Return the words that changed after `version`, each with the number of passages that hold it."""
    return [(w, n) for w, n in await reader.json(_WORDS, (number, version))]


async def speakers_since(reader: Reader, number: int, version: int) -> list[Listed]:
    """Return the speakers that changed after `version`; `articles` is 0 for those who are gone."""
    rows = await reader.json(_SPEAKERS, (number, version))
    return [Listed(name, kind, tuple(r), tuple(a), n, q) for name, kind, r, a, n, q in rows]


async def matching(reader: Reader, questions: Sequence[tuple[str, Expression, int]]) -> list[str]:
    """Return for each question the ids of its newest passages, as many as it asks for, comma-joined.

    A question is a prefix, an expression and a limit.
    """
    values: list[Any] = []
    for before, expression, limit in questions:
        values += [rendered(expression, before, reader.dialect), limit]
    found = [""] * len(questions)
    for n, ids in await reader.rows(_statement(reader.dialect, len(questions)), values):
        found[n] = ids or ""
    return found


async def passages(reader: Reader, workspace: str, ids: Iterable[int]) -> list[Found]:
    """Return passages of the workspace by their ids, in no particular order."""
    wanted = json.dumps(list(ids))
    return [_found(row) for row in await reader.json(_PASSAGES, (wanted, workspace))]


async def sources(reader: Reader, workspace: str, ids: Iterable[int]) -> dict[int, Source]:
    """Return what answers show of these articles of the workspace."""
    a = articles.c
    query = select(
        a.id, a.source, a.text, a.url, a.title, a.publisher, a.published, a.fetched, a.flags
    ).where(a.workspace == workspace, a.id.in_(sorted(set(ids))))  # fmt: skip
    return {row.id: _source(row) for row in (await reader.connection.execute(query)).all()}


async def flagged(reader: Reader, workspace: str) -> list[Source]:
    """Return the articles of the workspace that say something of themselves (sponsored, opinion)."""
    a = articles.c
    query = select(
        a.id, a.source, a.text, a.url, a.title, a.publisher, a.published, a.fetched, a.flags
    ).where(a.workspace == workspace, a.flags != []).order_by(a.id.desc())  # fmt: skip
    return [found for row in (await reader.connection.execute(query)).all() if (found := _source(row)).flags]


async def quotation_ids(
    reader: Reader, workspace: str, places: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], int]:
    """Return the ids of quotations by article and position."""
    if not places:
        return {}
    q = quotations.c
    # as an expression, so that SQLite takes the index of the article: it would read the whole workspace,
    # 100,000 quotations for twenty
    mine = q.workspace.concat("") == workspace
    query = select(q.article_id, q.position, q.id).where(
        mine, q.article_id.in_(sorted({a for a, _ in places}))
    )
    found = {(row[0], row[1]): int(row[2]) for row in (await reader.connection.execute(query)).all()}
    return {place: found[place] for place in places if place in found}


@lru_cache(maxsize=64)
def _statement(dialect: str, count: int) -> str:
    one = _MATCHING[dialect]
    return " UNION ALL ".join(one.format(n=n, a=2 * n + 1, b=2 * n + 2) for n in range(count))


def _found(row: Json) -> Found:
    passage_id, article_id, detail, tokens = row
    kind, position, spans, sentence, speaker, role, cue, polarity, quotation = detail
    return Found(
        passage_id,
        article_id,
        kind,
        position,
        tuple(Span(*s) for s in spans),
        Span(*sentence),
        speaker,
        role,
        cue,
        Polarity(polarity),
        QuotationKind(quotation) if quotation else None,
        tokens,
    )


def _source(row: Any) -> Source:
    flags = tuple(Flag(FlagKind(kind), Span(start, end)) for start, end, kind in row.flags)
    return Source(
        row.id, row.source, row.text, row.url, row.title, row.publisher, row.published, row.fetched, flags
    )
