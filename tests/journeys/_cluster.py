"""Web replicas and workers as real processes over one PostgreSQL and one Slack."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from bot.fetch import files
from bot.ingest import ingest
from bot.services import services
from bot.settings import Settings
from handlers.cli.play import room
from handlers.standin import Slack
from handlers.standin.deliveries import Courier, Http
from handlers.web import app as web
from handlers.web import articles
from handlers.web.playground import attach
from handlers.web.serving import serving

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds" / "articles"


WORKSPACE = "T0STANDIN"


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


class Balanced(Slack):
    """A Slack whose deliveries go to each web replica in turn, as behind a load balancer."""

    def behind(self, addresses: list[str]) -> None:
        """Deliver to these from now on."""
        self._doors = cycle(f"{address}/slack/events" for address in addresses)

    def courier(self) -> Courier:
        """What brings the next payload."""
        return Http(next(self._doors), self.signing_secret)


class Playgrounds:
    """Playgrounds before one cluster, which goes on while each journey gets a Slack of its own."""

    def __init__(self, url: str, folder: Path, port: int, addresses: list[str]) -> None:
        self._settings = Settings(_env_file=None, data_dir=folder, database_url=url, workspace=WORKSPACE)
        self._port, self._addresses = port, addresses

    @asynccontextmanager
    async def another(self) -> AsyncIterator[str]:
        """Yield the address of a page whose Slack remembers nothing."""
        async with (
            services(self._settings) as found,
            Balanced(workspace=WORKSPACE, port=self._port) as slack,
        ):
            slack.behind(self._addresses)
            door = web.build()
            attach(door, await room(slack, found))
            articles.attach(door, found)
            async with serving(door, "127.0.0.1", 0) as address:
                yield address


@asynccontextmanager
async def playgrounds(url: str, folder: Path) -> AsyncIterator[Playgrounds]:
    """Read our own articles into the database and start two web replicas and two workers over it."""
    settings = Settings(_env_file=None, data_dir=folder, database_url=url, workspace=WORKSPACE)
    async with services(settings) as found:
        await ingest(found.db, found.extractor, WORKSPACE, files.read([str(SEEDS)]))
    async with Slack(workspace=WORKSPACE) as slack:
        cluster = Cluster(slack, url, folder)
        await cluster.begin("web", "web", "worker", "worker")
    try:
        yield Playgrounds(url, folder, int(slack.url.rpartition(":")[2]), cluster.each_web())
    finally:
        await cluster.end()
