"""`msc forget WORKSPACE`: remove everything of a workspace, for whoever asks for their data to be gone."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.services import Services
from bot.store import forget as rows
from handlers.cli._run import run


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("forget")(forget)


def forget(
    workspace: Annotated[str, typer.Argument(help="Its id, such as T0123456789.")],
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Remove every article, question, digest, setting and token of a workspace. It can't be undone."""

    async def count(services: Services) -> dict[str, int]:
        return await rows.held(services.db, workspace)

    async def removed(services: Services) -> None:
        await rows.forget(services.db, workspace)

    found = run(count)
    if not found:
        typer.echo(f"There is nothing of the workspace {workspace}.")
        return
    typer.echo(f"{workspace}: " + ", ".join(f"{n} in {table}" for table, n in sorted(found.items())))
    if not yes:
        typer.confirm("Remove all of it for good?", abort=True)
    run(removed)
    typer.echo(f"Everything of the workspace {workspace} is removed.")
