"""Two web replicas, two workers, one PostgreSQL, as real processes: any one may die, and all are answered."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from handlers.standin import Slack
from handlers.web.serving import serving
from tests.journeys._cluster import Cluster

PAGE = """<html><head><title>Report {n}</title></head><body><article><h1>Report {n}</h1>
<p>The old lighthouse of Nordby has been dark for nine years, and ships have found their way without it.</p>
<p>“Lamp {n} will burn again before winter,” said Mayor Ada Holm on Tuesday after a walk along the coast.</p>
<p>She said that the repair would cost less than the town had feared when the tower was closed.</p>
</article></body></html>"""


@pytest.fixture
async def pages() -> AsyncIterator[str]:
    """A site on loopback with any number of reports."""

    async def article(request: web.Request) -> web.Response:
        return web.Response(text=PAGE.format(n=request.match_info["n"]), content_type="text/html")

    app = web.Application()
    app.router.add_get("/report/{n}", article)
    async with serving(app, "127.0.0.1", 0) as address:
        yield address


@pytest.fixture
async def cluster(migrated_postgresql_url: str, tmp_path: Path) -> AsyncIterator[Cluster]:
    """Two web replicas and two workers."""
    async with Slack() as slack:
        made = Cluster(slack, migrated_postgresql_url, tmp_path)
        try:
            await made.begin("web", "web", "worker", "worker")
            yield made
        finally:
            for member in made.members:
                if member.process.returncode is None:
                    member.process.kill()
                    await member.process.wait()


async def test_any_process_may_die_and_everybody_is_answered(cluster: Cluster, pages: str) -> None:
    die = random.Random()
    cluster.slack.deliver_to(f"{cluster.each_web()[0]}/slack/events")
    await cluster.add(f"{pages}/report/1")
    await cluster.ask(1)

    for role, number in (("worker", 2), ("web", 3)):
        await cluster.kill(role, die)
        cluster.slack.deliver_to(f"{cluster.each_web()[0]}/slack/events")
        await cluster.add(f"{pages}/report/{number}")
        await cluster.ask(number)
        await cluster.ask(1)

    await cluster.begin("web", "worker")
    await cluster.ask(3)
    assert await cluster.end() == [0, 0, 0, 0]
