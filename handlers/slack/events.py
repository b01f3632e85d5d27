"""Mentions and direct messages: answered once, in their thread."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import PostFailed, StoreError
from bot.models import Asker
from bot.render.state import State
from bot.services import Services
from bot.store import asked, seen
from handlers.slack import files, incoming, outgoing
from handlers.slack.answers import replied
from handlers.slack.door import Door
from handlers.slack.incoming import Caller

_WRITTEN = (None, "file_share", "thread_broadcast")  # other subtypes tell what became of a message


def register(app: AsyncApp, door: Door) -> None:
    """Listen to mentions in channels and to messages in the direct conversation."""

    @app.event("app_mention")
    async def mentioned(body: dict[str, Any], client: AsyncWebClient) -> None:
        if not body["event"].get("bot_id"):  # two bots that answer each other would never end
            begin(door, client, body)

    @app.event("message")
    async def written(body: dict[str, Any], client: AsyncWebClient) -> None:
        event = body["event"]
        mine = event.get("channel_type") == "im" and not event.get("bot_id")
        if mine and event.get("subtype") in _WRITTEN:
            begin(door, client, body)


def begin(door: Door, client: AsyncWebClient, body: dict[str, Any]) -> None:
    """Start to answer an event in its thread; errors go there too, or privately where nothing is taken."""
    who = incoming.caller(body)

    async def in_thread(message: outgoing.Message) -> None:
        try:
            await outgoing.post(client, str(who.channel), message, who.thread)
        except PostFailed:
            await outgoing.privately(client, who, message)

    door.start(answered(door, client, who, body), client, who, in_thread)


async def answered(door: Door, client: AsyncWebClient, who: Caller, body: dict[str, Any]) -> None:
    """Answer in the thread, unless this very event was answered before: Slack delivers some twice.

    Files that can be read are read in; beside a picture the words are a question like any other.
    """
    event = body["event"]
    keys = [f"event:{body.get('event_id')}", f"said:{who.channel}:{who.user}:{event.get('ts')}"]
    with suppress(StoreError):  # on a full disk, answered twice is better than not at all
        if not await seen.first(door.services.db, who.team, keys):
            return
    asker = await door.asker(client, who, surely=bool(event.get("files")))
    said, found = incoming.words(event.get("text")), files.shared(event)
    if any(file.readable for file in found) or (found and not said):
        files.begun(door, client, who, asker, found)
        return
    question = await complete(door.services, asker, said)
    searched, message = await replied(door.services, asker, State(question))
    await outgoing.post(client, str(who.channel), message, who.thread)
    if searched:
        with suppress(StoreError):
            await asked.add(door.services.db, [asked.Asked(asker, question)])


async def complete(services: Services, asker: Asker, said: str) -> str:
    """Return the question that is meant in this thread: "and Kallas?" keeps the subject of the one before."""
    previous = await asked.in_thread(services.db, asker.workspace, asker.channel or "", asker.thread or "")
    return await services.searcher.completed(asker, previous, said) if previous and said else said
