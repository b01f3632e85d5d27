"""Bots in processes of their own, for benches: ours, and bare Bolt behind the same web door.

Bare Bolt is the same web door and the same Bolt settings with one listener that acknowledges and responds
with a fixed section. The stand-in of Slack is in the process of the bench.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from bot.services import services
from bot.settings import Settings
from handlers.slack import app as slack_app
from handlers.slack.http import dispatcher
from handlers.standin import Slack
from handlers.web.app import build
from handlers.web.serving import serving

TEAM = "T0STANDIN"


class Door(NamedTuple):
    """A bot, the Slack that it answers, and a pipe to its process."""

    slack: Slack
    pipe: Connection


def cpu_of(pipe: Connection) -> float:
    """Return the seconds of CPU that the process of a door has used."""
    pipe.send("cpu")
    seconds: float = pipe.recv()
    return seconds


@asynccontextmanager
async def door(kind: str, folder: Path) -> AsyncIterator[Door]:
    """Start the stand-in here and a bot, `bare` or `ours`, in a process of its own."""
    async with Slack(workspace=TEAM) as slack:
        given = {"folder": str(folder), "kind": kind, **slack.environment()}
        async with replica(given) as (address, pipe):
            slack.deliver_to(address)
            yield Door(slack, pipe)


@asynccontextmanager
async def replica(given: Mapping[str, str]) -> AsyncIterator[tuple[str, Connection]]:
    """Start a bot in a process of its own; yield where it takes Slack's requests and a pipe to it."""
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_serve, args=(dict(given), theirs))
    process.start()
    try:
        yield await asyncio.to_thread(ours.recv), ours
    finally:
        ours.send("stop")
        await asyncio.to_thread(process.join)


def _serve(given: dict[str, Any], pipe: Connection) -> None:
    asyncio.run(_serving(given, pipe))


async def _serving(given: dict[str, Any], pipe: Connection) -> None:
    os.environ |= {name: value for name, value in given.items() if name.isupper() and "CLIENT" not in name}
    settings = Settings(_env_file=None, data_dir=Path(given["folder"]), mode="http", workspace=TEAM)
    async with AsyncExitStack() as stack:
        found = await stack.enter_async_context(services(settings))
        if given["kind"] == "bare":
            bolt = _bare(settings)
        else:
            bolt = (await stack.enter_async_context(slack_app.running(found))).app
        web = build(dispatcher(bolt), secrets=lambda: slack_app.secrets(settings))
        address = await stack.enter_async_context(serving(web, "127.0.0.1", 0))
        pipe.send(f"{address}/slack/events")
        while await asyncio.to_thread(pipe.recv) != "stop":
            pipe.send(time.process_time())


def _bare(settings: Settings) -> AsyncApp:
    """Bolt with one listener that acknowledges and responds with a fixed section."""
    bolt = AsyncApp(client=slack_app.client(settings), signing_secret="x", process_before_response=True)

    @bolt.command("/msc")
    async def answer(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        section = {"type": "section", "text": {"type": "plain_text", "text": "A fixed answer."}}
        await respond(text="A fixed answer.", blocks=[section])

    return bolt
