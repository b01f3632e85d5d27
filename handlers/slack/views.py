"""The modal with the passage: opened at once, filled when the article was read, turned by its buttons."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import MscError
from bot.render import context
from bot.render.state import unpack
from handlers.slack import incoming
from handlers.slack.answers import reader
from handlers.slack.door import Door, in_words
from handlers.slack.incoming import Caller
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
    put = client.views_push if who.surface == "modal" else client.views_open
    answer = await put(trigger_id=str(who.trigger), view=context.loading(reader(asker)))
    await filled(door, client, who, str(answer["view"]["id"]), value)


async def filled(door: Door, client: AsyncWebClient, who: Caller, view_id: str, value: str | None) -> None:
    """Show the passage in the open modal, or the sentence why it can't be shown."""
    asker = await door.asker(client, who)
    try:
        view = context.draw(await place(door.services, asker, unpack(value)), reader(asker))
    except MscError as error:
        view = context.message(in_words(error, asker.locale), reader(asker))
    await client.views_update(view_id=view_id, view=view)
