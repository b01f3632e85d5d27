"""`msc restore FILE`: put a backup in the place of the database."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot import settings
from bot.store import Database
from bot.store.backup import restore as put_back


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
    asyncio.run(_bring_up(url))  # an older backup is brought up to date
    typer.echo(f"Restored from {file}." + (f" The earlier database is kept as {kept}." if kept else ""))


async def _bring_up(url: str) -> None:
    await (await Database.open(url)).close()
