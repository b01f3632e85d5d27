"""Units of work over a SQLite file: every statement of a transaction in one thread, at once.

Through aiosqlite each statement waits for another thread and back: some 205 times to store an article. Over
PostgreSQL, whose driver needs no thread, a unit runs on the event loop as it stands.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar, cast

from sqlalchemy.engine import Connection, CursorResult, Dialect, Engine
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.reader import driven

T = TypeVar("T")
Unit = Callable[[AsyncConnection], Coroutine[Any, Any, T]]
"""Does the statements of one transaction; it must wait for nothing but its connection's `execute`."""


class _Direct:
    """The part of an AsyncConnection that a unit uses, over a connection that answers at once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def dialect(self) -> Dialect:
        return self._connection.dialect

    async def execute(self, statement: Any, parameters: Any = None) -> CursorResult[Any]:
        return self._connection.execute(statement, parameters)


class Units:
    """The thread that does the units of a file, one after the other, on a connection of its own."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="msc-unit")

    async def done(self, unit: Unit[T], *, write: bool) -> T:
        """Return what the unit makes of one transaction; one that is cancelled is done to its end."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._done, unit, write)

    async def close(self) -> None:
        """End the thread after the unit that it is at, and release the connection."""
        await asyncio.to_thread(self._thread.shutdown)
        self.engine.dispose()

    def _done(self, unit: Unit[T], write: bool) -> T:
        with self.engine.connect() as connection:
            connection.execution_options(msc_write=write)
            with connection.begin():
                return driven(unit(cast(AsyncConnection, _Direct(connection))))
