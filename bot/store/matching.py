"""The full-text index, asked: boolean questions, the newest ids that meet them.

Each statement returns one value (ids joined), because a row an id costs more in the drivers than the search
itself. Ids come in their order, so both databases give the same ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from bot.store.expressions import Expression, rendered
from bot.store.reader import Reader


class Sought(NamedTuple):
    """A question to the index: passages whose tokens meet an expression, the newest, up to a limit.

    Every token comes after `before` (`passages.prefix`). `since` is an id after which there are probably
    enough of them: of a word in every tenth passage PostgreSQL would read all (70 ms of 100,000, measured).
    """

    before: str
    expression: Expression
    limit: int
    since: int = 0


_ONE = {
    "sqlite": (
        "SELECT {n} AS n, group_concat(rowid) AS ids FROM (SELECT rowid FROM passage_words "
        "WHERE passage_words MATCH ? ORDER BY rowid DESC LIMIT ?)"
    ),
    # id + 0: by the order of id alone it may go over the whole table from its end, seconds for a rare word
    "postgresql": (
        "SELECT {n} AS n, string_agg(id::text, ',') AS ids FROM (SELECT id FROM passages "
        "WHERE words @@ ${a}::text::tsquery AND id > ${c}::bigint ORDER BY id + 0 DESC LIMIT ${b}::bigint"
        ") AS found{n}"
    ),
}


async def matching(reader: Reader, questions: Sequence[Sought]) -> list[str]:
    """Return for each question the ids of its newest passages, as many as it asks for, comma-joined."""
    if reader.dialect == "sqlite":  # stops at the limit by itself
        return await _asked(reader, [q._replace(since=0) for q in questions])
    found = await _asked(reader, questions)
    short = [n for n, q in enumerate(questions) if q.since > 0 and _count(found[n]) < q.limit]
    if short:
        again = await _asked(reader, [questions[n]._replace(since=0) for n in short])
        for n, ids in zip(short, again, strict=True):
            found[n] = ids
    return found


_QUOTING = {
    "sqlite": (
        "SELECT DISTINCT json_extract(detail, '$[4]') FROM passages "
        "WHERE id IN (SELECT rowid FROM passage_words WHERE passage_words MATCH ?) AND workspace = ?"
    ),
    "postgresql": (
        "SELECT DISTINCT detail::json ->> 4 FROM passages WHERE words @@ $1::text::tsquery AND workspace = $2"
    ),
}


async def quoting(reader: Reader, workspace: str, before: str, expression: Expression) -> set[str]:
    """Return the speakers of all passages of the workspace that meet an expression; raises StoreError."""
    asked = rendered(expression, before, reader.dialect)
    rows = await reader.rows(_QUOTING[reader.dialect], (asked, workspace))
    return {str(row[0]) for row in rows if row[0]}


def _count(ids: str) -> int:
    return ids.count(",") + bool(ids)


async def _asked(reader: Reader, questions: Sequence[Sought]) -> list[str]:
    values: list[Any] = []
    for q in questions:
        values += [rendered(q.expression, q.before, reader.dialect), q.limit]
        values += [q.since] if reader.dialect == "postgresql" else []
    found = [""] * len(questions)
    for n, ids in await reader.rows(_statement(reader.dialect, len(questions)), values):
        found[n] = ids or ""
    return found


@lru_cache(maxsize=64)
def _statement(dialect: str, count: int) -> str:
    one = _ONE[dialect]
    return " UNION ALL ".join(one.format(n=n, a=3 * n + 1, b=3 * n + 2, c=3 * n + 3) for n in range(count))
