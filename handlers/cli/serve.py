"""`msc serve`: the bot at work, over Socket Mode or HTTP, until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Literal

import typer
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from bot import log
from bot.errors import StoreError
from bot.services import Services, services, working
from bot.settings import Settings, load
from bot.store import articles, policies, removed, seen
from handlers import clock
from handlers.slack import app as slack
from handlers.slack import http, oauth, poster, presence, reaching, socket
from handlers.web import app as web
from handlers.web import public, readiness
from handlers.web.app import Page
from handlers.web.health import Check
from handlers.web.serving import serving

_log = log.get("msc.serve")
Role = Literal["all", "web", "worker"]
Mode = Literal["socket", "http"]

FINISH_WITHIN = 25.0  # seconds from the signal to the end: orchestrators kill after 30
_SWEEP = 3_600.0  # seconds between two removals of what is kept only for a while


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def serve(
        role: Annotated[Role | None, typer.Option(help="What this process does.")] = None,
        mode: Annotated[Mode | None, typer.Option(help="How Slack reaches it.")] = None,
        host: Annotated[str | None, typer.Option(help="Address of the web door.")] = None,
        port: Annotated[int | None, typer.Option(help="Port of the web door; 0 takes a free one.")] = None,
    ) -> None:
        """Answer Slack until SIGTERM or Ctrl-C."""
        given = {"role": role, "mode": mode, "host": host, "port": port}
        changed = {name: value for name, value in given.items() if value is not None}
        asyncio.run(run(load().model_copy(update=changed)))


async def run(settings: Settings) -> None:
    """Serve until a signal; raises SettingError or StoreError with one sentence when it can't begin."""
    log.configure(settings.log_level)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        async with asyncio.timeout(None) as limit, started(settings, stop) as address:
            sys.stderr.write(
                f"msc: serving at {address} ({settings.role}, {settings.mode}); Ctrl-C ends it\n"
            )
            await stop.wait()
            limit.reschedule(loop.time() + FINISH_WITHIN)
            sys.stderr.write("msc: finishing what was begun\n")
            await asyncio.sleep(settings.drain)
    except TimeoutError:
        if not limit.expired():
            raise
        sys.stderr.write("msc: the rest is left to the next process, which takes it up by itself\n")


@asynccontextmanager
async def started(settings: Settings, stop: asyncio.Event) -> AsyncIterator[str]:
    """Yield the address of the running doors; at the end nothing new comes in, what was begun is finished."""
    talking = settings.role != "worker"
    if talking:
        slack.required(settings)
    async with AsyncExitStack() as stack:
        found = await stack.enter_async_context(services(settings, serving=True))
        await stack.enter_async_context(_sweeping(found))
        checks = _checks(found, stop)
        if settings.role != "web":
            await stack.enter_async_context(working(found, stop))
        if settings.role != "web" and (settings.slack_bot_token or oauth.wanted(settings)):
            session = await stack.enter_async_context(ClientSession())
            posts = poster.of(found, session)
            await stack.enter_async_context(clock.ticking(found, posts))
            if not talking:
                checks["slack"] = await stack.enter_async_context(presence.watched(posts.client))
        dispatch = None
        if talking:
            checks["words"] = await stack.enter_async_context(_warming(found))
            bolt = (await stack.enter_async_context(slack.running(found))).app
            if not oauth.wanted(settings):
                await stack.enter_async_context(_introducing(found, bolt.client, stop))
            dispatch = http.dispatcher(bolt) if settings.mode == "http" else None
            checks["slack"] = await stack.enter_async_context(presence.watched(bolt.client))
        door = web.build(
            dispatch,
            secrets=lambda: slack.secrets(settings),
            checks=checks,
            refresh=readiness.refresher(found.db),
            pages=_pages(found, bolt.client) if dispatch else None,
        )
        address = await stack.enter_async_context(serving(door, settings.host, settings.port))
        if talking and settings.mode == "socket":
            checks["socket"] = await stack.enter_async_context(socket.connected(bolt, settings, stop))
        yield address


@asynccontextmanager
async def _introducing(found: Services, client: AsyncWebClient, stop: asyncio.Event) -> AsyncIterator[None]:
    """Ask Slack who we are, or say that it can't be reached and ask on until it answers."""
    async with reaching.settled(partial(_introduce, found, client), client, stop) as settled:
        if missing := await settled():
            sys.stderr.write(f"msc: {missing}; it is tried again until Slack answers\n")
        yield


async def _introduce(found: Services, client: AsyncWebClient) -> None:
    """Say for which workspace this process answers, and how to add articles where it has none."""
    workspace, name = await slack.introduced(client)
    count = await articles.count(found.db, workspace)
    sys.stderr.write(f"msc: answering the workspace {name} ({workspace}), articles: {count}\n")
    if not count:
        sys.stderr.write(f"msc: add some with  MSC_WORKSPACE={workspace} msc ingest FILE…  or /msc add\n")


def _pages(found: Services, client: AsyncWebClient) -> dict[str, Page]:
    """Return the pages that browsers may read: the public ones, and those of an installation."""
    if not oauth.wanted(found.settings):
        return public.pages(found.settings)
    return public.pages(found.settings, oauth.INSTALL) | oauth.pages(found, client)


def _checks(found: Services, stop: asyncio.Event) -> dict[str, Check]:
    limit = found.settings.queue_limit
    return readiness.checks(found.db, stop, queue_limit=None if found.settings.role == "web" else limit)


@asynccontextmanager
async def _warming(found: Services) -> AsyncIterator[Check]:
    """Load what the search keeps in memory beside the start; the check says when it is there."""

    async def warm() -> None:
        try:
            await found.searcher.warm()
        except StoreError as error:  # the first question of each workspace loads its own
            _log.warning("the words wait for the first question", error=str(error))

    async def loaded() -> str | None:
        return None if task.done() else "the words of large workspaces are still being read"

    task = asyncio.create_task(warm())
    try:
        yield loaded
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def _sweeping(found: Services) -> AsyncIterator[None]:
    """Remove what is kept only for a while, now and once an hour; a sweep that runs is let finish."""
    over = asyncio.Event()

    async def sweep() -> None:
        while not over.is_set():
            try:
                await seen.sweep(found.db)
                await policies.sweep(found.db)
                await removed.sweep(found.db, datetime.now(UTC))
            except StoreError as error:
                _log.warning("the sweep waits for the database", error=str(error))
            with suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), _SWEEP)

    task = asyncio.create_task(sweep())
    try:
        yield
    finally:
        over.set()
        await task
