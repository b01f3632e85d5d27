"""An admin adds a page from Slack; everybody else is told whom to ask."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from bot.services import Services, services, working
from handlers.standin import Slack
from handlers.web.serving import serving
from tests.handlers.slack import _listeners as way
from tests.handlers.slack.conftest import by_http

PAGE = """<html><head><title>Lighthouse to be lit again</title></head><body><article>
<h1>Lighthouse to be lit again</h1>
<p>The old lighthouse of Nordby has been dark for nine years, and ships have found their way without it.</p>
<p>“The lamp will burn again before winter,” said Mayor Ada Holm on Tuesday after a walk along the coast.</p>
<p>She said that the repair would cost less than the town had feared when the tower was closed.</p>
</article></body></html>"""


@pytest.fixture
async def page() -> AsyncIterator[str]:
    """A page on loopback."""

    async def article(_: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html")

    app = web.Application()
    app.router.add_get("/lighthouse", article)
    async with serving(app, "127.0.0.1", 0) as address:
        yield f"{address}/lighthouse"


@pytest.fixture
async def slack(empty: Services) -> AsyncIterator[Slack]:
    """A Slack with the bot in it that may fetch from loopback."""
    settings = empty.settings.model_copy(update={"fetch_allow": "127.0.0.1"})
    settings = settings.model_copy(update={"database_url": str(empty.db.engine.url)})
    async with (
        services(settings) as reading,
        working(reading, asyncio.Event()),
        Slack() as running,
        by_http(running, reading),
    ):
        yield running


async def test_an_admin_adds_a_page_and_asks_about_it(slack: Slack, page: str) -> None:
    done = await slack.command("#general", f"/msc add {page}", user="carla")
    assert "Reading it" in (await slack.answer(done)).text
    added = await slack.next("posted", after=done, where=lambda m: "1 new" in m.words(), seconds=60)
    assert "Lighthouse to be lit again: " in added.words()
    answer = await slack.ask("#general", "/msc who mentioned the lamp")
    assert "The lamp will burn again before winter" in answer.words() and "Ada Holm" in answer.words()


async def test_each_message_of_an_added_page_looks_as_it_did(
    slack: Slack, page: str, snapshot: SnapshotAssertion
) -> None:
    mark = slack.mark()
    done = await slack.command("#general", f"/msc add {page}", user="carla")
    await slack.next("posted", after=done, where=lambda m: "1 new" in m.words(), seconds=60)
    said = [way.sent(e.what) for e in slack.state.journal[mark:] if e.kind in ("posted", "edited")]
    plain = json.loads(json.dumps(way.plain(said)).replace(page, "https://news.example.org/lighthouse"))
    assert plain == snapshot.use_extension(JSONSnapshotExtension)


async def test_others_are_told_to_ask_an_admin(slack: Slack, page: str) -> None:
    answer = await slack.ask("#general", f"/msc add {page}")
    assert "Only admins" in answer.words()
    assert "no articles yet" in (await slack.ask("#general", "/msc who mentioned the lamp")).words()


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("harbour.txt", "add https://"),
        ("file:///etc/passwd", "add https://"),
        ("http://10.0.0.1/", "Nothing was read in"),
        ("http://169.254.169.254/latest/", "Nothing was read in"),
    ],
)
async def test_an_address_that_cannot_be_read_says_why(slack: Slack, address: str, reason: str) -> None:
    done = await slack.command("#general", f"/msc add {address}", user="carla")
    said = await slack.next("posted", after=done, where=lambda m: reason in m.words())
    assert "Traceback" not in said.words()
