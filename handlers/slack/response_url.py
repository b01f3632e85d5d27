"""Answers to a response_url, posted by aiohttp itself: an address that takes JSON, no method of Slack's.

slack_sdk's client for it looks for classes of its own in every block, is built anew for every address, and
waits five minutes for a connection that a process shares.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any, Final, NamedTuple

import aiohttp
import msgspec
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.calls import CALLS

_HEADERS: Final = {"Content-Type": "application/json;charset=utf-8", "User-Agent": "msc-bot"}
_TIMEOUT: Final = aiohttp.ClientTimeout(total=30)
_LIMITED: Final = 429
_LONGEST_WAIT: Final = 60  # seconds that an answer is worth waiting for


def _plain(value: object) -> str:
    """Return a kind of text of our own as the text that it is."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{type(value).__name__} is nothing that a message can hold")


_JSON: Final = msgspec.json.Encoder(enc_hook=_plain)


class Answered(NamedTuple):
    """What the address said: the status, its words, and after how many seconds to try again."""

    status: int
    body: str
    wait: float


async def send(client: AsyncWebClient, url: str, message: Mapping[str, Any]) -> Answered:
    """Post a message over the client's connections; 429 is waited for once.

    Raises aiohttp.ClientError or TimeoutError where the address can't be reached: it may have been taken, so
    it is not sent again.
    """
    body = as_json(message)
    found = await _posted(client, url, body)
    if found.status == _LIMITED:
        CALLS.answered_url(found.status, well=False)
        await asyncio.sleep(found.wait)
        found = await _posted(client, url, body)
    return found


async def _posted(client: AsyncWebClient, url: str, body: bytes) -> Answered:
    held = client.session if client.session and not client.session.closed else None
    try:
        async with nullcontext(held) if held else aiohttp.ClientSession() as session:
            sent = session.post(
                url, data=body, headers=_HEADERS, timeout=_TIMEOUT, proxy=client.proxy, ssl=client.ssl or True
            )
            async with sent as answer:
                said = (await answer.read()).decode("utf-8", "replace")
                found = Answered(answer.status, said, seconds(answer.headers.get("Retry-After", "")))
    except (aiohttp.ClientError, TimeoutError):
        CALLS.unanswered_url()
        raise
    return found


def as_json(message: Mapping[str, Any]) -> bytes:
    """Return the message as it travels."""
    return _JSON.encode(message)


def seconds(told: str) -> float:
    """Return how long to wait by a Retry-After: a second where it says nothing, at most a minute."""
    return min(int(told), _LONGEST_WAIT) if told.isascii() and told.isdigit() else 1.0


__all__ = ["Answered", "as_json", "seconds", "send"]
