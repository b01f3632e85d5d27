"""`/msc …`: acknowledged at once, answered privately."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.render import blocks, catalogue
from bot.render.state import State
from bot.store import seen
from handlers.commands._dispatch import changes, meanwhile
from handlers.slack import digest, incoming, outgoing
from handlers.slack.answers import replied
from handlers.slack.door import Door
from handlers.slack.incoming import Caller

COMMAND = "/msc"


def register(app: AsyncApp, door: Door) -> None:
    """Listen to the slash command."""

    @app.command(COMMAND)
    async def command(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        who = incoming.caller(body)
        if digest.opens(incoming.words(body.get("text"))):
            door.start(digest.opened(door, client, who), client, who)
            return
        door.start(asked(door, client, who, incoming.words(body.get("text"))), client, who)


async def asked(door: Door, client: AsyncWebClient, who: Caller, question: str) -> None:
    """Answer a typed question to the caller alone; what changes something is done once for each delivery."""
    if changes(question) and not await seen.first(door.services.db, who.team, [f"command:{who.trigger}"]):
        return
    asker = await door.asker(client, who, surely=changes(question))
    if phrase := meanwhile(asker, question):
        await outgoing.respond(client, who, blocks.sentence(catalogue.say(phrase, asker.locale)))
    searched, message = await replied(door.services, asker, State(question))
    await outgoing.respond(client, who, message)
    if searched:
        door.recent.note(asker, question, door.services.db, door.tasks)
