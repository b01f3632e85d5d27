"""`msc demo`: read our own reports, answer three questions, open the playground."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

import seeds
from bot import settings
from bot.fetch import files
from bot.ingest import Summary, ingest
from bot.models import Asker
from bot.render import text
from bot.render.lines import Reader
from bot.services import Services
from bot.settings import Settings
from handlers.cli import _progress
from handlers.cli._run import run

QUESTIONS = ("who mentioned Greenland", "what did Rubio say about migration", "quotes Kallas")
_MOST = 3


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    browser: Annotated[bool, typer.Option(help="Open the playground in the browser.")] = True,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port on loopback; 0 takes a free one.")
    ] = None,
    serve: Annotated[
        bool, typer.Option(help="Open the playground; without it end after the answers.")
    ] = True,
) -> None:
    """Show what the bot does, with reports of our own: no Slack, no network, its own database file."""
    chosen = own_settings(settings.load(), port)
    run(_answers, chosen)
    if serve:
        from handlers.cli import play  # noqa: PLC0415  Slack's packages are loaded when the answers are out

        asyncio.run(play.run(chosen, browser))


def own_settings(chosen: Settings, port: int | None) -> Settings:
    """Return settings with a database of the demo's own beside the real one, and with our own files."""
    folder = chosen.data_dir.expanduser().absolute()
    changes: dict[str, object] = {"database_url": f"sqlite:///{folder / 'demo.db'}"}
    if port is not None:
        changes["port"] = port
    return chosen.model_copy(update=changes)


async def _answers(services: Services) -> None:
    folder = Path(seeds.__file__).parent / "articles"
    summary = Summary()
    with _progress.shown(total=len(list(_files(folder)))) as tell:
        await ingest(
            services.db,
            services.extractor,
            services.settings.workspace,
            files.read([str(folder)]),
            progress=tell,
            summary=summary,
        )
    typer.echo(f"Our reports in seeds/: {summary}\n")
    asker = Asker(services.settings.workspace, timezone=services.settings.timezone)
    for question in QUESTIONS:
        reply = await services.searcher.answer(asker, question)
        typer.secho(f"/msc {question}", bold=True)
        typer.echo(text.draw(reply, Reader(), most=_MOST) + "\n")


def _files(folder: Path) -> Iterator[Path]:
    return (p for p in folder.iterdir() if p.is_file())
