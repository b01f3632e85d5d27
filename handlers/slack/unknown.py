"""Buttons, forms and shortcuts that this version doesn't know: an older one has drawn them. Never silent."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.render import blocks, modals
from bot.render.lines import Reader
from handlers.slack import incoming, modal
from handlers.slack.door import Door

_ANY = re.compile("")


def register(app: AsyncApp, door: Door) -> None:
    """Listen to whatever no room before has listened to."""

    @app.action(_ANY)
    async def clicked(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await _told(door, body, client)

    @app.shortcut(_ANY)
    async def used(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await _told(door, body, client)

    @app.view(_ANY)
    async def submitted(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        profile = await door.profile(client, incoming.caller(body))
        reading = Reader(profile.locale)
        _, drawn = blocks.sentence(reading.say("slack.unknown_action"))
        await ack(response_action="update", view=modals.results(drawn, reading, "slack.note"))


async def _told(door: Door, body: dict[str, Any], client: AsyncWebClient) -> None:
    who = incoming.caller(body)
    reading = Reader((await door.profile(client, who)).locale)
    sentence = blocks.sentence(reading.say("slack.unknown_action"))
    door.start(modal.told(client, who, sentence, reading), client, who)
