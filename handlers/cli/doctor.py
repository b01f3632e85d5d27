"""`msc doctor`: whether everything that the bot needs is there, one line each, with the next step."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import typer

from bot import settings as configured
from bot.errors import MscError
from handlers.cli import _data, _machine, _tokens
from handlers.cli._look import Check, seen


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor")(doctor)


def doctor() -> None:
    """Check machine, settings, database, model, Slack, sources, jobs; exit 1 where something is broken.

    A line begins with ok, with NOT for what is broken, or with see for what works and wants a look.
    """
    if not asyncio.run(_told()):
        raise typer.Exit(1)


async def _told() -> bool:
    well = True
    async for check in checks():
        typer.echo(f"{check.state:3}  {check.name:11} {check.words}")
        well = well and check.state != "NOT"
    return well


async def checks() -> AsyncIterator[Check]:
    """Look at everything; an error of one look is its line, and the others go on."""
    yield await seen("python", _machine.python)
    try:
        settings = configured.load()
    except MscError as error:
        yield Check("settings", "NOT", str(error))
        return
    for name, look in (_machine.LOOKS | _data.LOOKS | _tokens.LOOKS).items():
        yield await seen(name, look, settings)
