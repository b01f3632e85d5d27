"""All rows of one database into another, empty one: from SQLite up to PostgreSQL, or back down.

Everything arrives in one transaction or nothing does. Rows keep their ids, and the full-text index is carried
over as it is, so that answers are the same to the last rank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Table, func, inspect, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.store import (
    _digest_tables,
    _slack_tables,
    _source_tables,
    corrections,
    fulltext,
    jobs,
    reprints,
    versions,
)
from bot.store.database import Database
from bot.store.tables import METADATA

_BATCH = 1_000
_SEARCH = ("search_workspaces", "search_words", "search_speakers", "search_articles")
_DERIVED = {"alembic_version", "sqlite_sequence"}
_MODULES = (
    _digest_tables,
    _slack_tables,
    _source_tables,
    corrections,
    jobs,
    reprints,
    versions,
)  # they name their tables
Progress = Callable[[str, int], None]


async def move(source: Database, target: Database, progress: Progress | None = None) -> dict[str, int]:
    """Copy every row into `target` and return how many each table has.

    Raises StoreError where the target holds rows already, or a count differs in the end; the target then
    stays as it was. Nothing may write to the source meanwhile, or its newest rows stay behind.
    """
    moved: dict[str, int] = {}
    async with source.read() as old, target.write() as new:
        await _refuse_rows(new)
        for table in METADATA.sorted_tables:
            moved[table.name] = await _rows(old, new, table)
            if progress:
                progress(table.name, moved[table.name])
        for name in _SEARCH:
            moved[name] = await _plain_rows(old, new, name)
        moved["passages"] = await _passages(old, new)
        await _count_on(new, [*METADATA.tables, *_SEARCH, "passages"])
        for name, count in moved.items():
            if await _count(new, name) != count:
                raise StoreError(f"The copy of {name} is not whole; nothing was moved.")
    return moved


async def _refuse_rows(connection: AsyncConnection) -> None:
    for name in (*METADATA.tables, *_SEARCH):
        if await _count(connection, name):
            raise StoreError(
                f"The database to move to holds rows already (in {name}); make an empty one and name that."
            )


async def _rows(old: AsyncConnection, new: AsyncConnection, table: Table) -> int:
    moved = 0
    result = await old.stream(select(table).order_by(*table.primary_key))
    async for rows in result.mappings().partitions(_BATCH):
        await new.execute(table.insert(), [dict(row) for row in rows])
        moved += len(rows)
    return moved


async def _plain_rows(old: AsyncConnection, new: AsyncConnection, name: str) -> int:
    """Copy a table that the full-text index made for itself."""
    names = await old.run_sync(_columns, name)
    listed, bound = ", ".join(names), ", ".join(f":{n}" for n in names)
    moved = 0
    result = await old.stream(text(f"SELECT {listed} FROM {name}"))
    async for rows in result.mappings().partitions(_BATCH):
        await new.execute(
            text(f"INSERT INTO {name} ({listed}) VALUES ({bound})"), [dict(row) for row in rows]
        )
        moved += len(rows)
    return moved


async def _passages(old: AsyncConnection, new: AsyncConnection) -> int:
    statement = fulltext.ADD_WITH_ID[new.dialect.name]
    moved = 0
    result = await old.stream(
        text("SELECT id, workspace, article_id, detail, tokens FROM passages ORDER BY id")
    )
    async for rows in result.mappings().partitions(_BATCH):
        values = [dict(row) | {"words": fulltext.vector(row["tokens"])} for row in rows]
        if new.dialect.name == "sqlite":
            values = [{k: v for k, v in row.items() if k != "words"} for row in values]
        await new.execute(statement, values)
        moved += len(rows)
    return moved


async def _count_on(connection: AsyncConnection, names: list[str]) -> None:
    """Let PostgreSQL's counters of ids go on behind the highest id; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for name in names:
        for column in await connection.run_sync(_counted, name):
            await connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{name}', '{column}'), "
                    f"greatest((SELECT max({column}) FROM {name}), 1), "
                    f"EXISTS (SELECT 1 FROM {name}))"
                )
            )


def _columns(connection: Connection, name: str) -> list[str]:
    return [column["name"] for column in inspect(connection).get_columns(name)]


def _counted(connection: Connection, name: str) -> Iterator[str]:
    columns: list[Any] = list(inspect(connection).get_columns(name))
    return iter([c["name"] for c in columns if str(c["default"] or "").startswith("nextval(")])


async def _count(connection: AsyncConnection, name: str) -> int:
    found = await connection.execute(select(func.count()).select_from(text(name)))
    return int(found.scalar_one())


def tables() -> set[str]:
    """Return the names of every table that is carried over: a test holds them against the schema."""
    return {*METADATA.tables, *_SEARCH, "passages", *_DERIVED}
