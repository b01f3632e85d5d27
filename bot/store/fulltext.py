"""The full-text index, written: what an article's save and removal do to it, inside their transaction.

The words lie in the database's own engine (migration 0002), each token with the workspace's number before
it, so that a query reads one workspace's postings and no other's. Beside them stand two counted lists of the
workspace, words and speakers; every row carries the version at which it last changed, so that another
process reads only what is new. The row of `search_workspaces` is written first: it keeps the writers of one
workspace in line and the versions in order.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.passages import CONTENT, Indexed, Passage, prefix

_AT_ONCE = 500  # names in one statement
_NOTHING = {"roles": "[]", "aliases": "[]"}
_OF_CONTENT = re.compile(rf"\d+\w?{CONTENT}")
_NEXT_VERSION = text(
    "INSERT INTO search_workspaces (workspace, version, passages) VALUES (:workspace, 1, :passages) "
    "ON CONFLICT (workspace) DO UPDATE SET version = search_workspaces.version + 1, "
    "passages = search_workspaces.passages + excluded.passages RETURNING number, version"
)
_ADD_WORDS = text(
    "INSERT INTO search_words (number, word, passages, version) "
    "VALUES (:number, :word, :passages, :version) ON CONFLICT (number, word) DO UPDATE SET "
    "passages = search_words.passages + excluded.passages, version = excluded.version"
)
_ADD_SPEAKER = text(
    "INSERT INTO search_speakers (number, name, kind, roles, aliases, articles, quotations, version) "
    "VALUES (:number, :name, :kind, :roles, :aliases, :articles, :quotations, :version) "
    "ON CONFLICT (number, name) DO UPDATE SET roles = excluded.roles, aliases = excluded.aliases, "
    "articles = search_speakers.articles + excluded.articles, "
    "quotations = search_speakers.quotations + excluded.quotations, version = excluded.version"
)
_ADD_ARTICLE = text(
    "INSERT INTO search_articles (article_id, number, words, speakers) "
    "VALUES (:article_id, :number, :words, :speakers)"
)
_SPEAKERS = text(
    "SELECT name, roles, aliases FROM search_speakers WHERE number = :number AND name IN :names"
).bindparams(bindparam("names", expanding=True))
_ARTICLE = text(
    "SELECT number, words, speakers, (SELECT count(*) FROM passages WHERE article_id = :article_id "
    "AND workspace = :workspace) "
    "FROM search_articles WHERE article_id = :article_id AND number = "
    "(SELECT number FROM search_workspaces WHERE workspace = :workspace)"
)
_FORGET = (
    text("DELETE FROM passages WHERE article_id = :article_id AND workspace = :workspace"),
    text("DELETE FROM search_articles WHERE article_id = :article_id"),
)
_ADD_PASSAGES = {
    "sqlite": text(
        "INSERT INTO passages (workspace, article_id, detail, tokens) "
        "VALUES (:workspace, :article_id, :detail, :tokens)"
    ),
    "postgresql": text(
        "INSERT INTO passages (workspace, article_id, detail, tokens, words) "
        "VALUES (:workspace, :article_id, :detail, :tokens, CAST(:words AS tsvector))"
    ),
}


ADD_WITH_ID = {
    "sqlite": text(
        "INSERT INTO passages (id, workspace, article_id, detail, tokens) "
        "VALUES (:id, :workspace, :article_id, :detail, :tokens)"
    ),
    "postgresql": text(
        "INSERT INTO passages (id, workspace, article_id, detail, tokens, words) "
        "VALUES (:id, :workspace, :article_id, :detail, :tokens, CAST(:words AS tsvector))"
    ),
}  # for rows that come from another database


async def add(connection: AsyncConnection, workspace: str, article_id: int, indexed: Indexed) -> None:
    """Add an article to the index, inside the caller's writing transaction."""
    number, version = await _next(connection, workspace, len(indexed.passages))
    postgres = connection.dialect.name == "postgresql"
    rows = [_row(workspace, article_id, number, p, postgres) for p in indexed.passages]
    if rows:
        await connection.execute(_ADD_PASSAGES[connection.dialect.name], rows)
    await _count_words(connection, number, version, indexed.words)
    await _count_speakers(connection, number, version, indexed)
    await connection.execute(
        _ADD_ARTICLE,
        {
            "article_id": article_id,
            "number": number,
            "words": json.dumps(dict(indexed.words)),
            "speakers": json.dumps({p.name: indexed.quoted.get(p.name, 0) for p in indexed.people}),
        },
    )


async def remove(connection: AsyncConnection, workspace: str, article_id: int) -> None:
    """Take an article out of the index, inside the caller's writing transaction; absent: nothing happens."""
    place = {"workspace": workspace, "article_id": article_id}
    known = (await connection.execute(_ARTICLE, place)).first()
    if known is None:
        return
    number, version = await _next(connection, workspace, -int(known[3]))
    words: dict[str, int] = json.loads(known[1])
    speakers: dict[str, int] = json.loads(known[2])
    for statement in _FORGET:
        await connection.execute(statement, place)
    await _count_words(connection, number, version, {w: -n for w, n in words.items()})
    gone: list[dict[str, Any]] = [
        {"number": number, "name": name, "kind": "", "version": version, "articles": -1, "quotations": -n}
        for name, n in sorted(speakers.items())
    ]
    kept = await _speakers(connection, number, speakers)
    if gone:
        await connection.execute(_ADD_SPEAKER, [row | kept[row["name"]] for row in gone])


async def _next(connection: AsyncConnection, workspace: str, passages: int) -> tuple[int, int]:
    row = (await connection.execute(_NEXT_VERSION, {"workspace": workspace, "passages": passages})).one()
    return int(row[0]), int(row[1])


async def _count_words(
    connection: AsyncConnection, number: int, version: int, words: Mapping[str, int]
) -> None:
    rows = [
        {"number": number, "version": version, "word": w, "passages": n} for w, n in sorted(words.items())
    ]
    if rows:
        await connection.execute(_ADD_WORDS, rows)


async def _count_speakers(connection: AsyncConnection, number: int, version: int, indexed: Indexed) -> None:
    known = await _speakers(connection, number, [p.name for p in indexed.people])
    rows = [
        {
            "number": number,
            "name": person.name,
            "kind": person.kind.value,
            "roles": _merged(known.get(person.name, _NOTHING)["roles"], person.roles),
            "aliases": _merged(known.get(person.name, _NOTHING)["aliases"], person.aliases),
            "articles": 1,
            "quotations": indexed.quoted.get(person.name, 0),
            "version": version,
        }
        for person in sorted(indexed.people, key=lambda p: p.name)
    ]
    if rows:
        await connection.execute(_ADD_SPEAKER, rows)


async def _speakers(
    connection: AsyncConnection, number: int, names: Iterable[str]
) -> dict[str, dict[str, str]]:
    """Return roles and aliases, each as JSON, of those of these speakers who are in the workspace's list."""
    found: dict[str, dict[str, str]] = {}
    remaining = iter(sorted(names))
    while some := list(islice(remaining, _AT_ONCE)):
        rows = await connection.execute(_SPEAKERS, {"number": number, "names": some})
        found |= {name: {"roles": roles, "aliases": aliases} for name, roles, aliases in rows}
    return found


def _merged(known: str, more: Sequence[str]) -> str:
    return json.dumps(list(dict.fromkeys([*json.loads(known), *more])), ensure_ascii=False)


def _row(workspace: str, article_id: int, number: int, p: Passage, postgres: bool) -> dict[str, Any]:
    before = prefix(number, p.kind)
    content = [f"{before}{CONTENT}{t}" for t in p.content]
    others = [f"{before}{t}" for t in dict.fromkeys(p.others)]
    row: dict[str, Any] = {
        "workspace": workspace,
        "article_id": article_id,
        "detail": _detail(p),
        "tokens": " ".join([*content, *others]),
    }
    if postgres:
        row["words"] = _vector(content, others)
    return row


def vector(tokens: str) -> str:
    """Return PostgreSQL's vector of a row's tokens: those of the content with their places."""
    every = tokens.split()
    content = [t for t in every if _OF_CONTENT.match(t)]
    return _vector(content, every[len(content) :])


def _vector(content: Sequence[str], others: Sequence[str]) -> str:
    return " ".join([*_placed(content), *(f"'{t}'" for t in others)])


def _placed(content: Iterable[str]) -> Iterable[str]:
    return (f"'{t}':{n}" for n, t in enumerate(content, 1))


def _detail(p: Passage) -> str:
    return json.dumps(
        [
            p.kind,
            p.position,
            [list(span) for span in p.spans],
            list(p.sentence),
            p.speaker,
            p.role,
            p.cue,
            p.polarity.value,
            p.quotation.value if p.quotation else None,
        ],
        ensure_ascii=False,
    )
