"""Runs a coroutine with the services of this process, for the commands of the terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot import log, settings
from bot.services import Services, services
from bot.settings import Settings

T = TypeVar("T")


def run(work: Callable[[Services], Awaitable[T]], chosen: Settings | None = None) -> T:
    """Open the services as set (or as `chosen`), do the work, close them; errors go through to `msc`."""
    return asyncio.run(_with_services(work, chosen or settings.load()))


async def _with_services(work: Callable[[Services], Awaitable[T]], chosen: Settings) -> T:
    log.configure("warning" if chosen.log_level == "info" else chosen.log_level)
    async with services(chosen) as opened:
        return await work(opened)
