"""Shows an ingest as it goes: a bar on a terminal, a line for each source otherwise."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.ingest import Result

_WORDS = {"new": "new", "replaced": "replaced", "same": "unchanged"}


@contextmanager
def shown(total: int | None = None) -> Iterator[Callable[[Result], None]]:
    """Yield what is told of each result; failures go to standard error by name and reason."""
    if not sys.stderr.isatty():
        yield _line
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading", total=total)

        def tell(result: Result) -> None:
            if result.outcome == "failed":
                bar.console.print(f"msc: {result.source}: {result.reason}", markup=False, highlight=False)
            bar.update(task, advance=1)

        yield tell


def _line(result: Result) -> None:
    if result.outcome == "failed":
        typer.echo(f"msc: {result.source}: {result.reason}", err=True)
    else:
        typer.echo(f"{_WORDS[result.outcome]:9} {result.source}")
