"""How we drive SQLite: transactions that begin as we say, and connections that survive a cancelled task."""

from __future__ import annotations

import asyncio
import sqlite3
from functools import partial
from typing import Any

import aiosqlite
from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

BUSY_SECONDS = 20


class _File(sqlite3.Connection):
    """sqlite3's connection, but closing it ends its transaction even where a cursor is left over."""

    closed = False

    def close(self) -> None:
        """Roll back what is open, then close."""
        if not self.closed and self.in_transaction:
            self.rollback()
        self.closed = True
        super().close()


class _Driver(aiosqlite.Connection):
    """aiosqlite's connection, but stopping it twice does not wait for ever.

    SQLAlchemy closes and stops the connection of a cancelled task side by side; the second answer would have
    to come from a thread that has ended (seen with SQLAlchemy 2.1.9, aiosqlite 0.22.1: a hang at Ctrl-C).
    """

    stopped = False

    def stop(self) -> asyncio.Future[Any] | None:
        """End the thread; None where it has been told already."""
        if self.stopped:
            return None
        self.stopped = True
        return super().stop()

    async def ended(self) -> None:
        """Stop, where nobody has, and wait until the thread is gone."""
        self.stop()
        await asyncio.to_thread(self._thread.join, BUSY_SECONDS)


class Opened:
    """The connections that an engine opened: `close` ends those that a cancelled task left behind."""

    def __init__(self) -> None:
        self._drivers: list[_Driver] = []

    def connect(self, *args: Any, **options: Any) -> _Driver:
        """Return a driver's connection, to be awaited; the arguments are sqlite3's."""
        driver = _Driver(partial(sqlite3.connect, *args, factory=_File, **options), 64)
        driver._thread.daemon = True
        self._drivers = [d for d in self._drivers if d._thread.is_alive()] + [driver]
        return driver

    async def close(self) -> None:
        """Wait until no thread is left that could answer to a closed event loop."""
        for driver in self._drivers:
            if driver._thread.is_alive():
                await driver.ended()


def engine(address: URL, opened: Opened, *, foreign_keys: bool) -> AsyncEngine:
    """Return an engine in WAL mode that begins IMMEDIATE where the option `msc_write` is set."""
    made = create_async_engine(
        address, connect_args={"timeout": BUSY_SECONDS, "async_creator_fn": opened.connect}
    )
    _follow_rules(made.sync_engine, foreign_keys=foreign_keys)
    return made


def direct_engine(address: URL) -> Engine:
    """Return an engine without a thread of its own, by the same rules; one connection is kept open."""
    made = create_engine(
        address.set(drivername="sqlite+pysqlite"), connect_args={"timeout": BUSY_SECONDS}, pool_size=1
    )
    _follow_rules(made, foreign_keys=True)
    return made


def _follow_rules(engine: Engine, *, foreign_keys: bool) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's recipe: the driver begins nothing by itself
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def began(connection: Connection) -> None:
        writing = connection.get_execution_options().get("msc_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
