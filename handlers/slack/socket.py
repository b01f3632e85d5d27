"""Socket Mode: Slack reaches the app through connections that the app opens.

Two stand side by side, so that one which Slack refreshes or which breaks leaves no gap. slack_sdk connects
again by itself, but its monitor can die or hang while it does; a watchdog of ours looks at the last pong of
each connection and opens a new one in the place of one that has gone quiet.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackClientError
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot import metrics
from bot.settings import Settings
from handlers.slack import calls, reaching
from handlers.slack.reaching import Check

SIDE_BY_SIDE = 2
PING = 5.0  # seconds between two pings of a connection
PATIENCE = 30.0  # seconds without a pong until a connection is given up; slack_sdk tries for itself after 20

_log = logging.getLogger(__name__)


class _Timed(AsyncSocketModeHandler):
    """Bolt's own handler; the time until a request is acknowledged is counted."""

    async def handle(self, client: Any, req: SocketModeRequest) -> None:
        """Hand a request to Bolt and acknowledge it."""
        with metrics.ACKNOWLEDGED.labels("socket").time():
            await super().handle(client, req)


class Line:
    """One connection to Slack, and when it was last heard of."""

    def __init__(self, app: AsyncApp, web: AsyncWebClient, ping: float) -> None:
        self._app, self._web, self._ping = app, web, ping
        self._handler = self._made()
        self._pong: float | None = None
        self._heard = time.monotonic()
        self.opened = False

    def _made(self) -> _Timed:
        return _Timed(self._app, app_token=self._web.token, web_client=self._web, ping_interval=self._ping)

    @property
    def client(self) -> Any:
        """Return slack_sdk's client of the connection."""
        return self._handler.client

    async def open(self) -> None:
        """Connect; raises SlackApiError for a refused token, which connect() would try for ever.

        Where only the connection itself fails, connect() goes on with an address that has run out: limit it.
        """
        self.client.wss_uri = (await self._web.apps_connections_open(app_token=str(self._web.token)))["url"]
        await self.client.connect()
        self._heard, self.opened = time.monotonic(), True

    async def close(self) -> None:
        """Give the connection up; what slack_sdk still has to say about it is of no interest."""
        try:
            async with asyncio.timeout(self._ping):
                await self.client.close()
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            _log.info("a connection to Slack was not closed in order: %s", type(error).__name__)

    def quiet(self) -> float:
        """Return for how many seconds no pong has come."""
        if self.client.last_ping_pong_time not in (None, self._pong):
            self._pong = self.client.last_ping_pong_time
            self._heard = time.monotonic()
        return time.monotonic() - self._heard

    async def renew(self) -> None:
        """Open a new connection in this one's place; it stays quiet where that fails, and is tried again."""
        old, self._handler = self._handler, self._made()
        self._pong = None
        try:
            async with asyncio.timeout(PATIENCE):
                await self.open()
        except (SlackClientError, aiohttp.ClientError, OSError, TimeoutError) as error:
            _log.warning("no new connection to Slack yet: %s", type(error).__name__)
            self._handler, failed = old, self._handler
            await failed.client.close()
            return
        await old.client.close()


@asynccontextmanager
async def connected(
    app: AsyncApp,
    settings: Settings,
    stop: asyncio.Event | None = None,
    *,
    ping: float = PING,
    patience: float = PATIENCE,
) -> AsyncIterator[Check]:
    """Hold two connections to Slack, from when it can be reached, and yield the check that one is alive.

    Raises SettingError when the app-level token is refused: at once, or after the block, asked by `stop`.
    """
    token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else ""
    web = AsyncWebClient(
        token=token,
        base_url=settings.slack_api_url,
        session=app.client.session,
        retry_handlers=calls.handlers(1),
    )
    lines = [Line(app, web, ping) for _ in range(SIDE_BY_SIDE)]
    watching: asyncio.Task[None] | None = None
    try:
        async with reaching.settled(partial(_open, lines, web), web, stop or asyncio.Event()) as settled:
            watching = asyncio.create_task(_watch(lines, ping, patience))
            yield _alive(lines, 2 * ping, settled)
    finally:
        if watching is not None:
            watching.cancel()
            await asyncio.wait([watching])
        for line in lines:
            await line.close()


async def _open(lines: Sequence[Line], web: AsyncWebClient) -> None:
    """Open the lines that are not yet open; raises as reaching.told does."""
    refusal = (
        "Slack refused SLACK_APP_TOKEN ({code}): make a new app-level token with the scope connections:write."
    )
    for line in lines:
        if not line.opened:
            with reaching.told(web, refusal):
                await line.open()


async def _watch(lines: Sequence[Line], ping: float, patience: float) -> None:
    """Renew each connection that has been quiet for too long; the others are left alone meanwhile."""
    while True:
        await asyncio.sleep(ping)
        for line in lines:
            if line.opened and (seconds := line.quiet()) >= patience:
                _log.warning("a connection to Slack was quiet for %.0f s and is made anew", seconds)
                await line.renew()


def _alive(lines: Sequence[Line], patience: float, settled: Check) -> Check:
    async def check() -> str | None:
        quiet = [line.quiet() for line in lines if line.opened]
        if not quiet:
            return f"no connection yet: {await settled() or 'it is being opened'}"
        return f"no connection to Slack for {min(quiet):.0f} s" if min(quiet) >= patience else None

    return check
