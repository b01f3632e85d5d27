"""`msc history ARTICLE`: the texts that an article had, and what changed from one to the next."""

from __future__ import annotations

import os
from functools import partial
from itertools import pairwise
from typing import Annotated

import typer

from bot.errors import UsageError
from bot.render.changes import changes, signed
from bot.services import Services
from bot.store import StoredArticle, articles, versions
from bot.store.versions import Version
from handlers.cli._run import run


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("history")(history)


def history(
    article: Annotated[str, typer.Argument(help="Its number in `msc articles`, its file or its address.")],
) -> None:
    """Show the versions of an article, newest first, and what changed word by word; the newest counts."""
    file = os.path.abspath(article)  # noqa: PTH100  resolve() would follow links
    found, earlier = run(partial(_found, named=article, file=file))
    texts = [found.article.text, *(v.text for v in earlier)]
    typer.echo(f"{found.article.title or '(no title)'}\n{found.article.source}")
    typer.echo(f"\nsince {found.article.fetched:%d %b %Y %H:%M} UTC: the text that is searched")
    for version, (later, before) in zip(earlier, pairwise(texts), strict=True):
        for words in changes(before, later):
            typer.echo(f"  {signed(words)}")
        typer.echo(f"\n{_until(version)}")
    if not earlier:
        typer.echo("It has not changed since it was first read.")


async def _found(services: Services, named: str, file: str) -> tuple[StoredArticle, list[Version]]:
    db, workspace = services.db, services.settings.workspace
    number = int(named) if named.isdecimal() else await articles.at(db, workspace, named)
    if number is None:
        number = await articles.at(db, workspace, file)
    stored = await articles.get(db, workspace, number) if number is not None else None
    if stored is None:
        raise UsageError(f"No article {named!r} has been read; `msc articles` lists them.")
    return stored, await versions.of_article(db, workspace, stored.id)


def _until(version: Version) -> str:
    title = f": {version.title}" if version.title else ""
    return f"{version.fetched:%d %b %Y %H:%M} to {version.replaced:%d %b %Y %H:%M} UTC{title}"
