"""`msc articles`: the articles that were read."""

from __future__ import annotations

import typer

from bot.services import Services
from bot.store import ArticleSummary
from bot.store import articles as stored
from handlers.cli._run import run


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("articles")(articles)


def articles() -> None:
    """List the articles that were read, newest first."""
    listed = run(_listing)
    for article in listed:
        typer.echo(_line(article))
    if not listed:
        typer.echo("Nothing has been read yet; `msc ingest FILE…` reads articles.", err=True)


async def _listing(services: Services) -> list[ArticleSummary]:
    return await stored.listing(services.db, services.settings.workspace)


def _line(article: ArticleSummary) -> str:
    day = article.published.isoformat() if article.published else "no date   "
    found = f"{article.quotations:3} quotations {article.facts:3} facts"
    copy = f"  copy of {article.reprint_of}" if article.reprint_of else ""
    many = "s" if article.versions > 1 else ""
    copy += f"  {article.versions} earlier version{many}" if article.versions else ""
    return f"{article.id:5}  {day}  {found}  {article.title or '(no title)'}  {article.source}{copy}"
