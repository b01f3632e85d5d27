"""Listens: one address, one sentence when it can't be had, an orderly end."""

from __future__ import annotations

import errno
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.errors import SettingError

FINISH_WITHIN = 3.0  # seconds for requests in flight at the end: Slack has given up on them by then
LINGER = 1.0  # seconds of reading on after a body was refused, so that the caller sees the answer


@asynccontextmanager
async def serving(app: web.Application, host: str, port: int) -> AsyncIterator[str]:
    """Listen on host and port (0 takes a free one) and yield the address, such as http://127.0.0.1:3000.

    Raises SettingError when the address can't be had; at the end requests in flight are finished.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=FINISH_WITHIN, lingering_time=LINGER)
    await runner.setup()
    try:
        await _listen(runner, host, port)
        shown = f"[{host}]" if ":" in host else host
        yield f"http://{shown}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            reason = f"port {port} on {host} is in use; choose another one with --port or MSC_PORT"
        elif error.errno == errno.EACCES:
            reason = f"port {port} may not be used by this user; choose one above 1023"
        else:
            reason = f"can't listen on {host}, port {port}: {error.strerror or error}"
        raise SettingError(f"{reason}.") from error
