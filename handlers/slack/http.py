"""The Bolt app as a plain callable, for a web door that doesn't know Slack."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

Answer = tuple[int, str, Mapping[str, str]]  # status, body, headers
Dispatch = Callable[[dict[str, Any], Mapping[str, str]], Awaitable[Answer]]


def dispatcher(app: AsyncApp) -> Dispatch:
    """Return the callable over a checked body and its headers.

    The web door has verified the signature over the raw bytes and parsed them once, so the request enters
    Bolt as one over Socket Mode does; Bolt's own verification stands for everything that comes as raw text.
    """

    async def dispatched(body: dict[str, Any], headers: Mapping[str, str]) -> Answer:
        request = AsyncBoltRequest(body=body, headers=dict(headers), mode="socket_mode")
        response = await app.async_dispatch(request)
        return response.status, response.body, response.first_headers_without_set_cookie()

    return dispatched
