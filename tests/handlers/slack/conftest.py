"""The real Bolt app over a real SQLite file, connected to the stand-in of Slack in both ways."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from bot.reference import Reference
from bot.search import Searcher
from bot.services import Services
from bot.settings import Settings
from bot.store import Database
from handlers.slack import app, http, socket
from handlers.standin import Slack
from handlers.web import app as web
from handlers.web.serving import serving
from tests.handlers.slack import _corpus

Connect = Callable[[Slack, Services], AbstractAsyncContextManager[None]]


@pytest.fixture
async def empty(sqlite_database: Database) -> Services:
    """Services over an empty database."""
    settings = Settings(_env_file=None)
    searcher = Searcher(sqlite_database, Reference())
    return Services(settings, Reference(), sqlite_database, None, searcher, None, None)  # type: ignore[arg-type]


@asynccontextmanager
async def by_socket(slack: Slack, services: Services) -> AsyncIterator[None]:
    """Connect the bot over Socket Mode."""
    found = services_for(slack, services, "socket")
    async with app.running(found) as running, socket.connected(running.app, found.settings):
        yield


@asynccontextmanager
async def by_http(slack: Slack, services: Services) -> AsyncIterator[None]:
    """Let Slack post signed requests to the web door."""
    found = services_for(slack, services, "http")
    async with app.running(found) as running:
        door = web.build(http.dispatcher(running.app), secrets=lambda: app.secrets(found.settings))
        async with serving(door, "127.0.0.1", 0) as address:
            slack.deliver_to(f"{address}/slack/events")
            yield


def services_for(slack: Slack, services: Services, mode: str) -> Services:
    """Return the services with the settings of the stand-in."""
    given: dict[str, Any] = {
        name: value for name, value in slack.environment().items() if "CLIENT" not in name
    }
    given_before = services.settings
    kept = {"mode": mode, "fetch_allow": given_before.fetch_allow, "unfurl": given_before.unfurl}
    settings = Settings(_env_file=None, **given)
    return replace(services, settings=settings.model_copy(update=kept))


@pytest.fixture(params=[by_socket, by_http], ids=["socket", "http"])
def connect(request: pytest.FixtureRequest) -> Connect:
    """How the bot is connected: over Socket Mode and over signed HTTP."""
    made: Connect = request.param
    return made


@pytest.fixture
async def slack(empty: Services, connect: Connect) -> AsyncIterator[Slack]:
    """A Slack with the bot in it, and three articles in its workspace."""
    async with Slack() as running:
        await _corpus.save(empty.db, running.team.id)
        async with connect(running, empty):
            yield running


@pytest.fixture
async def one_way(empty: Services) -> AsyncIterator[Slack]:
    """The same over HTTP only, for what does not depend on the way."""
    async with Slack() as running:
        await _corpus.save(empty.db, running.team.id)
        async with by_http(running, empty):
            yield running
