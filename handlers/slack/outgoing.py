"""Everything that leaves for Slack: answers by response_url, posts, and what happens when one is refused."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import PostFailed
from bot.render import mrkdwn
from handlers.slack import incoming, response_url
from handlers.slack.calls import CALLS
from handlers.slack.incoming import Caller
from handlers.slack.response_url import Answered

Blocks = Sequence[dict[str, Any]]
Message = tuple[str, Blocks]

QUIET = {"unfurl_links": False, "unfurl_media": False}
GONE = ("expired_url", "used_url", "invalid_url")
REFUSED_BLOCKS = ("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "invalid_attachments")
OUTAGE = "service_unavailable"
_MOST_BLOCKS = 50
_CODE = re.compile(r"[a-z_]{1,60}")
NO_ENTRY = ("not_in_channel", "channel_not_found")

_log = logging.getLogger(__name__)


async def respond(client: AsyncWebClient, who: Caller, message: Message, *, replace: bool = False) -> None:
    """Answer privately through response_url; blocks that are refused go once more as text alone.

    An address that has run out (5 uses, 30 minutes) is no reason for silence: then a fresh private message
    in the channel, or a direct one. Raises PostFailed when nothing was taken.
    """
    if who.response_url is None:
        return await privately(client, who, message)
    text, blocks = message
    kind = {"response_type": "ephemeral", "replace_original": replace, "text": text, **QUIET}
    if who.thread and not replace:
        kind["thread_ts"] = who.thread  # Slack would put it into the channel, far from what was clicked on
    fault = await _taken(client, who.response_url, {**kind, "blocks": list(blocks)})
    if fault is not None and fault not in GONE:
        _log.warning("slack refused an answer, tried again as text: %s", fault)
        fault = await _taken(client, who.response_url, kind)
    if fault in GONE:
        return await privately(client, who, message)
    if fault is not None:
        raise PostFailed(fault)
    return None


async def _taken(client: AsyncWebClient, url: str, message: dict[str, Any]) -> str | None:
    """Send an answer; return Slack's code where it was refused."""
    answered = await response_url.send(client, url, message)
    fault = _fault(answered)
    CALLS.answered_url(answered.status, well=fault is None)
    return fault


def _fault(answered: Answered) -> str | None:
    """Return Slack's code for a refused answer, which comes with any status and as JSON or bare text."""
    body = answered.body.strip()
    try:
        told = json.loads(body)
    except ValueError:
        told = None
    if isinstance(told, dict) and not told.get("ok", True):
        return str(told.get("error") or "unknown_error")
    if answered.status in (404, 410):
        return GONE[0]
    if answered.status == 200:
        return None
    return (
        body if _CODE.fullmatch(body) else OUTAGE if answered.status >= 500 else f"status {answered.status}"
    )


async def privately(client: AsyncWebClient, who: Caller, message: Message) -> None:
    """Show a message to the caller alone: in the channel if the bot is there, else directly, naming it."""
    text, blocks = message
    if who.channel is not None:
        try:
            await client.chat_postEphemeral(
                channel=who.channel, user=who.user, thread_ts=who.thread, text=text, blocks=list(blocks)
            )
        except SlackApiError as error:
            _log.info("no private message in the channel: %s", code(error))
        else:
            return
    await post(client, who.user, _of(who.channel, message))


def _of(channel: str | None, message: Message) -> Message:
    """Return a message that says which channel it is about, for where that is not seen."""
    text, blocks = message
    if channel is None or incoming.direct(channel) or len(blocks) >= _MOST_BLOCKS:
        return message
    name = mrkdwn.channel(channel)
    return f"{name}\n{text}", [{"type": "context", "elements": [mrkdwn.text(name)]}, *blocks]


async def post(client: AsyncWebClient, channel: str, message: Message, thread: str | None = None) -> str:
    """Post for everybody and return the message's ts; raises PostFailed with Slack's code."""
    text, blocks = message
    about: dict[str, Any] = {"channel": channel, "thread_ts": thread, "text": text, "parse": "none", **QUIET}
    try:
        answer = await _sent(client, about, blocks)
    except SlackApiError as error:
        raise PostFailed(code(error)) from error
    return str(answer["ts"])


async def update(
    client: AsyncWebClient, channel: str, message: Message, ts: str, thread: str | None = None
) -> str:
    """Write a message of ours anew, or post it where it is gone; return its ts; raises PostFailed."""
    text, blocks = message
    about: dict[str, Any] = {"channel": channel, "ts": ts, "text": text, "parse": "none"}
    try:
        return str((await client.chat_update(**about, blocks=list(blocks)))["ts"])
    except SlackApiError as error:
        _log.info("a message could not be changed: %s", code(error))
        return await post(client, channel, message, thread)


async def _sent(client: AsyncWebClient, about: dict[str, Any], blocks: Blocks) -> Any:
    try:
        return await client.chat_postMessage(**about, blocks=list(blocks))
    except SlackApiError as error:
        if code(error) not in REFUSED_BLOCKS:
            raise
        _log.warning("slack refused blocks: %s", code(error))
        return await client.chat_postMessage(**about)


def code(error: SlackApiError) -> str:
    """Return Slack's own word for what went wrong."""
    return str(_said(error.response).get("error") or "unknown_error")


def needed(error: BaseException) -> str | None:
    """Return the scope that Slack names as missing."""
    cause = error if isinstance(error, SlackApiError) else error.__cause__
    return _said(getattr(cause, "response", None)).get("needed")


def _said(response: Any) -> Mapping[str, Any]:
    """Return the JSON of an answer; nothing where an outage was answered with a page or plain text."""
    told = getattr(response, "data", response)
    return told if isinstance(told, Mapping) else {}


async def handle(client: AsyncWebClient) -> str:
    """Return our own name in this workspace, as one invites us."""
    try:
        return str((await client.auth_test())["user"])
    except (SlackClientError, aiohttp.ClientError, TimeoutError):
        return "msc"
