"""The modal with the passage: opened at once, filled when the article was read, turned by its buttons."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.render import context
from bot.render.state import unpack
from handlers.slack import incoming, modal
from handlers.slack.answers import reader
from handlers.slack.door import Door
from handlers.slack.incoming import Caller
from handlers.slack.outgoing import Message
from handlers.slack.passages import place

_NEIGHBOURS = re.compile(r"context_(earlier|later)")


def register(app: AsyncApp, door: Door) -> None:
    """Listen to *Show context* and to the modal's own buttons."""

    @app.action("context")
    async def show(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        who = incoming.caller(body)
        door.start(opened(door, client, who, incoming.chosen(incoming.action(body))), client, who)

    @app.action(_NEIGHBOURS)
    async def turn(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        who = incoming.caller(body)
        value = incoming.chosen(incoming.action(body))
        view = body.get("view") or {}
        door.start(filled(door, client, who, str(view.get("id")), value), client, who)


async def opened(door: Door, client: AsyncWebClient, who: Caller, value: str | None) -> None:
    """Open the modal while the trigger lives, then fill it."""
    asker = await door.asker(client, who)
    view_id = await modal.over(client, who, context.loading(reader(asker)))
    await filled(door, client, who, view_id, value)


async def filled(door: Door, client: AsyncWebClient, who: Caller, view_id: str, value: str | None) -> None:
    """Show the passage in the open modal, or the sentence why it can't be shown."""
    asker = await door.asker(client, who)

    async def shown() -> None:
        view = context.draw(await place(door.services, asker, unpack(value)), reader(asker))
        await modal.fill(client, view_id, view)

    async def instead(message: Message) -> None:
        await modal.fill(client, view_id, context.message(message[1], reader(asker)))

    await door.guarded(shown(), client, who, instead)
