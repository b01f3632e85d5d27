"""What was done already: each key once in a workspace, over all processes, for what must not happen twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from bot.store._slack_tables import seen
from bot.store.database import Database

KEEP = timedelta(days=2)  # Slack delivers an event again for five minutes; a shown message lives longer


async def first(db: Database, workspace: str, keys: Sequence[str], now: datetime | None = None) -> bool:
    """Claim the keys; True if none of them was claimed before, by whichever process."""
    now = now or datetime.now(UTC)
    insert = postgresql.insert if db.dialect == "postgresql" else sqlite.insert
    rows = [{"workspace": workspace, "key": key[:255], "at": now} for key in dict.fromkeys(keys)]
    async with db.write() as connection:
        claim = insert(seen).values(rows).on_conflict_do_nothing().returning(seen.c.key)
        claimed = (await connection.execute(claim)).all()
        return len(claimed) == len(rows)


async def forget(db: Database, workspace: str, key: str) -> None:
    """Give a key free again: what it stood for did not happen."""
    async with db.write() as connection:
        await connection.execute(delete(seen).where(seen.c.workspace == workspace, seen.c.key == key[:255]))


async def sweep(db: Database, now: datetime | None = None) -> int:
    """Remove what is older than `KEEP`; return how many keys."""
    before = (now or datetime.now(UTC)) - KEEP
    async with db.write() as connection:
        return (await connection.execute(delete(seen).where(seen.c.at < before))).rowcount
