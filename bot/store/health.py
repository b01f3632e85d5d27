"""How a database is, without changing it: for `msc doctor` and the health pages."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.errors import StoreError
from bot.store import migrate
from bot.store.database import brief_engine, parse, reason, shown


@dataclass(frozen=True, slots=True)
class Health:
    """What was seen; `revision` is None for a database without tables, `server` for a missing file."""

    address: str
    server: str | None
    revision: str | None
    head: str

    @property
    def up_to_date(self) -> bool:
        """Say whether the schema is the newest that this version knows."""
        return self.revision == self.head


async def look(url: str) -> Health:
    """Return how the database is; raises StoreError or SettingError where it can't be told."""
    address = parse(url)
    sqlite = address.get_backend_name() == "sqlite"
    if sqlite and not await asyncio.to_thread(Path(address.database or "").exists):
        return Health(shown(address), None, None, migrate.head())
    try:
        async with brief_engine(address) as engine, engine.connect() as connection:
            version = "SELECT sqlite_version()" if sqlite else "SHOW server_version"
            server = f"{'SQLite' if sqlite else 'PostgreSQL'} {await connection.scalar(text(version))}"
            revision = await connection.run_sync(migrate.current)
    except (DBAPIError, OSError) as error:
        raise StoreError(f"{shown(address)} can't be opened: {reason(error)}") from error
    return Health(shown(address), server, revision, migrate.head())
