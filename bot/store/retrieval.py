"""The full-text index, read: boolean questions in id order, passages by id, what is new in the word lists.

Each statement returns one value (ids joined, or JSON), because a row a passage costs more in the drivers
than the search itself. Every question names its workspace: in each token, and again where rows are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import TextClause, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Flag, FlagKind, Polarity, QuotationKind, Span
from bot.store.tables import articles, quotations

Json = Any
Connection = AsyncConnection  # what the search hands back and forth without knowing SQL


class State(NamedTuple):
    """Where a workspace's index stands: its number, version, and how many passages it has."""

    number: int
    version: int
    passages: int


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


# --- boolean questions ---------------------------------------------------------------------------------


class Word(NamedTuple):
    """A token with its namespace."""

    token: str


class Phrase(NamedTuple):
    """Tokens of the content that follow one another."""

    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Every:
    """All of these."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """At least one of these."""

    parts: tuple[Expression, ...]


Expression = Word | Phrase | Every | OneOf
_SIGNS = {"sqlite": ('"', " ", " AND ", " OR "), "postgresql": ("'", "", " & ", " | ")}


def rendered(expression: Expression, number: int, dialect: str) -> str:
    """Return the engine's own query; every token is quoted and carries the workspace's number."""
    quote, _, both, either = _SIGNS[dialect]
    match expression:
        case Word(token):
            return f"{quote}{number}{token}{quote}"
        case Phrase(tokens) if dialect == "sqlite":
            return '"' + " ".join(f"{number}{t}" for t in tokens) + '"'
        case Phrase(tokens):
            return "(" + " <-> ".join(f"'{number}{t}'" for t in tokens) + ")"
        case Every(parts):
            return "(" + both.join(rendered(p, number, dialect) for p in parts) + ")"
        case OneOf(parts):
            return "(" + either.join(rendered(p, number, dialect) for p in parts) + ")"


_MATCHING = {
    "sqlite": (
        "SELECT {n} AS n, group_concat(rowid) AS ids FROM (SELECT rowid FROM passage_words "
        "WHERE passage_words MATCH :q{n} ORDER BY rowid DESC LIMIT :limit{n}) AS found{n}"
    ),
    "postgresql": (
        "SELECT {n} AS n, string_agg(id::text, ',') AS ids FROM (SELECT id FROM passages "
        "WHERE words @@ CAST(:q{n} AS tsquery) ORDER BY id DESC LIMIT :limit{n}) AS found{n}"
    ),
}
_PASSAGES = {
    "sqlite": text(
        "SELECT json_group_array(json_array(id, article_id, json(detail), tokens)) FROM passages "
        "WHERE id IN (SELECT value FROM json_each(:ids)) AND workspace = :workspace"
    ),
    "postgresql": text(
        "SELECT CAST(json_agg(json_build_array(id, article_id, CAST(detail AS json), tokens)) AS text) "
        "FROM passages WHERE id = ANY(CAST(:ids AS bigint[])) AND workspace = :workspace"
    ),
}
_STATE = text("SELECT number, version, passages FROM search_workspaces WHERE workspace = :workspace")
_WORDS = {
    "sqlite": text(
        "SELECT json_group_array(json_array(word, passages)) FROM search_words "
        "WHERE number = :number AND version > :version"
    ),
    "postgresql": text(
        "SELECT CAST(json_agg(json_build_array(word, passages)) AS text) FROM search_words "
        "WHERE number = :number AND version > :version"
    ),
}
_SPEAKERS = {
    "sqlite": text(
        "SELECT json_group_array(json_array(name, kind, json(roles), json(aliases), articles, quotations)) "
        "FROM search_speakers WHERE number = :number AND version > :version"
    ),
    "postgresql": text(
        "SELECT CAST(json_agg(json_build_array(name, kind, CAST(roles AS json), CAST(aliases AS json), "
        "articles, quotations)) AS text) FROM search_speakers WHERE number = :number AND version > :version"
    ),
}


async def state(connection: AsyncConnection, workspace: str) -> State | None:
    """Return where the workspace's index stands; None where nothing was ever indexed."""
    row = (await connection.execute(_STATE, {"workspace": workspace})).first()
    return State(int(row[0]), int(row[1]), int(row[2])) if row else None


async def words_since(connection: AsyncConnection, number: int, version: int) -> list[tuple[str, int]]:
    """Return the words that changed after `version`, each with the number of passages that hold it."""
    return [(w, n) for w, n in await _json(connection, _WORDS, {"number": number, "version": version})]


async def speakers_since(connection: AsyncConnection, number: int, version: int) -> list[Listed]:
    """Return the speakers that changed after `version`; `articles` is 0 for those who are gone."""
    rows = await _json(connection, _SPEAKERS, {"number": number, "version": version})
    return [Listed(name, kind, tuple(r), tuple(a), n, q) for name, kind, r, a, n, q in rows]


async def matching(
    connection: AsyncConnection, number: int, questions: Sequence[tuple[Expression, int]]
) -> list[str]:
    """Return for each question the ids of its newest passages, as many as it asks for, comma-joined."""
    dialect = connection.dialect.name
    values: dict[str, Any] = {}
    for n, (expression, limit) in enumerate(questions):
        values[f"q{n}"] = rendered(expression, number, dialect)
        values[f"limit{n}"] = limit
    found = [""] * len(questions)
    for n, ids in await connection.execute(_statement(dialect, len(questions)), values):
        found[n] = ids or ""
    return found


async def passages(connection: AsyncConnection, workspace: str, ids: Iterable[int]) -> list[Found]:
    """Return passages of the workspace by their ids, in no particular order."""
    wanted = [int(i) for i in ids]
    if not wanted:
        return []
    given: Any = json.dumps(wanted) if connection.dialect.name == "sqlite" else wanted
    rows = await _json(connection, _PASSAGES, {"ids": given, "workspace": workspace})
    return [_found(row) for row in rows]


async def sources(connection: AsyncConnection, workspace: str, ids: Iterable[int]) -> dict[int, Source]:
    """Return what answers show of these articles of the workspace."""
    a = articles.c
    query = select(
        a.id, a.source, a.text, a.url, a.title, a.publisher, a.published, a.fetched, a.flags
    ).where(a.workspace == workspace, a.id.in_(sorted(set(ids))))  # fmt: skip
    return {row.id: _source(row) for row in (await connection.execute(query)).all()}


async def flagged(connection: AsyncConnection, workspace: str) -> list[Source]:
    """Return the articles of the workspace that say something of themselves (sponsored, opinion)."""
    a = articles.c
    query = select(
        a.id, a.source, a.text, a.url, a.title, a.publisher, a.published, a.fetched, a.flags
    ).where(a.workspace == workspace, a.flags != []).order_by(a.id.desc())  # fmt: skip
    return [found for row in (await connection.execute(query)).all() if (found := _source(row)).flags]


async def quotation_ids(
    connection: AsyncConnection, workspace: str, places: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], int]:
    """Return the ids of quotations by article and position."""
    if not places:
        return {}
    q = quotations.c
    query = select(q.article_id, q.position, q.id).where(
        q.workspace == workspace, q.article_id.in_(sorted({a for a, _ in places}))
    )
    found = {(row[0], row[1]): int(row[2]) for row in (await connection.execute(query)).all()}
    return {place: found[place] for place in places if place in found}


async def article_count(connection: AsyncConnection, workspace: str) -> int:
    """Return how many articles of the workspace are indexed."""
    counted = await connection.execute(_COUNT, {"workspace": workspace})
    return int(counted.scalar_one())


_COUNT = text("SELECT count(*) FROM articles WHERE workspace = :workspace").bindparams(bindparam("workspace"))


@lru_cache(maxsize=64)
def _statement(dialect: str, count: int) -> TextClause:
    return text(" UNION ALL ".join(_MATCHING[dialect].format(n=n) for n in range(count)))


async def _json(
    connection: AsyncConnection, statements: dict[str, TextClause], values: dict[str, Any]
) -> Json:
    found = (await connection.execute(statements[connection.dialect.name], values)).scalar_one()
    return json.loads(found) if found else []


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
