"""Can Slack be reached from here, and does it take our token? Asked every few seconds, answered to /readyz.

A call that Slack has just answered tells as much, so a busy process asks nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot import metrics
from handlers.slack import outgoing, reaching
from handlers.slack.calls import CALLS, REVOKED
from handlers.slack.reaching import Check

EVERY = 4.0  # seconds between two looks; with two attempts a look notices within 10 s
_WAIT = 2.0  # seconds for an attempt
_REST = 0.5  # seconds until a failed attempt is repeated: one lost packet is no outage


@asynccontextmanager
async def watched(client: AsyncWebClient, *, every: float = EVERY) -> AsyncIterator[Check]:
    """Yield the check of a process that needs Slack; it looks from now on and says what it saw last.

    A client with a token asks whether Slack still takes it; one without, whether Slack answers at all.
    """
    fault = await _looked(client)

    async def look() -> None:
        nonlocal fault
        while True:
            await asyncio.sleep(every)
            if fault is None and time.monotonic() - CALLS.answered < every:
                continue
            fault = await _looked(client)

    async def check() -> str | None:
        return fault

    task = asyncio.create_task(look())
    try:
        yield check
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _looked(client: AsyncWebClient) -> str | None:
    fault = await _asked(client)
    if fault is not None:
        await asyncio.sleep(_REST)
        fault = await _asked(client)
    metrics.SLACK_UP.set(fault is None)
    return fault


async def _asked(client: AsyncWebClient) -> str | None:
    try:
        async with asyncio.timeout(_WAIT):
            await (client.auth_test() if client.token else client.api_test())
    except SlackApiError as error:
        status = getattr(error.response, "status_code", 200)
        said = outgoing.code(error)
        if said in REVOKED:
            return f"Slack doesn't take our token any more ({said})"
        return f"Slack is out of order ({status})" if status >= 500 else None
    except (SlackClientError, aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
        return reaching.sentence(client, type(error).__name__)
    return None
