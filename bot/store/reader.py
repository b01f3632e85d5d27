"""The search's own way to the database: plain statements to the driver, a whole question in one hop.

A row through SQLAlchemy costs more than finding it (64 rows: 0.2 ms by the driver, 1.4 ms by Core, measured),
and every statement through aiosqlite two changes of thread. So a question to SQLite runs from its first
statement to its last in one thread of its own, beside the event loop; PostgreSQL's driver needs no thread.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

import asyncpg

from bot.errors import StoreError

T = TypeVar("T")
Work = Callable[["Reader"], Coroutine[Any, Any, T]]
_CACHE = 64 * 1024  # KB of pages that the searching connection keeps
_PART = 2_000  # rows of a long list that are in memory at once
_MAPPED = 4 * 2**30  # bytes of the file that it may read without copying


class Reader(Protocol):
    """One snapshot of the database."""

    dialect: str

    async def rows(self, statement: str, values: Sequence[Any]) -> list[Sequence[Any]]:
        """Run a statement with `?` for SQLite and `$1` for PostgreSQL; raises StoreError."""
        ...

    def parts(self, statement: str, values: Sequence[Any]) -> AsyncIterator[list[Sequence[Any]]]:
        """Yield the rows of a statement some thousands at a time, for long lists; raises StoreError."""
        ...


class PostgresReader:
    """Reads in the transaction of an open connection."""

    dialect = "postgresql"

    def __init__(self, driver: Any) -> None:
        self._driver = driver

    async def rows(self, statement: str, values: Sequence[Any]) -> list[Sequence[Any]]:
        """Run a statement; raises StoreError."""
        try:
            return list(await self._driver.fetch(statement, *values))
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            raise _unanswered(error) from error

    async def parts(self, statement: str, values: Sequence[Any]) -> AsyncIterator[list[Sequence[Any]]]:
        """Yield rows some thousands at a time; raises StoreError."""
        try:
            cursor = await self._driver.cursor(statement, *values)
            while rows := await cursor.fetch(_PART):
                yield rows
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            raise _unanswered(error) from error


class _SqliteReader:
    """Reads in the calling thread, without ever giving way: `driven` runs work over it to its end."""

    dialect = "sqlite"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def rows(self, statement: str, values: Sequence[Any]) -> list[Sequence[Any]]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise _unanswered(error) from error

    async def parts(self, statement: str, values: Sequence[Any]) -> AsyncIterator[list[Sequence[Any]]]:
        try:
            cursor = self._connection.execute(statement, values)
            while rows := cursor.fetchmany(_PART):
                yield rows
        except sqlite3.Error as error:
            raise _unanswered(error) from error


class SqliteDesk:
    """The thread that reads a SQLite file for the search, one question after the other; or writes small rows.

    A second thread adds no throughput (measured): the work is Python's, between short statements.
    """

    def __init__(self, path: str, busy_seconds: float, *, writing: bool = False) -> None:
        self._path, self._busy, self._writing = path, busy_seconds, writing
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="msc-write" if writing else "msc-search")
        self._connection: sqlite3.Connection | None = None

    async def done(self, work: Work[T]) -> T:
        """Return what the work makes of one snapshot, or does in one transaction; raises StoreError."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._done, work)

    async def close(self) -> None:
        """End the thread after the question that it is at."""
        await asyncio.to_thread(self._thread.shutdown)
        if self._connection is not None:
            self._connection.close()

    def _done(self, work: Work[T]) -> T:
        try:
            connection = self._connection = self._connection or self._opened()
            connection.execute("BEGIN IMMEDIATE" if self._writing else "BEGIN")
        except sqlite3.Error as error:
            raise _unanswered(error) from error
        try:
            result = driven(work(_SqliteReader(connection)))
            connection.commit()
            return result
        except sqlite3.Error as error:
            raise _unanswered(error) from error
        finally:
            connection.rollback()

    def _opened(self) -> sqlite3.Connection:
        made = sqlite3.connect(self._path, timeout=self._busy, isolation_level=None, check_same_thread=False)
        only = "OFF" if self._writing else "ON"
        for pragma in (
            f"query_only = {only}",
            "synchronous = NORMAL",
            f"cache_size = -{_CACHE}",
            f"mmap_size = {_MAPPED}",
        ):
            made.execute(f"PRAGMA {pragma}")
        return made


def driven(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never waits to its end."""
    try:
        work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    work.close()
    raise RuntimeError("work over SQLite must not wait for anything but its reader")


def _unanswered(error: Exception) -> StoreError:
    return StoreError(f"The database did not answer: {error}. Try again in a moment.")


__all__ = ["PostgresReader", "Reader", "SqliteDesk", "driven"]
