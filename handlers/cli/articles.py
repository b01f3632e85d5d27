"""`msc articles [WORDS]`: the articles that are searched, with their numbers."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from bot.errors import MscError
from bot.services import Services
from bot.store import ArticleSummary
from bot.store import articles as stored
from handlers.cli._run import run


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("articles")(articles)


def articles(
    words: Annotated[
        list[str] | None, typer.Argument(help="Only those whose title or source holds them.")
    ] = None,
    most: Annotated[int, typer.Option(help="How many to list, newest first.", min=1)] = 100,
) -> None:
    """List the articles that are searched: number, date, what was found, title, source."""
    found = run(partial(_found, words=words or []))
    for article in found[:most]:
        typer.echo(_line(article))
    if len(found) > most:
        typer.echo(f"and {len(found) - most} more; --most shows them", err=True)


async def _found(services: Services, words: list[str]) -> list[ArticleSummary]:
    listed = await stored.listing(services.db, services.settings.workspace)
    found = [a for a in listed if all(w.casefold() in f"{a.title} {a.source}".casefold() for w in words)]
    if not found:
        raise MscError(
            f"None of {len(listed)} articles has {' '.join(words)!r} in its title or source."
            if listed
            else "There are no articles yet; `msc ingest SOURCE…` reads them."
        )
    return found


def _line(article: ArticleSummary) -> str:
    day = article.published.isoformat() if article.published else "no date   "
    found = f"{article.quotations:3} quotations {article.facts:3} facts"
    notes = [f"copy of {article.reprint_of}"] if article.reprint_of else []
    if article.versions:
        notes.append(f"{article.versions} earlier version{'s' if article.versions > 1 else ''}")
    title = article.title or "(no title)"
    return "  ".join([f"{article.id:5}", day, found, title, article.source, *notes])
