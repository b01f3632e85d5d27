"""Brings a database's schema up to date with Alembic, without an ini file; never takes one down unasked."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.engine import URL, Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StoreError

_FOLDER = Path(__file__).resolve().parent / "migrations"
_LOCK = 0x6D73635F626F74  # "msc_bot": one process migrates a PostgreSQL database at a time


@cache
def revisions() -> tuple[str, ...]:
    """Return every revision that this version knows, oldest first; a file is `REVISION_what.py`."""
    return tuple(sorted(p.name.partition("_")[0] for p in (_FOLDER / "versions").glob("[0-9]*.py")))


def head() -> str:
    """Return the newest revision that this version knows."""
    return revisions()[-1]


def current(connection: Connection) -> str | None:
    """Return the revision that a database is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


async def bring_up(engine: AsyncEngine, address: URL, *, upgrade: bool = True) -> None:
    """Upgrade to the newest schema; raises StoreError for a database of a newer version."""
    async with engine.connect() as connection:
        found = await connection.run_sync(current)
        await connection.rollback()
        _refuse_newer(found, address)
        if found == head() or not upgrade:
            return
        await connection.execution_options(msc_write=True)
        async with connection.begin():
            if engine.dialect.name == "postgresql":
                await connection.execute(text("SET LOCAL statement_timeout = 0"))
                await connection.execute(text("SET LOCAL lock_timeout = 0"))
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            await connection.run_sync(to)


def to(connection: Connection, revision: str = "head") -> None:
    """Bring the schema to `revision`, up or down, inside the connection's transaction."""
    from alembic import command  # noqa: PLC0415  needed once in a database's life, slow to load
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    now = current(connection)
    if revision != "head" and now is not None and (revision == "base" or revision < now):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


def _refuse_newer(found: str | None, address: URL) -> None:
    if found is None or found in revisions():
        return
    name = address.render_as_string(hide_password=True).partition("://")[2]
    raise StoreError(
        f"The database {name} was written by a newer version of msc-bot (schema {found}, this version knows "
        f"{head()}); update msc-bot, or restore a backup made with this version."
    )
