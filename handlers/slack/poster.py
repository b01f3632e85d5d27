"""Posts for digests and jobs: each call reaches Slack at most once, and doubt is said as doubt.

slack_sdk repeats a request by itself when the connection breaks, also after Slack took the message; this
client has no handler that retries.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import PostFailed, PostUnknown
from bot.models import Picture
from bot.services import Services
from handlers.slack import calls, oauth, outgoing, uploads

Token = Callable[[str], Awaitable[str | None]]

EVENT = "msc_digest"
_SECONDS = 30
_UNSURE = frozenset(
    {"fatal_error", "internal_error", "service_unavailable", "request_timeout", "unknown_error"}
)
_NUMBER = re.compile(r"\d{1,5}(\.\d+)?")


class SlackPoster:
    """Implements `bot.models.Poster` over a client of its own; `token` knows each workspace's."""

    def __init__(self, client: AsyncWebClient, token: Token) -> None:
        self.client = client
        self.token = token

    async def post(
        self,
        workspace: str,
        channel: str,
        text: str,
        blocks: list[dict[str, Any]],
        *,
        thread: str | None = None,
        run_id: str | None = None,
    ) -> str:
        """Post once; raises PostFailed where Slack refused, PostUnknown where nobody knows."""
        mark = {"event_type": EVENT, "event_payload": {"run_id": run_id}} if run_id else None
        answer = await self._call(
            workspace,
            "chat.postMessage",
            {
                "channel": channel,
                "text": text,
                **({"blocks": blocks} if blocks else {}),
                **({"thread_ts": thread} if thread else {}),
                **({"metadata": mark} if mark else {}),
                **outgoing.QUIET,
            },
        )
        return str(answer["ts"])

    async def upload(
        self, workspace: str, channel: str, picture: Picture, *, run_id: str, thread: str | None = None
    ) -> str:
        """Share a picture once; raises as `post` does."""

        async def call(method: str, params: dict[str, Any]) -> dict[str, Any]:
            return await self._call(workspace, method, params=params)

        return await uploads.shared(call, channel, picture, run_id, thread)

    async def find(
        self, workspace: str, channel: str, run_id: str, since: datetime, thread: str | None = None
    ) -> str | None:
        """Look in the channel's history, or in the thread, for the message with this mark."""
        method = "conversations.replies" if thread else "conversations.history"
        wanted: dict[str, Any] = {
            "channel": channel,
            "oldest": f"{since.timestamp():.6f}",
            "limit": 200,
            "include_all_metadata": True,
        }
        found = await self._call(workspace, method, wanted | ({"ts": thread} if thread else {}))
        for message in found.get("messages", []):
            named = any(file.get("name") == uploads.name(run_id) for file in message.get("files") or ())
            marked = ((message.get("metadata") or {}).get("event_payload") or {}).get("run_id") == run_id
            if named or marked:
                return str(message["ts"])
        if found.get("has_more"):
            raise PostUnknown("the history is too long to be sure")
        return None

    async def _call(
        self,
        workspace: str,
        method: str,
        body: dict[str, Any] | None = None,
        params: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        token = await self.token(workspace)
        if token is None:
            raise PostFailed("not_installed")
        try:
            bearer = {"Authorization": f"Bearer {token}"}
            answer = await self.client.api_call(method, json=body, params=params, headers=bearer)
        except SlackApiError as error:
            raise _refused(error) from error
        except aiohttp.ClientConnectorError as error:
            raise PostFailed("unreachable") from error
        except (aiohttp.ClientError, TimeoutError, SlackClientError, ValueError) as error:
            raise PostUnknown(type(error).__name__) from error
        return answer.data if isinstance(answer.data, dict) else {}


def of(services: Services, session: aiohttp.ClientSession | None = None) -> SlackPoster:
    """Return a poster over the services; its client never repeats a request by itself."""
    client = AsyncWebClient(
        base_url=services.settings.slack_api_url,
        session=session,
        timeout=_SECONDS,
        retry_handlers=calls.handlers(),
    )
    return SlackPoster(client, _tokens(services))


def _tokens(services: Services) -> Token:
    """Return what knows the token of a workspace: the one that is set, or that of its installation."""
    own = services.settings.slack_bot_token

    async def token(workspace: str) -> str | None:
        if own is not None:
            return own.get_secret_value()
        if not oauth.wanted(services.settings):
            return None
        found = await oauth.held(services).authorize(None, workspace)
        return found.bot_token if found else None

    return token


def _refused(error: SlackApiError) -> PostFailed | PostUnknown:
    """Tell a refusal from doubt: a broken answer or an error inside Slack may come after the message."""
    response = error.response
    status = getattr(response, "status_code", 200)
    code = outgoing.code(error)
    if status == 429 or code in {"ratelimited", "rate_limited"}:
        return PostFailed("ratelimited", _wait(getattr(response, "headers", {}) or {}))
    if status >= 500 or code in _UNSURE or not code:
        return PostUnknown(code or f"status {status}")
    return PostFailed(code)


def _wait(headers: Any) -> float:
    """Return Retry-After in seconds; half a minute where it can't be read."""
    value = next((v for k, v in dict(headers).items() if str(k).lower() == "retry-after"), "")
    text = str(value[0] if isinstance(value, list) and value else value).strip()
    return float(text) if _NUMBER.fullmatch(text) else 30.0
