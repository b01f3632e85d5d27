"""Shows an ingest as it goes: a bar on a terminal, else a line for each source and now and then the pace."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from bot.ingest import Result
from handlers.cli._pace import Pace

_WORDS = {"new": "new", "replaced": "replaced", "same": "unchanged"}
_EVERY = 30.0  # seconds between two lines about the pace in a log


@contextmanager
def shown(total: int | None = None) -> Iterator[Callable[[Result], None]]:
    """Yield what is told of each result; failures go to standard error by name and reason."""
    pace = Pace(total)
    if not sys.stderr.isatty():
        yield _Lines(pace)
        return
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[pace]}"),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("Reading", total=total, pace=pace.told())

        def tell(result: Result) -> None:
            if result.outcome == "failed":
                bar.console.print(f"msc: {result.source}: {result.reason}", markup=False, highlight=False)
            pace.step()
            bar.update(task, advance=1, pace=pace.told())

        yield tell


class _Lines:
    """Prints a line for each result, and the pace every half minute."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._told = time.monotonic()

    def __call__(self, result: Result) -> None:
        if result.outcome == "failed":
            typer.echo(f"msc: {result.source}: {result.reason}", err=True)
        else:
            typer.echo(f"{_WORDS[result.outcome]:9} {result.source}")
        self._pace.step()
        if time.monotonic() - self._told >= _EVERY:
            self._told = time.monotonic()
            typer.echo(self._pace.told(), err=True)
