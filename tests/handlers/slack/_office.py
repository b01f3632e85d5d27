"""A Slack with the seeds in its workspace, whose digests a test waits for by moving the clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.services import Services
from bot.store import articles, channels
from handlers import clock
from handlers.slack import poster
from handlers.slack.poster import SlackPoster
from handlers.standin import Slack, View
from tests.eval.themes import known, seeds
from tests.handlers.slack.conftest import services_for


@dataclass
class Office:
    """A Slack with the seeds in its workspace and a clock that the test moves."""

    slack: Slack
    services: Services
    post: SlackPoster
    monkeypatch: pytest.MonkeyPatch

    async def tick(self, moment: datetime, times: int = 10) -> None:
        """Let the clock look once a second from `moment` on."""
        for second in range(times):
            self.monkeypatch.setattr(clock, "now", lambda at=moment + timedelta(seconds=second): at)
            await clock.tick(self.services, self.post, everything=second == 0)

    async def form(self, user: str = "alice") -> View:
        done = await self.slack.command("#general", "/msc digest", user)
        view: View = await self.slack.next("opened", after=done)
        return view

    async def subscribe(self, user: str = "alice") -> None:
        chosen = {"at": "00:00", "zone": "Africa/Abidjan"}
        done = await self.slack.submit(await self.form(user), chosen, user)
        assert not done.errors
        await self.stored()

    async def stored(self) -> channels.StoredSchedule:
        for _ in range(250):
            found = await channels.listing(self.services.db, self.slack.team.id)
            if found:
                return found[0]
            await asyncio.sleep(0.02)
        raise AssertionError("the schedule was not kept")


@pytest.fixture
async def office(one_way: Slack, empty: Services, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    for article, findings in seeds():
        await articles.save(empty.db, one_way.team.id, article, findings)
    found = services_for(one_way, empty, "http")
    object.__setattr__(found, "reference", known())
    yield Office(one_way, found, poster.of(found), monkeypatch)


def tomorrow(hour: int = 0) -> datetime:
    return datetime.now(UTC).replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=1)
