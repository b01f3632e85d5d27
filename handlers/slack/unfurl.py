"""Addresses of articles that we have, posted by somebody: title and two quotations beneath the message.

Off by default (MSC_UNFURL): it needs the scopes links:read and links:write and the domains in the app's
settings. Only articles of the poster's own workspace are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.models import Asker
from bot.render import unfurl
from bot.services import Services
from bot.store import articles, findings, seen
from handlers.slack import incoming
from handlers.slack.answers import reader
from handlers.slack.door import Door
from handlers.slack.incoming import Caller
from handlers.slack.outgoing import Message

_MOST = 5  # links of one message that are shown


def register(app: AsyncApp, door: Door) -> None:
    """Listen to links, where the setting asks for it."""
    if not door.services.settings.unfurl:
        return

    @app.event("link_shared")
    async def shared(body: dict[str, Any], client: AsyncWebClient) -> None:
        who = incoming.caller(body)

        async def nobody(_: Message) -> None:
            """A preview that fails stays away: nobody has asked for it."""

        door.start(previewed(door, client, who, body), client, who, nobody)


async def previewed(door: Door, client: AsyncWebClient, who: Caller, body: dict[str, Any]) -> None:
    """Add a preview for each address of an article of the workspace, once for each event."""
    event = body["event"]
    if not await seen.first(door.services.db, who.team, [f"event:{body.get('event_id')}"]):
        return
    asker = await door.asker(client, who)
    found = {}
    for address in [str(link.get("url")) for link in event.get("links", [])][:_MOST]:
        if blocks := await preview(door.services, asker, address):
            found[address] = {"blocks": blocks}
    if found:
        await client.chat_unfurl(**_where(event), unfurls=found)


def _where(event: Mapping[str, Any]) -> dict[str, Any]:
    """Return what names the place of the links: a message, or what somebody is still writing."""
    if event.get("unfurl_id"):
        return {"unfurl_id": str(event["unfurl_id"]), "source": str(event.get("source"))}
    return {"channel": str(event.get("channel")), "ts": str(event.get("message_ts"))}


async def preview(services: Services, asker: Asker, address: str) -> list[dict[str, Any]]:
    """Return the preview of an article of the asker's workspace; nothing for any other address."""
    article_id = await articles.at(services.db, asker.workspace, address)
    stored = await articles.get(services.db, asker.workspace, article_id) if article_id else None
    if stored is None:
        return []
    quotations = await findings.quotations_of(services.db, asker.workspace, stored.id)
    return unfurl.draw(stored.article, [q.quotation for q in quotations], reader(asker))
