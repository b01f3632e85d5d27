"""`msc restore FILE`: put a backup in the place of the database."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import settings
from bot.store import Database
from bot.store.backup import restore as put_back
from bot.store.restored import HeldBack, hold_back


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("restore")(restore)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `msc backup` made.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the database that is there.")] = False,
) -> None:
    """Put a backup in the place of the SQLite database; the earlier one is kept beside it."""
    url = settings.load().sqlalchemy_url()
    kept = put_back(url, file, force=force)
    held = asyncio.run(_settled(url))
    typer.echo(f"Restored from {file}." + (f" The earlier database is kept as {kept}." if kept else ""))
    if held.messages:
        typer.echo(
            f"{held.messages} messages waited in the backup and may have been posted since; they are kept as "
            "unknown and not posted."
        )


async def _settled(url: str) -> HeldBack:
    db = await Database.open(url)  # an older backup is brought up to date
    try:
        return await hold_back(db, datetime.now(UTC))
    finally:
        await db.close()
