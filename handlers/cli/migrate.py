"""`msc migrate`: bring the database's schema up to date."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot import settings
from bot.store import Database, health


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("migrate")(migrate)


def migrate(
    check: Annotated[bool, typer.Option("--check", help="Only tell; exit 1 where it is behind.")] = False,
) -> None:
    """Bring the database's schema up to date; every other command does so as well."""
    url = settings.load().sqlalchemy_url()
    before = asyncio.run(health.look(url))
    if before.up_to_date:
        typer.echo(f"The schema is up to date ({before.revision}).")
    elif check:
        typer.echo(
            f"The schema is at {before.revision or 'nothing'}, newest is {before.head}: run `msc migrate`."
        )
        raise typer.Exit(1)
    else:
        asyncio.run(_bring_up(url))
        typer.echo(f"The schema was brought from {before.revision or 'nothing'} to {before.head}.")


async def _bring_up(url: str) -> None:
    await (await Database.open(url)).close()
