"""A unit of work is one transaction: all of it or nothing, on both databases, whoever goes away."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import SourceError
from bot.store import Database

ADD = text("INSERT INTO seen (workspace, key, at) VALUES ('W1', :key, '2026-02-14 10:00:00+00:00')")
COUNT = text("SELECT count(*) FROM seen")


async def count(connection: AsyncConnection) -> int:
    return int((await connection.execute(COUNT)).scalar_one())


def added(*keys: str, error: Exception | None = None):  # type: ignore[no-untyped-def]
    async def unit(connection: AsyncConnection) -> int:
        for key in keys:
            await connection.execute(ADD, {"key": key})
        if error:
            raise error
        return await count(connection)

    return unit


async def test_what_it_did_stays_and_what_it_found_comes_back(database: Database) -> None:
    assert await database.unit(added("a", "b"), write=True) == 2
    assert await database.unit(count) == 2


async def test_of_one_that_fails_nothing_stays_and_the_next_one_is_done(database: Database) -> None:
    with pytest.raises(SourceError, match="no text"):
        await database.unit(added("a", error=SourceError("a.txt", "no text")), write=True)
    assert await database.unit(added("a"), write=True) == 1


async def test_many_at_once_are_all_done_with_sqlite_one_after_the_other(database: Database) -> None:
    counts = await asyncio.gather(*(database.unit(added(f"{n}"), write=True) for n in range(20)))
    assert await database.unit(count) == 20
    if database.dialect == "sqlite":  # two that PostgreSQL does at once don't see each other's rows
        assert sorted(counts) == list(range(1, 21))


async def test_one_whose_caller_goes_away_is_done_whole_or_not_at_all(database: Database) -> None:
    keys = [str(n) for n in range(300)]
    task = asyncio.create_task(database.unit(added(*keys), write=True))
    await asyncio.sleep(0.005)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await database.unit(added("last"), write=True) in {1, 301}


async def test_one_that_waits_for_something_else_is_our_own_fault(sqlite_database: Database) -> None:
    async def waits(connection: AsyncConnection) -> None:
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="must not wait"):
        await sqlite_database.unit(waits)
