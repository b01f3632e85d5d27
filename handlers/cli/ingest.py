"""`msc ingest SOURCE…`: read articles and store what is new in them."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Annotated

import typer

from bot.fetch import sources as fetch
from bot.fetch.addresses import Allowed
from bot.ingest import Summary
from bot.ingest import ingest as run_ingest
from bot.services import Services
from handlers.cli import _progress
from handlers.cli._run import run


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("ingest")(ingest)


def ingest(
    sources: Annotated[
        list[str], typer.Argument(help="Files, folders, globs, web pages, feeds; - for input.")
    ],
    processes: Annotated[int, typer.Option(min=0, help="Processes; 0 takes one a core.")] = 0,
) -> None:
    """Read articles and store what is new. Doing it again changes nothing."""
    summary = Summary()
    try:
        run(partial(_ingest, sources=sources, processes=processes, summary=summary))
    except KeyboardInterrupt:
        typer.echo(f"Stopped: {summary}. What was read is kept; the same command goes on.", err=True)
        raise typer.Exit(130) from None
    typer.echo(str(summary))
    if summary.failed:
        raise typer.Exit(1)


async def _ingest(services: Services, sources: list[str], processes: int, summary: Summary) -> None:
    with _progress.shown(await asyncio.to_thread(fetch.count, sources)) as tell:
        await run_ingest(
            services.db,
            services.extractor,
            services.settings.workspace,
            fetch.read(sources, Allowed.parse(services.settings.fetch_allow)),
            processes=processes or services.settings.processes,
            progress=tell,
            summary=summary,
        )
