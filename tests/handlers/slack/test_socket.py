"""Two connections side by side, and a watchdog that replaces one that has gone quiet."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from bot.errors import SettingError
from bot.services import Services
from handlers.slack import app, socket
from handlers.slack.reaching import Check
from handlers.standin import Slack
from tests.handlers.slack import _corpus
from tests.handlers.slack.conftest import services_for

PING, PATIENCE = 0.05, 0.5
ASK = "/msc who mentioned weather"


@asynccontextmanager
async def bot(slack: Slack, services: Services) -> AsyncIterator[Check]:
    """The bot over Socket Mode, with the patience of a test."""
    found = services_for(slack, services, "socket")
    async with (
        app.running(found) as running,
        socket.connected(running.app, found.settings, ping=PING, patience=PATIENCE) as check,
    ):
        yield check


@pytest.fixture
async def slack(empty: Services) -> AsyncIterator[Slack]:
    """A Slack with articles in its workspace and nobody connected yet."""
    async with Slack() as running:
        await _corpus.save(empty.db, running.team.id)
        yield running


async def until(true: Callable[[], object]) -> None:
    """Wait until something holds, ten seconds at most."""
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110  nobody announces it
            await asyncio.sleep(0.02)


async def well(check: Check, wanted: bool) -> None:
    """Wait until the connections are well, or are not."""
    async with asyncio.timeout(10):
        while (await check() is None) is not wanted:  # noqa: ASYNC110  nobody announces it
            await asyncio.sleep(0.02)


async def test_two_connections_stand_side_by_side(slack: Slack, empty: Services) -> None:
    async with bot(slack, empty) as check:
        assert slack.sockets.count == 2 and await check() is None
        assert "every weather" in (await slack.ask("#general", ASK)).words()
    await until(lambda: slack.sockets.count == 0)


async def test_answers_go_on_while_one_connection_is_broken_and_it_comes_back(
    slack: Slack, empty: Services
) -> None:
    async with bot(slack, empty):
        await slack.sockets.drop(1)
        assert slack.sockets.count == 1
        assert "every weather" in (await slack.ask("#general", ASK)).words()
        await until(lambda: slack.sockets.count == 2)


async def test_slack_refreshes_the_connections_and_nothing_is_lost(slack: Slack, empty: Services) -> None:
    async with bot(slack, empty):
        mark = slack.mark()
        await slack.sockets.disconnect()
        await slack.next("connected", after=mark)
        assert "every weather" in (await slack.ask("#general", ASK)).words()


async def test_a_connection_that_has_gone_quiet_is_made_anew(
    slack: Slack, empty: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[socket.Line] = []
    started = socket.Line.open

    async def opened(line: socket.Line) -> None:
        made.append(line)
        await started(line)

    monkeypatch.setattr(socket.Line, "open", opened)
    async with bot(slack, empty) as check:
        for line in made[:2]:  # as if slack_sdk's own monitor had died: it neither pings nor notices
            line.client.current_session_monitor.cancel()
            line.client.auto_reconnect_enabled = False
        await well(check, False)
        assert "no connection to Slack" in str(await check())
        await well(check, True)
        assert len(made) >= 3
        assert "every weather" in (await slack.ask("#general", ASK)).words()


async def test_a_line_that_answers_no_ping_is_tried_until_it_does(slack: Slack, empty: Services) -> None:
    async with bot(slack, empty) as check:
        slack.sockets.deaf = True
        await well(check, False)
        slack.sockets.deaf = False
        await well(check, True)
        assert "every weather" in (await slack.ask("#general", ASK)).words()


async def test_a_refused_token_says_what_to_do(slack: Slack, empty: Services) -> None:
    found = services_for(slack, empty, "socket")
    slack.state.app_token = "xapp-2-another"
    async with app.running(found) as running:
        with pytest.raises(SettingError, match="connections:write"):
            async with socket.connected(running.app, found.settings):
                pass
