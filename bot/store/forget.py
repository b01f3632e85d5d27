"""Removes a workspace: every row that carries its name, in whatever table."""

from __future__ import annotations

from sqlalchemy import Table, delete, func, select, text

from bot.store import (
    _digest_tables,
    _slack_tables,
    _source_tables,
    articles,
    corrections,
    jobs,
    removed,
    reprints,
    versions,
)
from bot.store.database import Database
from bot.store.tables import METADATA

# the words and names searched in it; its number and version stay, as running processes count on them
_SEARCHED = [
    text(
        f"DELETE FROM {table} WHERE number = "
        "(SELECT number FROM search_workspaces WHERE workspace = :workspace)"
    )
    for table in ("search_words", "search_speakers", "search_articles")
]
# every module that adds tables to METADATA must have been loaded before it is read
_LOADED = (_digest_tables, _slack_tables, _source_tables, corrections, jobs, removed, reprints, versions)


async def held(db: Database, workspace: str) -> dict[str, int]:
    """Return how many rows of each table are the workspace's; tables without any are left out."""
    counts: dict[str, int] = {}
    async with db.read() as connection:
        for table in _tables():
            query = select(func.count()).select_from(table).where(table.c.workspace == workspace)
            if found := int((await connection.execute(query)).scalar_one()):
                counts[table.name] = found
    return counts


async def forget(db: Database, workspace: str) -> None:
    """Remove everything of a workspace; broken off, it goes on where it ended when it is called again.

    Articles go one by one, as they leave the full-text index; then all other rows in one transaction.
    """
    for article in await articles.listing(db, workspace):
        await articles.remove(db, workspace, article.id)
    async with db.write() as connection:
        for table in _tables():
            await connection.execute(delete(table).where(table.c.workspace == workspace))
        for statement in _SEARCHED:
            await connection.execute(statement, {"workspace": workspace})


def _tables() -> list[Table]:
    """Return the tables with a workspace, those that point at others first."""
    return [table for table in reversed(METADATA.sorted_tables) if "workspace" in table.c]
