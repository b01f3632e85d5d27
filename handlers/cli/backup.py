"""`msc backup FILE`: copy the database while it is in use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import settings
from bot.store.backup import backup as copy


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("backup")(backup)


def backup(
    file: Annotated[Path, typer.Argument(help="Where the copy goes.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Copy the SQLite database into one file, while others use it."""
    size = copy(settings.load().sqlalchemy_url(), file, force=force)
    typer.echo(f"Backed up to {file} ({size / 2**20:.1f} MB).")
