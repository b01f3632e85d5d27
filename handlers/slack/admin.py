"""The settings of a workspace: opened from the App Home, kept when an admin submits them."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import QuestionError
from bot.models import Phrase, Policy
from bot.render import catalogue, policy_form
from bot.store import policies
from handlers.slack import home, incoming
from handlers.slack.answers import reader
from handlers.slack.door import Door
from handlers.slack.incoming import Caller
from handlers.slack.profiles import PATIENT


def register(app: AsyncApp, door: Door) -> None:
    """Listen to the button in the App Home and to the form."""

    @app.action("settings_open")
    async def opened(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        who = incoming.caller(body)
        door.start(shown(door, client, who), client, who)

    @app.view(policy_form.CALLBACK)
    async def submitted(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        who = incoming.caller(body)
        door.start(saved(door, client, who, policy_form.read(body["view"])), client, who)


async def shown(door: Door, client: AsyncWebClient, who: Caller) -> None:
    """Open the form for an admin."""
    asker = await door.asker(client, who, surely=True)
    if not asker.is_admin:
        raise QuestionError(catalogue.say(Phrase("settings.admins"), asker.locale))
    held = await policies.of(door.services.db, who.team)
    await client.views_open(trigger_id=str(who.trigger), view=policy_form.form(held, reader(asker)))


async def saved(door: Door, client: AsyncWebClient, who: Caller, policy: Policy) -> None:
    """Keep what an admin has chosen, and show it in their home.

    Who is an admin is asked of Slack at this moment: the form may have been open for a day.
    """
    profile = await door.profiles.of(client, who.team, who.user, fresh=True, patience=PATIENT)
    if not profile.is_admin:
        raise QuestionError(catalogue.say(Phrase("settings.admins"), profile.locale))
    await policies.save(door.services.db, who.team, policy, who.user)
    door.policies.forget(who.team)
    home.refresh(door, client, who)
