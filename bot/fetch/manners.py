"""Manners on the web: robots.txt is obeyed, and the pages of one host are asked for one after another."""

from __future__ import annotations

import asyncio
from urllib.robotparser import RobotFileParser

from yarl import URL

from bot.errors import SourceError
from bot.fetch import http
from bot.fetch.addresses import Allowed

PAUSE = 1.0
"""Seconds between two pages of one host."""

_LARGEST = 512_000
_SLOWEST = 10.0
_NAME = "msc-bot"


class Manners:
    """The rules and the last visit of each host; `pause` is the least seconds between two pages of one."""

    def __init__(self, allowed: Allowed, pause: float = PAUSE) -> None:
        self._allowed = allowed
        self._pause = pause
        self._rules: dict[URL, RobotFileParser] = {}
        self._next: dict[URL, float] = {}

    async def permits(self, address: str) -> bool:
        """Say whether the site of `address` lets us read it; a site without rules does (RFC 9309)."""
        return (await self._of(address)).can_fetch(_NAME, address)

    async def turn(self, address: str) -> None:
        """Wait until the site may be asked again; it may name a longer pause, of at most ten seconds."""
        asked = (await self._of(address)).crawl_delay(_NAME)
        site, clock = URL(address).origin(), asyncio.get_running_loop().time
        await asyncio.sleep(max(0.0, self._next.get(site, 0.0) - clock()))
        self._next[site] = clock() + max(self._pause, min(float(asked or 0), _SLOWEST))

    async def _of(self, address: str) -> RobotFileParser:
        site = URL(address).origin()
        if site not in self._rules:
            self._rules[site] = await self._ask(site)
        return self._rules[site]

    async def _ask(self, site: URL) -> RobotFileParser:
        rules = RobotFileParser()
        try:
            found = await http.get(str(site / "robots.txt"), self._allowed)
        except SourceError as error:
            text = "User-agent: *\nDisallow: /" if "out of order" in error.reason else ""
        else:
            text = found.data[:_LARGEST].decode("utf-8", "replace") if found else ""
        rules.parse(text.splitlines())
        return rules
