"""`msc ingest SOURCE…`: read articles and store what is new in them; each is a source from then on."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Annotated

import typer

from bot.errors import StoreError, UsageError
from bot.fetch import sources as fetch
from bot.ingest import Result, Summary, named
from bot.services import Services
from handlers.cli import _progress
from handlers.cli._run import run

_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_LEAST = 10  # seconds


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("ingest")(ingest)


def ingest(
    sources: Annotated[
        list[str], typer.Argument(help="Files, folders, globs, web pages, feeds; - for input.")
    ],
    processes: Annotated[int, typer.Option(min=0, help="Processes; 0 takes one a core.")] = 0,
    every: Annotated[
        str | None,
        typer.Option(help="How often a worker looks again: 10m, 2h, 1d; usual: feeds 30m, folders 5m."),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Read now, and never look again.")] = False,
) -> None:
    """Read articles and store what is new. Doing it again changes nothing."""
    interval = timedelta(0) if once else _interval(every)
    summary = Summary()
    work = partial(_ingest, sources=sources, processes=processes, summary=summary, every=interval)
    try:
        run(work)
    except StoreError as error:
        if summary == Summary():
            raise
        typer.echo(f"msc: {error}", err=True)
        typer.echo(f"Stopped: {summary}. What was read is kept; the same command goes on.", err=True)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        typer.echo(f"Stopped: {summary}. What was read is kept; the same command goes on.", err=True)
        raise typer.Exit(130) from None
    typer.echo(str(summary))
    if summary.failed:
        raise typer.Exit(1)


async def _ingest(
    services: Services, sources: list[str], processes: int, summary: Summary, every: timedelta | None
) -> None:
    count = processes or services.settings.processes
    reader = replace(services.reader, pool=None, processes=count)
    with _progress.shown(await asyncio.to_thread(fetch.count, sources)) as tell:

        def note(result: Result) -> None:
            summary.add(result)
            tell(result)

        await named.read(reader, services.settings.workspace, sources, note, every)


def _interval(text: str | None) -> timedelta | None:
    """Return "10m" as an interval; raises UsageError for what is none, or too short."""
    if text is None:
        return None
    found = re.fullmatch(r"(\d{1,6})([smhd])", text.strip().lower())
    seconds = int(found[1]) * _UNITS[found[2]] if found else 0
    if seconds < _LEAST:
        raise UsageError(f"--every {text}: say a number with s, m, h or d, such as 10m; at least {_LEAST}s.")
    return timedelta(seconds=seconds)
