"""Views: over what was clicked on, in the place of one that waits, or with one sentence of ours."""

from __future__ import annotations

import logging
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.render import modals
from bot.render.lines import Reader
from handlers.slack import outgoing
from handlers.slack.incoming import Caller
from handlers.slack.outgoing import Message

View = dict[str, Any]

_log = logging.getLogger(__name__)


async def over(client: AsyncWebClient, who: Caller, view: View) -> str:
    """Show a view over what was clicked on and return its id; raises SlackApiError.

    Slack stacks three modals; over the third the new one takes its place.
    """
    if who.surface != "modal":
        return _id(await client.views_open(trigger_id=str(who.trigger), view=view))
    try:
        return _id(await client.views_push(trigger_id=str(who.trigger), view=view))
    except SlackApiError as error:
        if outgoing.code(error) != "push_limit_reached":
            raise
        return _id(await client.views_update(view_id=str(who.view), view=view))


async def fill(client: AsyncWebClient, view_id: str | None, view: View) -> None:
    """Show a view in the place of an open one; nobody waits for one that was closed meanwhile."""
    try:
        await client.views_update(view_id=str(view_id), view=view)
    except SlackApiError as error:
        if outgoing.code(error) != "not_found":
            raise


async def told(client: AsyncWebClient, who: Caller, message: Message, reader: Reader) -> None:
    """Tell something where the click happened: beside a message, or over a modal or the home.

    Where no modal can be opened any more, the trigger being late or used, it is told privately.
    """
    if who.surface != "message":
        try:
            await over(client, who, modals.results(message[1], reader, "slack.note"))
        except SlackApiError as error:
            _log.info("no modal for a sentence: %s", outgoing.code(error))
        else:
            return
    await outgoing.respond(client, who, message)


def _id(answer: Any) -> str:
    return str(answer["view"]["id"])
