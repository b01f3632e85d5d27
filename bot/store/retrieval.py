"""The full-text index, read: passages by id, articles, what is new in the word lists.

What a question reads comes in few statements and few rows, because rows cost more in the drivers than the
search itself. Every question names its workspace: in each token, and again where rows are read.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, NamedTuple

import msgspec

from bot.models import Flag, FlagKind, Polarity, QuotationKind, Span
from bot.store.reader import Reader

Json = Any
_span: Callable[[Iterable[int]], Span] = partial(tuple.__new__, Span)  # half of what Span._make costs
_POLARITIES = {p.value: p for p in Polarity}
_KINDS: dict[str | None, QuotationKind | None] = {None: None, **{k.value: k for k in QuotationKind}}


class State(NamedTuple):
    """Where a workspace's index stands: number, version, how many passages it has, the newest one's id."""

    number: int
    version: int
    passages: int
    newest: int = 0


class Found(NamedTuple):
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


_made: Callable[[Iterable[Any]], Found] = partial(tuple.__new__, Found)


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


_PASSAGES = {
    "sqlite": (
        "SELECT id, article_id, detail, tokens FROM passages "
        "WHERE id IN (SELECT value FROM json_each(?)) AND workspace = ?"
    ),
    "postgresql": (
        "SELECT id, article_id, detail, tokens FROM passages "
        "WHERE id = ANY(SELECT value::bigint FROM json_array_elements_text($1::text::json)) "
        "AND workspace = $2"
    ),
}
_STATE = {
    "sqlite": "SELECT number, version, passages FROM search_workspaces WHERE workspace = ?",
    "postgresql": "SELECT number, version, passages FROM search_workspaces WHERE workspace = $1",
}
_NEWEST = {
    "sqlite": "SELECT coalesce(max(id), 0) FROM passages WHERE workspace = ?",
    "postgresql": "SELECT coalesce(max(id), 0) FROM passages WHERE workspace = $1",
}
_LARGEST = {
    dialect: "SELECT workspace FROM search_workspaces WHERE passages > 0 "
    f"ORDER BY passages DESC, workspace LIMIT {mark}"
    for dialect, mark in (("sqlite", "?"), ("postgresql", "$1"))
}
_ARTICLES = {
    "sqlite": "SELECT count(*) FROM articles WHERE workspace = ?",
    "postgresql": "SELECT count(*) FROM articles WHERE workspace = $1",
}
_WORDS = {
    "sqlite": "SELECT word, passages FROM search_words WHERE number = ? AND version > ?",
    "postgresql": "SELECT word, passages FROM search_words WHERE number = $1 AND version > $2",
}
_LISTED = "SELECT name, kind, roles, aliases, articles, quotations FROM search_speakers "
_SPEAKERS = {
    "sqlite": _LISTED + "WHERE number = ? AND version > ?",
    "postgresql": _LISTED + "WHERE number = $1 AND version > $2",
}


_SHOWN = "id, source, text, url, title, publisher, published, fetched, flags"
_SHOWN_OF = ", ".join(f"a.{column}" for column in _SHOWN.split(", "))
# the wanted ids come first: by workspace, SQLite would go over all of its articles for a few
_SOURCES = {
    "sqlite": (
        f"SELECT {_SHOWN_OF} FROM json_each(?) AS wanted CROSS JOIN articles AS a ON a.id = wanted.value "
        "WHERE a.workspace = ?"
    ),
    "postgresql": (
        f"SELECT {_SHOWN} FROM articles "
        "WHERE id = ANY(SELECT value::bigint FROM json_array_elements_text($1::text::json)) "
        "AND workspace = $2"
    ),
}
_SPONSORED = {
    "sqlite": (
        "SELECT a.id FROM json_each(?) AS wanted CROSS JOIN articles AS a ON a.id = wanted.value "
        """WHERE a.workspace = ? AND a.flags LIKE '%"sponsored"%'"""
    ),
    "postgresql": (
        "SELECT id FROM articles "
        "WHERE id = ANY(SELECT value::bigint FROM json_array_elements_text($1::text::json)) "
        """AND workspace = $2 AND flags::text LIKE '%"sponsored"%'"""
    ),
}
_FLAGGED = {
    "sqlite": (
        f"SELECT {_SHOWN} FROM articles WHERE workspace = ? AND json_array_length(flags) ORDER BY id DESC"
    ),
    "postgresql": (
        f"SELECT {_SHOWN} FROM articles WHERE workspace = $1 AND json_array_length(flags::json) > 0 "
        "ORDER BY id DESC"
    ),
}


_PUBLISHERS = {
    dialect: f"SELECT DISTINCT publisher FROM articles WHERE workspace = {mark} AND publisher IS NOT NULL"
    for dialect, mark in (("sqlite", "?"), ("postgresql", "$1"))
}
_PUBLISHED = {
    dialect: f"SELECT {_SHOWN} FROM articles WHERE workspace = {one} AND publisher = {two} "
    f"ORDER BY id DESC LIMIT {three}"
    for dialect, one, two, three in (("sqlite", "?", "?", "?"), ("postgresql", "$1", "$2", "$3"))
}


async def state(reader: Reader, workspace: str) -> State | None:
    """Return where the workspace's index stands; None where nothing was ever indexed."""
    rows = await reader.rows(_STATE[reader.dialect], (workspace,))
    return State(*rows[0]) if rows else None


async def largest(reader: Reader, most: int) -> list[str]:
    """Return the workspaces with the most passages, the largest first."""
    rows = await reader.rows(_LARGEST[reader.dialect], (most,))
    return [str(row[0]) for row in rows]


async def newest(reader: Reader, workspace: str) -> int:
    """Return the id of the workspace's newest passage, 0 for none: it changes only with the version."""
    return int((await reader.rows(_NEWEST[reader.dialect], (workspace,)))[0][0])


async def articles(reader: Reader, workspace: str) -> int:
    """Return how many articles the workspace has: it changes only with the version of its index."""
    return int((await reader.rows(_ARTICLES[reader.dialect], (workspace,)))[0][0])


async def words_since(reader: Reader, number: int, version: int) -> AsyncIterator[list[tuple[str, int]]]:
    """Yield the words that changed after a version, with how many passages hold them, a part at a time."""
    async for rows in reader.parts(_WORDS[reader.dialect], (number, version)):
        yield [(word, passages) for word, passages in rows]


async def speakers_since(reader: Reader, number: int, version: int) -> AsyncIterator[list[Listed]]:
    """Yield the speakers that changed after a version, a part at a time."""
    async for rows in reader.parts(_SPEAKERS[reader.dialect], (number, version)):
        yield [Listed(name, kind, _texts(r), _texts(a), n, q) for name, kind, r, a, n, q in rows]


async def passages(reader: Reader, workspace: str, ids: Iterable[int]) -> list[Found]:
    """Return passages of the workspace by their ids, in no particular order."""
    rows = await reader.rows(_PASSAGES[reader.dialect], (json.dumps(list(ids)), workspace))
    details = msgspec.json.decode(f"[{','.join([row[2] for row in rows])}]")
    return [_found(row, detail) for row, detail in zip(rows, details, strict=True)]


async def sources(reader: Reader, workspace: str, ids: Iterable[int]) -> dict[int, Source]:
    """Return what answers show of these articles of the workspace."""
    wanted = json.dumps(sorted(set(ids)))
    rows = await reader.rows(_SOURCES[reader.dialect], (wanted, workspace))
    return {row[0]: _source(row) for row in rows}


async def sponsored(reader: Reader, workspace: str, ids: Iterable[int]) -> frozenset[int]:
    """Return which of these articles of the workspace say that they were paid for."""
    rows = await reader.rows(_SPONSORED[reader.dialect], (json.dumps(sorted(set(ids))), workspace))
    return frozenset(row[0] for row in rows)


async def flagged(reader: Reader, workspace: str) -> list[Source]:
    """Return the articles of the workspace that say something of themselves (sponsored, opinion)."""
    return [_source(row) for row in await reader.rows(_FLAGGED[reader.dialect], (workspace,))]


async def publishers(reader: Reader, workspace: str) -> list[str]:
    """Return who published the articles of the workspace."""
    return sorted(row[0] for row in await reader.rows(_PUBLISHERS[reader.dialect], (workspace,)))


async def published(reader: Reader, workspace: str, publisher: str, most: int) -> list[Source]:
    """Return the newest articles of the workspace by a publisher."""
    rows = await reader.rows(_PUBLISHED[reader.dialect], (workspace, publisher, most))
    return [_source(row) for row in rows]


def _texts(encoded: str) -> tuple[str, ...]:
    return () if encoded == "[]" else tuple(json.loads(encoded))  # most have none


def _found(row: Sequence[Any], detail: Json) -> Found:
    passage_id, article_id, _, tokens = row
    kind, position, spans, sentence, speaker, role, cue, polarity, quotation = detail
    return _made(
        (
            passage_id,
            article_id,
            kind,
            position,
            tuple([_span(s) for s in spans]),
            _span(sentence),
            speaker,
            role,
            cue,
            _POLARITIES[polarity],
            _KINDS[quotation],
            tokens,
        )
    )


def _source(row: Sequence[Any]) -> Source:
    number, source, text, url, title, publisher, published, fetched, flags = row
    kept = () if flags == "[]" else json.loads(flags) if isinstance(flags, str) else flags
    return Source(
        number,
        source,
        text,
        url,
        title,
        publisher,
        date.fromisoformat(published) if isinstance(published, str) else published,
        _aware(datetime.fromisoformat(fetched) if isinstance(fetched, str) else fetched),
        tuple([Flag(FlagKind(kind), Span(start, end)) for start, end, kind in kept]),
    )


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
