"""`msc play`: the playground. The real bot, connected to a Slack of our own, on this machine alone."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import webbrowser
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import Annotated

import typer
from pydantic import SecretStr

from bot.models import Phrase
from bot.render import catalogue
from bot.services import Services, services, working
from bot.settings import Settings, load
from handlers import clock
from handlers.commands import help as helping
from handlers.commands import registry
from handlers.slack import app as slack
from handlers.slack import poster, socket
from handlers.standin import Slack
from handlers.web import app as web
from handlers.web import articles
from handlers.web.playground import Hint, Room, Shortcut, attach
from handlers.web.serving import serving

LOOPBACK = "127.0.0.1"
SHORTCUTS = (
    Shortcut("Search quotes", "search", "global"),
    Shortcut("Who said this?", "verify", "message"),
)
"""What the app's manifest declares; a test holds the two together."""


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def play(
        browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
        port: Annotated[
            int | None, typer.Option(min=0, max=65535, help="Port on loopback; 0 takes a free one.")
        ] = None,
    ) -> None:
        """Ask the bot on a page like a Slack channel: no Slack account, nothing leaves the machine."""
        settings = load()
        asyncio.run(run(settings if port is None else settings.model_copy(update={"port": port}), browser))


async def run(settings: Settings, browser: bool = True) -> None:
    """Keep the playground open until Ctrl-C; raises SettingError or StoreError when it can't begin."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with started(settings) as address:
        sys.stderr.write(f"msc: the playground is open at {address}; Ctrl-C ends it\n")
        if browser and _graphical():
            await asyncio.to_thread(webbrowser.open, address)
        await stop.wait()


@asynccontextmanager
async def started(settings: Settings) -> AsyncIterator[str]:
    """Yield the address of the page: the stand-in, the bot connected to it, and the web door before both."""
    async with AsyncExitStack() as stack:
        found = await stack.enter_async_context(services(settings))
        standin = await stack.enter_async_context(Slack(workspace=settings.workspace))
        await stack.enter_async_context(working(found, asyncio.Event()))
        mine = replace(found, settings=connected_to(standin, settings))
        running = await stack.enter_async_context(slack.running(mine))
        await stack.enter_async_context(socket.connected(running.app, mine.settings))
        await stack.enter_async_context(clock.ticking(mine, poster.of(mine)))
        door = web.build()
        attach(door, await room(standin, found))
        articles.attach(door, found)
        yield await stack.enter_async_context(serving(door, LOOPBACK, settings.port))


def connected_to(standin: Slack, settings: Settings) -> Settings:
    """Return the settings with the secrets and the address of the stand-in in place of Slack's own."""
    given = standin.environment()
    return settings.model_copy(
        update={
            "mode": "socket",
            "slack_api_url": given["SLACK_API_URL"],
            "slack_bot_token": SecretStr(given["SLACK_BOT_TOKEN"]),
            "slack_app_token": SecretStr(given["SLACK_APP_TOKEN"]),
            "slack_signing_secret": SecretStr(given["SLACK_SIGNING_SECRET"]),
        }
    )


async def room(standin: Slack, found: Services) -> Room:
    """Return the playground's room: what can be asked comes from the registry of commands."""
    examples = await helping.examples(found, standin.team.id)
    return Room(standin, hints(), [f"/msc {e}" for e in (*examples, "help")], SHORTCUTS)


def hints() -> list[Hint]:
    """Return every form of every command, as the message field suggests it."""
    return [
        Hint(_typed(usage), f"/msc {usage}", catalogue.say(Phrase(command.summary)))
        for command in registry().values()
        for usage in command.usage.split(", ")
    ]


def _typed(usage: str) -> str:
    """What is filled in of a usage: the words before the first that the user supplies."""
    words = re.split(r"(?=[A-Z]{2}|[“\"\[<])", usage, maxsplit=1)
    return f"/msc {words[0]}"


def _graphical() -> bool:
    """Say whether a browser would open a window; a text browser would take the terminal away."""
    return not sys.platform.startswith("linux") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
