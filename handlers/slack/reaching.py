"""What a process has to settle with Slack once, at its start: now, or as soon as Slack can be reached.

An outage of Slack or of the network is waited for; a refusal is not, since no waiting mends a token.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

import aiohttp
import stamina
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import MscError, SettingError
from handlers.slack import outgoing

Check = Callable[[], Awaitable[str | None]]
Step = Callable[[], Awaitable[None]]

FIRST = 5.0  # seconds for the try at the start: the web door opens after it
LATER = 30.0  # seconds for each later one: Slack may ask to wait a little
LONGEST = 8.0  # seconds between two tries: ready within ten seconds of Slack's answer
# what Slack answers when it is out of order or busy, of all methods that are asked here
_PASSING: Final = frozenset(
    {
        "accesslimited", "fatal_error", "internal_error", "ratelimited", "request_timeout",
        "service_unavailable", "team_added_to_org", "unknown_error",
    }
)  # fmt: skip


class Unreachable(MscError):
    """Slack can't be reached for the moment."""


def sentence(client: AsyncWebClient, fault: str) -> str:
    """Return what is said while Slack can't be reached."""
    return f"Slack can't be reached at {client.base_url} ({fault}): check the network and SLACK_API_URL"


@contextmanager
def told(client: AsyncWebClient, refusal: str) -> Iterator[None]:
    """Raise SettingError, `refusal` with Slack's word as {code}, when Slack says no; else Unreachable."""
    try:
        yield
    except SlackApiError as error:
        code, status = outgoing.code(error), getattr(error.response, "status_code", 200)
        if status >= 500 or code in _PASSING:
            raise Unreachable(sentence(client, f"{code}, status {status}")) from error
        raise SettingError(refusal.format(code=code)) from error
    except (SlackClientError, aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
        raise Unreachable(sentence(client, type(error).__name__)) from error


@asynccontextmanager
async def settled(step: Step, client: AsyncWebClient, stop: asyncio.Event) -> AsyncIterator[Check]:
    """Take a step that raises as `told` does: now, or beside the block, with growing pauses, until it works.

    Yields the check that says what is missing meanwhile. Raises SettingError when Slack refuses: at once,
    or, where that turns out later, after the block, which `stop` then asks to end.
    """
    missing: str | None = None

    async def tried(wait: float) -> None:
        nonlocal missing
        try:
            async with asyncio.timeout(wait):
                await step()
        except SettingError:
            raise
        except (MscError, TimeoutError) as error:
            missing = str(error) or sentence(client, f"no answer within {wait:g} s")
            raise Unreachable(missing) from error
        missing = None

    async def check() -> str | None:
        return missing

    try:
        await tried(FIRST)
    except Unreachable:
        async with _until_done(tried, stop):
            yield check
    else:
        yield check


@asynccontextmanager
async def _until_done(tried: Callable[[float], Awaitable[None]], stop: asyncio.Event) -> AsyncIterator[None]:
    async def again() -> None:
        try:
            async for turn in stamina.retry_context(
                on=Unreachable, attempts=None, timeout=None, wait_initial=1.0, wait_max=LONGEST
            ):
                with turn:
                    await tried(LATER)
        except SettingError:
            stop.set()
            raise

    task = asyncio.create_task(again())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
    if not task.cancelled():
        task.result()
