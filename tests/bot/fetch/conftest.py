"""A real web server on loopback, and the list that allows it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from aiohttp import web

from bot.fetch.addresses import Allowed

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Serve = Callable[..., Awaitable[str]]

LOOPBACK = Allowed.parse("127.0.0.0/8, ::1")


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Return a function that serves path → handler and answers with the address of the server."""
    async with AsyncExitStack() as stack:

        async def start(**handlers: Handler) -> str:
            app = web.Application()
            for name, handler in handlers.items():
                app.router.add_get(f"/{name.replace('__', '.')}", handler)
            runner = web.AppRunner(app, shutdown_timeout=0.1)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            return f"http://127.0.0.1:{runner.addresses[0][1]}"

        yield start
