"""Menus that narrow an answer to one speaker or article: what they offer, and a choice in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.models import Asker
from bot.render import filters
from bot.render.state import unpack
from handlers.commands._dispatch import dispatch
from handlers.slack import incoming
from handlers.slack.actions import turned_to
from handlers.slack.answers import reader
from handlers.slack.door import Door
from handlers.slack.fitting import fitting
from handlers.slack.incoming import Caller

_FILTERS = re.compile(f"{filters.SPEAKER}|{filters.ARTICLE}")


def register(app: AsyncApp, door: Door) -> None:
    """Listen to both menus."""

    @app.options(_FILTERS)
    async def offer(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        asker = await door.asker(client, incoming.caller(body))
        await ack(options=await offered(door, asker, body))

    @app.action(_FILTERS)
    async def narrow(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        who = incoming.caller(body)
        door.start(narrowed(door, client, who, incoming.action(body)), client, who)


async def offered(door: Door, asker: Asker, body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the options that fit what was typed so far; the question is asked anew, and only then."""
    reply = await dispatch(door.services, asker, unpack(body.get("block_id")).question)
    found = filters.options(reply, str(body.get("action_id")), reader(asker))
    names = fitting(str(body.get("value") or ""), [o["text"]["text"] for o in found])
    places = {name: n for n, name in reversed(list(enumerate(names)))}
    fit = [o for o in found if o["text"]["text"] in places]
    return sorted(fit, key=lambda o: places[o["text"]["text"]])[: filters.MOST_OPTIONS]


async def narrowed(door: Door, client: AsyncWebClient, who: Caller, clicked: Mapping[str, Any]) -> None:
    """Show the answers of one speaker or one article; the question travels in the block's id."""
    wanted = unpack(incoming.chosen(clicked))
    asked = unpack(clicked.get("block_id"))
    await turned_to(door, client, who, replace(wanted, question=asked.question))
