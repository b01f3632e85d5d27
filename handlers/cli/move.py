"""`msc move --to ADDRESS`: carry everything into another database."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot import settings
from bot.errors import UsageError
from bot.settings import Settings
from bot.store import Database
from bot.store.move import move as carry


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("move")(move)


def move(
    to: Annotated[str, typer.Option(help="postgresql://… or sqlite:///FILE; it must be empty.")],
) -> None:
    """Carry every row into another, empty database; stop the bot before, and point it there afterwards."""
    chosen = settings.load()
    target = chosen.model_copy(update={"database_url": to})
    if target.sqlalchemy_url() == chosen.sqlalchemy_url():
        raise UsageError("--to names the database that is in use; name another one.")
    moved = asyncio.run(_move(chosen, target))
    typer.echo(
        f"Moved {sum(moved.values())} rows, {moved['articles']} articles; set MSC_DATABASE_URL={_shown(to)}"
    )


async def _move(chosen: Settings, target: Settings) -> dict[str, int]:
    source = await Database.open(chosen.sqlalchemy_url())
    try:
        new = await Database.open(target.sqlalchemy_url())
        try:
            return await carry(source, new, lambda name, count: typer.echo(f"{count:8} {name}", err=True))
        finally:
            await new.close()
    finally:
        await source.close()


def _shown(address: str) -> str:
    """Return the address without its password."""
    scheme, _, rest = address.partition("://")
    before, at, after = rest.rpartition("@")
    return f"{scheme}://{before.partition(':')[0]}{at}{after}"
