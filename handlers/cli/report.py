"""`msc report`: what a desk hands on after a conference: the period's themes as a page and as Markdown."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.digest import chart, compose
from bot.digest.compose import Period
from bot.digest.schedule import zone
from bot.errors import SourceError, UsageError
from bot.render import report as drawn
from bot.render.lines import Reader
from bot.services import Services
from handlers.cli._run import run

LONGEST = 366  # days


def register(app: typer.Typer) -> None:
    """Add the command to `msc`."""
    app.command("report")(report)


def report(
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="First day, as 2026-02-11.")],
    last: Annotated[str, typer.Option("--to", metavar="DATE", help="Last day; default: today.")] = "",
    output: Annotated[Path, typer.Option(help="Where to write report.html and report.md.")] = Path(),
    most: Annotated[int, typer.Option("--themes", min=1, max=16, help="Themes in it.")] = 12,
) -> None:
    """Write a report of a period: themes, quotations with sources and speakers, a chart."""

    async def work(services: Services) -> None:
        period = _period(first, last, services.settings.timezone)
        found = await compose.of_period(
            services.db, services.settings.workspace, services.reference, period, most
        )
        reader = Reader(timezone=services.settings.timezone)
        picture = chart.picture(found) if found.themes else None
        page = drawn.page(found, reader, picture, chart.described(found) if picture else "")
        for name, text in (("report.html", page), ("report.md", drawn.markdown(found, reader))):
            _write(output / name, text)
            typer.echo(str(output / name))
        if found.skip:
            typer.echo(f"msc: {reader.phrase(found.skip)}", err=True)

    run(work)


def _period(first: str, last: str, zone_name: str) -> Period:
    where = zone(zone_name)
    today = datetime.now(UTC).astimezone(where).date()
    begin, end = _day("--from", first), _day("--to", last) if last else today
    if begin > end:
        raise UsageError(f"The period ends before it begins: --from {begin} --to {end}.")
    if begin > today:
        raise UsageError(f"--from {begin} lies ahead; there can be no articles of it yet.")
    if (end - begin).days >= LONGEST:
        raise UsageError(f"A report covers at most {LONGEST} days; choose a shorter period.")
    return Period(begin, end, where)


def _day(option: str, words: str) -> date:
    try:
        return date.fromisoformat(words.strip())
    except ValueError as error:
        raise UsageError(f"{option} {words!r} is no date; write it as 2026-02-14.") from error


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SourceError(
            str(path), f"can't be written: {error.strerror}; choose another --output"
        ) from error
