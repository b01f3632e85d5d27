"""`msc sources`: what is read, how the last look at each ended; pause, resume, look, remove."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.errors import MscError
from bot.ingest import named, removal
from bot.models import Phrase
from bot.render import catalogue
from bot.services import Services
from bot.store import jobs
from bot.store import sources as stored
from bot.store.sources import StoredSource
from handlers.cli._run import run
from handlers.commands import _source_lines

Number = Annotated[int, typer.Argument(help="The source's number, as the list shows it.", min=1)]
_group = typer.Typer(help="What is read: list, pause, resume, look again, remove.")


def register(app: typer.Typer) -> None:
    """Add the command and its steps."""
    app.add_typer(_group, name="sources")


@_group.callback(invoke_without_command=True)
def sources(context: typer.Context) -> None:
    """List the sources with how often each is looked at, and how the last look ended."""
    if context.invoked_subcommand is None:
        run(_list)


@_group.command()
def pause(number: Number) -> None:
    """Stop looking at a source; its articles stay."""
    run(lambda found: _with(found, number, _pause))


@_group.command()
def resume(number: Number) -> None:
    """Look at a source again, from now on."""
    run(lambda found: _with(found, number, _resume))


@_group.command()
def look(number: Number) -> None:
    """Look at a source now, and wait for what comes of it."""
    run(lambda found: _with(found, number, _look))


@_group.command()
def remove(
    number: Number, yes: Annotated[bool, typer.Option("--yes", help="Don't ask first.")] = False
) -> None:
    """Remove a source, and the articles that came of it alone."""
    if not yes:
        source, count = run(lambda found: _counted(found, number))
        typer.confirm(f"Remove {source.title or source.place} with {count} articles?", abort=True)
    run(lambda found: _with(found, number, _remove))


async def _list(services: Services) -> None:
    workspace = services.settings.workspace
    listed = await stored.listing(services.db, workspace)
    for source in listed:
        typer.echo(_said(services, _source_lines.line(source)))
        for name, reason in source.result.failures if source.result else ():
            typer.echo(f"      {name}: {reason}")
    if not listed:
        typer.echo("There are no sources yet; `msc ingest SOURCE…` reads them.", err=True)
    dead = await jobs.listing(services.db, workspace, jobs.DEAD)
    for job in dead:
        typer.echo(f"set aside: job {job.id} ({job.kind}): {job.last_error}", err=True)


def _said(services: Services, phrase: Phrase) -> str:
    return catalogue.say(phrase, timezone=services.settings.timezone)


async def _with(
    services: Services, number: int, step: Callable[[Services, StoredSource], Awaitable[str]]
) -> None:
    typer.echo(await step(services, await _found(services, number)))


async def _found(services: Services, number: int) -> StoredSource:
    source = await stored.get(services.db, services.settings.workspace, number)
    if source is None:
        raise MscError(f"There is no source {number}; `msc sources` lists them with their numbers.")
    return source


async def _counted(services: Services, number: int) -> tuple[StoredSource, int]:
    source = await _found(services, number)
    return source, len(await stored.only_from(services.db, source.workspace, source.id))


async def _pause(services: Services, source: StoredSource) -> str:
    await stored.pause(services.db, source.workspace, source.id)
    return (
        f"{source.title or source.place} is not looked at any more; `msc sources resume {source.id}` goes on."
    )


async def _resume(services: Services, source: StoredSource) -> str:
    await stored.resume(services.db, source.workspace, source.id, datetime.now(UTC))
    return f"{source.title or source.place} is looked at again by the next worker that runs (`msc serve`)."


async def _look(services: Services, source: StoredSource) -> str:
    await named.again(services.reader, source)
    now = await _found(services, source.id)
    return _said(services, _source_lines.line(now))


async def _remove(services: Services, source: StoredSource) -> str:
    gone = await removal.remove(services.db, source)
    return f"{source.title or source.place} was removed, and with it {gone} articles."
