"""Two web replicas, two workers, one PostgreSQL, as real processes: any one may die, and all are answered."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web

from handlers.standin import Slack
from handlers.web.serving import serving

ROOT = Path(__file__).resolve().parents[2]
PAGE = """<html><head><title>Report {n}</title></head><body><article><h1>Report {n}</h1>
<p>The old lighthouse of Nordby has been dark for nine years, and ships have found their way without it.</p>
<p>“Lamp {n} will burn again before winter,” said Mayor Ada Holm on Tuesday after a walk along the coast.</p>
<p>She said that the repair would cost less than the town had feared when the tower was closed.</p>
</article></body></html>"""


@dataclass(slots=True)
class Member:
    """One process: what it does, and where its web door is."""

    role: str
    process: asyncio.subprocess.Process
    address: str


class Cluster:
    """Processes over one database and one Slack."""

    def __init__(self, slack: Slack, url: str, folder: Path) -> None:
        self.slack = slack
        given = {k: v for k, v in slack.environment().items() if "CLIENT" not in k}
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("MSC_", "SLACK_"))}
        chosen = {
            "MSC_DATABASE_URL": url.replace("+asyncpg", ""),
            "MSC_DATA_DIR": str(folder),
            "MSC_FETCH_ALLOW": "127.0.0.1",
            "MSC_PROCESSES": "1",
            "MSC_PORT": "0",
            "MSC_MODE": "http",
        }
        self.environment = clean | given | chosen
        self.members: list[Member] = []

    async def begin(self, *roles: str) -> None:
        """Begin processes, at once, and wait until each serves."""
        self.members += await asyncio.gather(*(self._begun(role) for role in roles))

    async def _begun(self, role: str) -> Member:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve", "--role", role,
            env=self.environment, cwd=ROOT, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert process.stderr is not None
        told = []
        while line := (await process.stderr.readline()).decode():
            told.append(line)
            if "serving at" in line:
                return Member(role, process, line.split()[3])
        raise AssertionError(f"{role} ended: {''.join(told)}")

    async def kill(self, role: str, die: random.Random) -> None:
        """Kill one of a role, without a word."""
        chosen = die.choice([m for m in self.members if m.role == role])
        self.members.remove(chosen)
        chosen.process.kill()
        await chosen.process.wait()

    def each_web(self) -> list[str]:
        """Return the addresses of the web replicas."""
        return [m.address for m in self.members if m.role == "web"]

    async def add(self, address: str) -> None:
        """An admin adds a page by any replica, and hears what was found in it."""
        done = await self.slack.command("#general", f"/msc add {address}", user="carla")
        await self.slack.next("posted", after=done, where=lambda m: "1 new" in m.words(), seconds=90)

    async def ask(self, number: int) -> None:
        """Everybody is answered by every replica."""
        for address in self.each_web():
            self.slack.deliver_to(f"{address}/slack/events")
            answer = await self.slack.ask("#general", f"/msc who mentioned lamp {number}")
            assert f"Lamp {number} will burn again before winter" in answer.words(), answer.words()
            assert "Ada Holm" in answer.words()

    async def end(self) -> list[int]:
        """Tell all to stop, and return their exit codes."""
        for member in self.members:
            member.process.send_signal(signal.SIGTERM)
        return [await m.process.wait() for m in self.members]


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
