"""Clicks on an answer: page, ask instead, share. A click's value is read as a stranger's word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import PostFailed, QuestionError
from bot.models import Answer, Asker, Phrase
from bot.render import blocks, catalogue, lines
from bot.render.state import State, unpack
from bot.store import seen
from handlers.commands._dispatch import dispatch
from handlers.slack import incoming, outgoing
from handlers.slack.answers import answer, reader, shown
from handlers.slack.door import Door
from handlers.slack.incoming import Caller

_TURNS = re.compile(r"page_(on|back)|ask_\d+|home_(recent|quoted|topics|themes)_\d+")


def register(app: AsyncApp, door: Door) -> None:
    """Listen to the buttons of an answer."""

    @app.action(_TURNS)
    async def turn(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        who = incoming.caller(body)
        door.start(turned(door, client, who, incoming.action(body)), client, who)

    @app.action("share")
    async def share(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        who = incoming.caller(body)
        door.start(shared(door, client, who, body), client, who)

    @app.action("open")
    async def opened(ack: AsyncAck) -> None:
        await ack()  # the browser has followed the link already


async def turned(door: Door, client: AsyncWebClient, who: Caller, clicked: Mapping[str, Any]) -> None:
    """Show another page, or the answer to a question that was offered, in place of the message."""
    await turned_to(door, client, who, unpack(incoming.chosen(clicked)))


async def turned_to(door: Door, client: AsyncWebClient, who: Caller, state: State) -> None:
    """Show what the state names where the click happened."""
    asker = await door.asker(client, who)
    message = await answer(door.services, asker, replace(state, kind=None, begin=None, check=None))
    await shown(client, who, asker, message)


async def shared(door: Door, client: AsyncWebClient, who: Caller, body: Mapping[str, Any]) -> None:
    """Post one answer for everybody in the channel, once, however often the button is clicked."""
    state = unpack(incoming.chosen(incoming.action(body)))
    asker = await door.asker(client, who)
    found = await named(door, asker, state)
    container = body.get("container") or {}
    shown_in = container.get("message_ts") or who.trigger
    key = f"share:{who.channel}:{shown_in}:{state.article}:{state.kind}:{state.begin}"
    if not await seen.first(door.services.db, who.team, [key]):
        return await noted(client, who, asker, "slack.shared_before")
    message = blocks.shared(found, state.question, await _name(door, client, who, body), reader(asker))
    try:
        await outgoing.post(client, str(who.channel), message)
    except PostFailed:
        await seen.forget(door.services.db, who.team, key)  # Slack refused: nothing was posted
        raise
    return await noted(client, who, asker, "slack.shared")


async def _name(door: Door, client: AsyncWebClient, who: Caller, body: Mapping[str, Any]) -> str:
    """Return what the one who shares is called; without the permission users:read as the click says."""
    profile = await door.profile(client, who)
    user = body.get("user") or {}
    said = user.get("name") or user.get("username")
    return profile.name or said or catalogue.say(Phrase("card.somebody"), profile.locale)


async def named(door: Door, asker: Asker, state: State) -> Answer:
    """Return the answer that the state names, asked anew; raises QuestionError when it is gone."""
    reply = await dispatch(door.services, asker, state.question)
    found = [a for a in lines.everything(reply) if state.names(a)]
    if not found:
        raise QuestionError(catalogue.say(Phrase("slack.gone"), asker.locale))
    return found[0]


async def noted(client: AsyncWebClient, who: Caller, asker: Asker, key: str) -> None:
    """Tell the caller one sentence, beside the answer."""
    await outgoing.respond(client, who, blocks.sentence(catalogue.say(Phrase(key), asker.locale)))
