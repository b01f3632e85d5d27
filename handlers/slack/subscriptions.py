"""Digests in the App Home: a user's own (an admin's: all), and what their buttons do.

A button names its channel; whose digest that is, is asked anew at each click.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.digest import editions, trouble
from bot.errors import QuestionError
from bot.models import Asker, Phrase
from bot.render import catalogue
from bot.render.subscriptions import Subscription, Subscriptions
from bot.services import Services
from bot.store import channels, follows
from bot.store.channels import StoredSchedule, Wish
from handlers.commands.digest import state_of
from handlers.slack import incoming
from handlers.slack.answers import reader
from handlers.slack.digest_form import form
from handlers.slack.door import Door
from handlers.slack.incoming import Caller

Publish = Callable[[Door, AsyncWebClient, Caller], Awaitable[None]]

_BUTTONS = re.compile(r"subscription_(new|edit|pause|resume|off|unfollow)")


def register(app: AsyncApp, door: Door, published: Publish) -> None:
    """Listen to the buttons; `published` draws the user's home anew."""

    @app.action(_BUTTONS)
    async def clicked(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        who = incoming.caller(body)
        door.start(done(door, client, who, incoming.action(body), published), client, who)


async def gathered(services: Services, asker: Asker) -> Subscriptions:
    """Return what the asker may see and change."""
    held = await channels.listing(services.db, asker.workspace)
    mine = [Subscription(s.channel, state_of(s), s.state == "paused") for s in held if _may_change(asker, s)]
    followed = await follows.listing(services.db, asker.workspace)
    return Subscriptions(mine, [(f.key, f.title) for f in followed if f.user == asker.user])


def _may_change(asker: Asker, stored: StoredSchedule) -> bool:
    return asker.is_admin or stored.owner == asker.user


async def done(
    door: Door, client: AsyncWebClient, who: Caller, clicked: Mapping[str, Any], published: Publish
) -> None:
    """Open the form, or pause, resume, end or unfollow and show the home as it is then."""
    asker = await door.asker(client, who, surely=True)
    db, value = door.services.db, _value(clicked, asker)
    match str(clicked.get("action_id")).removeprefix("subscription_"):
        case "new":
            wish = Wish("08:00", editions.zone_or_utc(asker.timezone))
            view = form(wish, None, None, reader(asker), home=True)
            await client.views_open(trigger_id=str(who.trigger), view=view)
            return
        case "edit":
            stored = await _own(door.services, asker, value)
            view = form(stored.wish, stored.channel, stored.version, reader(asker), home=True)
            await client.views_open(trigger_id=str(who.trigger), view=view)
            return
        case "pause":
            stored = await _own(door.services, asker, value)
            await channels.set_state(db, who.team, stored.channel, "paused", trouble.BY_HAND)
        case "resume":
            stored = await _own(door.services, asker, value)
            await channels.set_state(db, who.team, stored.channel, "active")
        case "off":
            stored = await _own(door.services, asker, value)
            await channels.remove(db, who.team, stored.channel)
        case _:
            await follows.unfollow(db, who.team, who.user, value.get("k", ""))
    await published(door, client, who)


def _value(clicked: Mapping[str, Any], asker: Asker) -> dict[str, str]:
    """Read a button's value: a stranger's word."""
    try:
        data = json.loads(incoming.chosen(clicked) or "{}")
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or not all(isinstance(v, str) for v in data.values()):
        raise QuestionError(catalogue.say(Phrase("subscriptions.gone"), asker.locale))
    return data


async def _own(services: Services, asker: Asker, value: Mapping[str, str]) -> StoredSchedule:
    """Return the digest that a button names; raises QuestionError when it is gone or somebody else's."""
    stored = await channels.of_channel(services.db, asker.workspace, value.get("c", ""))
    if stored is None or not _may_change(asker, stored):
        raise QuestionError(catalogue.say(Phrase("subscriptions.gone"), asker.locale))
    return stored
