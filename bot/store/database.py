"""The one door to SQL: an async engine for SQLite or PostgreSQL, reading and writing transactions.

SQLite runs in WAL mode, and every writing transaction begins IMMEDIATE: with the driver's default, 4
processes with 100 read-then-write each lost 263 of 400 updates; with IMMEDIATE none (measured).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
from sqlalchemy import Select, func, select
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import SettingError, StoreError
from bot.store import _sqlite, migrate
from bot.store._unit import Unit, Units
from bot.store.reader import PostgresReader, SqliteDesk, Work

# classes of SQLSTATE that are no fault of ours: connection, rollback, resources, locks, operator, system
_PASSING = frozenset({"08", "40", "53", "55", "57", "58"})
_DRIVER = (asyncpg.PostgresError, asyncpg.InterfaceError)  # where a statement went past SQLAlchemy
T = TypeVar("T")
_FULL = re.compile(r"disk is full|No space left on device", re.I)
_LOCKS = 0x6D7363  # keeps our advisory locks apart from those of others in the same server
_POSTGRES = {
    "application_name": "msc-bot",
    "statement_timeout": "30000",
    "lock_timeout": "10000",
    "idle_in_transaction_session_timeout": "60000",
    "jit": "off",
    "plan_cache_mode": "force_custom_plan",  # a generic plan reads a tsquery anew for every row: seconds
    "random_page_cost": "1.1",  # as of an SSD; else 24,000 passages are read whole for a frequent word: 40 ms
    "timezone": "UTC",
}


class Database:
    """An open database with its schema brought up to date; `close` releases its connections."""

    def __init__(self, address: URL) -> None:
        self._opened = _sqlite.Opened()
        self.engine = engine = engine_for(address, self._opened)
        self.dialect = engine.dialect.name
        self._desk: SqliteDesk | None = None
        self._notes: SqliteDesk | None = None
        self._units: Units | None = None
        if self.dialect == "sqlite":
            path = str(address.database)
            self._desk = SqliteDesk(path, _sqlite.BUSY_SECONDS)
            self._notes = SqliteDesk(path, _sqlite.BUSY_SECONDS, writing=True)
            self._units = Units(_sqlite.direct_engine(address))
        # writers of one process queue here, in order, rather than in SQLite's sleeping busy handler
        self._writer: Any = asyncio.Lock() if self.dialect == "sqlite" else nullcontext()

    @classmethod
    async def open(cls, url: str, *, upgrade: bool = True) -> Database:
        """Connect and bring the schema up to date; raises StoreError or SettingError with one sentence.

        `url` is a SQLAlchemy address with its async driver (`Settings.sqlalchemy_url`). With
        `upgrade=False` a schema that is not the newest is left alone, but a newer one is still refused.
        """
        address = parse(url)
        prepare(address)
        try:
            async with brief_engine(address, foreign_keys=False) as engine:
                await migrate.bring_up(engine, address, upgrade=upgrade)
        except (DBAPIError, OSError) as error:
            raise StoreError(
                f"The database {shown(address)} can't be opened: {reason(error)}; check MSC_DATABASE_URL "
                "and MSC_DATA_DIR."
            ) from error
        return cls(address)

    async def close(self) -> None:
        """Release every connection; waits for what a cancelled task left running in a driver's thread."""
        for desk in (self._desk, self._notes, self._units):
            if desk:
                await desk.close()
        await self.engine.dispose()
        await self._opened.close()

    async def reading(self, work: Work[T]) -> T:
        """Return what the search's work makes of one snapshot, read by plain statements.

        Over SQLite the work runs in a thread and must wait for nothing but its reader.
        """
        if self._desk:
            return await self._desk.done(work)
        async with self._driver() as driver, driver.transaction(isolation="repeatable_read", readonly=True):
            return await work(PostgresReader(driver))

    async def noting(self, work: Work[T]) -> T:
        """Return what the work does in one small writing transaction by plain statements, as `reading`."""
        if self._notes:
            async with _plain_errors(), self._writer:
                return await self._notes.done(work)
        async with self._driver() as driver, driver.transaction():
            return await work(PostgresReader(driver))

    @asynccontextmanager
    async def _driver(self) -> AsyncIterator[Any]:
        """Yield the driver's own connection, where no transaction has begun."""
        async with _plain_errors(), self.engine.connect() as connection:
            yield (await connection.get_raw_connection()).driver_connection

    async def unit(self, work: Unit[T], *, write: bool = False) -> T:
        """Return what the work does in one transaction, reading unless it is to `write`; see `Unit`."""
        if self._units is None:
            async with self.write() if write else self.read() as connection:
                return await work(connection)
        async with _plain_errors(), self._writer if write else nullcontext():
            return await self._units.done(work, write=write)

    @property
    def engines(self) -> tuple[Engine, ...]:
        """Every engine whose statements go through SQLAlchemy, for whoever listens to them."""
        return (self.engine.sync_engine, *((self._units.engine,) if self._units else ()))

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Yield a connection in a reading transaction: one snapshot from first to last statement."""
        async with _plain_errors(), self.engine.connect() as connection:
            if self.dialect == "postgresql":
                await connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Yield a connection in a writing transaction: committed at the end, rolled back on an error."""
        async with _plain_errors(), self._writer, self.engine.connect() as connection:
            await connection.execution_options(msc_write=True)
            async with connection.begin():
                yield connection


async def exclusive(connection: AsyncConnection, workspace: str) -> None:
    """Let one writer at a time into a workspace until its transaction ends.

    SQLite has one writer anyway; on PostgreSQL two that store at once would each add the same person.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(line_of(workspace))


def line_of(workspace: str) -> Select[tuple[None]]:
    """Return the statement with which a transaction of PostgreSQL stands in the line of a workspace."""
    return select(func.pg_advisory_xact_lock(func.hashtextextended(workspace, _LOCKS)))


def parse(url: str) -> URL:
    """Return the parsed address; raises SettingError for one that can't be used."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise SettingError(
            "MSC_DATABASE_URL is not an address; use sqlite:///FILE or postgresql://…"
        ) from error
    if address.get_backend_name() == "sqlite" and (
        not address.database or address.database.startswith((":memory:", "file:"))
    ):
        raise SettingError("MSC_DATABASE_URL must name a file for SQLite: sqlite:///FILE.")
    return address


def prepare(address: URL) -> None:
    """Make the folder of a SQLite file; raises StoreError where that can't be done."""
    if address.get_backend_name() != "sqlite" or not address.database:
        return
    folder = Path(address.database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The folder {folder} can't be made: {error.strerror}; set MSC_DATA_DIR to another."
        ) from error


@asynccontextmanager
async def brief_engine(address: URL, *, foreign_keys: bool = True) -> AsyncIterator[AsyncEngine]:
    """Yield an engine for a moment's work; nothing of it is left afterwards."""
    opened = _sqlite.Opened()
    engine = engine_for(address, opened, foreign_keys=foreign_keys)
    try:
        yield engine
    finally:
        await engine.dispose()
        await opened.close()


def engine_for(address: URL, opened: _sqlite.Opened, *, foreign_keys: bool = True) -> AsyncEngine:
    """Return an engine that follows our rules for transactions and timeouts."""
    if address.get_backend_name() == "sqlite":
        return _sqlite.engine(address, opened, foreign_keys=foreign_keys)
    query = dict(address.query)
    sslmode = query.pop("sslmode", None)  # libpq's word; asyncpg says ssl
    options: dict[str, Any] = {"server_settings": _POSTGRES, "timeout": 10}
    if sslmode:
        options["ssl"] = sslmode
    return create_async_engine(
        address.set(query=query), connect_args=options, pool_pre_ping=True, pool_size=10, max_overflow=5
    )


def shown(address: URL) -> str:
    """Return the address as it may be shown: without its password."""
    if address.get_backend_name() == "sqlite":
        return str(address.database)
    return address.render_as_string(hide_password=True).replace("+asyncpg", "")


def reason(error: BaseException) -> str:
    """Return the driver's own words about an error, without SQL and parameters."""
    cause: object = getattr(error, "orig", None) or error
    words = str(getattr(cause, "__cause__", None) or cause).strip() or type(cause).__name__
    return words.splitlines()[0].rstrip(".")


@asynccontextmanager
async def _plain_errors() -> AsyncIterator[None]:
    """Turn what a driver says of the server, the file or the disk into one sentence."""
    try:
        yield
    except (OperationalError, InterfaceError, OSError, *_DRIVER) as error:
        raise StoreError(_sentence(error)) from error
    except StoreError as error:  # a reader's, which says less of a full disk
        if error.__cause__ is None or not _FULL.search(str(error.__cause__)):
            raise
        raise StoreError(_sentence(error.__cause__)) from error
    except DBAPIError as error:
        state = str(getattr(error.orig, "sqlstate", None) or "")
        if not error.connection_invalidated and state[:2] not in _PASSING:
            raise
        raise StoreError(_sentence(error)) from error


def _sentence(error: BaseException) -> str:
    said = reason(error)
    if _FULL.search(said):
        return (
            "The disk of the database is full. Nothing was changed, and what is stored can still be read; "
            "make room, then do it again."
        )
    return f"The database did not do it: {said}. Nothing was changed; try again in a moment."
