"""The digest in Slack: the form that sets it up, and the buttons under a theme (follow, mute, undo)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.digest import editions
from bot.digest import further as others
from bot.digest.editions import KEY
from bot.errors import PostFailed, QuestionError
from bot.models import Phrase
from bot.render import blocks, catalogue, edition, modals, mrkdwn, themes
from bot.render import digest as words
from bot.render.lines import Reader
from bot.store import channels, follows
from bot.store.channels import StoredSchedule, Wish
from handlers.commands.digest import clock, days, due, held
from handlers.slack import home, incoming, modal, outgoing
from handlers.slack.answers import reader
from handlers.slack.digest_form import CALLBACK, PREVIEW, Filled, form, read
from handlers.slack.door import Door, refusal
from handlers.slack.incoming import Caller

_BUTTONS = re.compile(r"digest_(follow|unfollow|mute|unmute)")
_TITLE = 300
_MOST = 60  # quotations that a button names
_FORGED = "That button is none of mine. Please use the newest digest."


def register(app: AsyncApp, door: Door) -> None:
    """Listen to the form and to the buttons of a theme."""

    @app.view(CALLBACK)
    async def submitted(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        who = incoming.caller(body)
        profile = await door.profile(client, who)
        chosen, faults = read(body["view"], profile.locale)
        if chosen is not None:
            faults = await taken(door, who, chosen, profile.locale)
        if chosen is None or faults:
            await ack(response_action="errors", errors=faults)
            return
        await ack()
        door.start(saved(door, client, who, chosen), client, who)

    @app.action(themes.MORE)
    async def more(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        who = incoming.caller(body)
        door.start(further(door, client, who, incoming.chosen(incoming.action(body))), client, who)

    @app.action(PREVIEW)
    async def preview(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        who = incoming.caller(body)
        door.start(previewed(door, client, who, body["view"]), client, who)

    @app.action(_BUTTONS)
    async def clicked(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        who = incoming.caller(body)
        door.start(done(door, client, who, incoming.action(body)), client, who)


def opens(text: str) -> bool:
    """Say whether these words after `/msc` ask for the form."""
    return text.strip().casefold() == "digest"


async def opened(door: Door, client: AsyncWebClient, who: Caller) -> None:
    """Open the form, filled with what the channel has."""
    asker = await door.asker(client, who)
    room = None if incoming.direct(who.channel) else who.channel
    stored = await channels.of_channel(door.services.db, who.team, room or "")
    wish = stored.wish if stored else Wish("08:00", editions.zone_or_utc(asker.timezone))
    view = form(wish, room, stored.version if stored else None, reader(asker))
    await client.views_open(trigger_id=str(who.trigger), view=view)


async def taken(door: Door, who: Caller, filled: Filled, locale: str) -> dict[str, str]:
    """Return the fault of a form that would change what its sender has not seen, by field."""
    known = await channels.of_channel(door.services.db, who.team, filled.channel)
    if known is None or known.version == filled.version:
        return {}
    key = "digest.has_one" if filled.version is None else "digest.changed_meanwhile"
    return {"channel": catalogue.say(Phrase(key), locale)}


async def saved(door: Door, client: AsyncWebClient, who: Caller, filled: Filled) -> None:
    """Announce the digest in its channel, which proves that we may post there, then keep it."""
    asker = await door.asker(client, who)
    wish = filled.wish
    planned = StoredSchedule(0, who.team, filled.channel, who.user, wish, "active", "", _now(), _now(), 0)
    said = catalogue.say(_saved(planned), asker.locale, wish.zone)
    try:
        await outgoing.post(client, filled.channel, blocks.sentence(said))
    except PostFailed as error:
        why = reader(asker).say("digest.not_set_up", why=await refusal(error, asker.locale, client))
        return await modal.told(client, who, blocks.sentence(why, filled.channel), reader(asker))
    await channels.save(door.services.db, who.team, filled.channel, who.user, wish, version=filled.version)
    return await home.published(door, client, who) if filled.home else None


async def previewed(door: Door, client: AsyncWebClient, who: Caller, view: Mapping[str, Any]) -> None:
    """Show over the form what its digest would hold now; nothing is kept or posted."""
    asker = await door.asker(client, who)
    reading = reader(asker)
    waiting = blocks.sentence(reading.say("context.loading"))
    view_id = await modal.over(client, who, _over(waiting, reading))

    async def say(message: outgoing.Message) -> None:
        await modal.fill(client, view_id, _over(message, reading))

    async def shown() -> None:
        filled, faults = read(view, asker.locale)
        if filled is None:
            await say(blocks.sentence(" ".join(faults.values())))
            return
        stored = await channels.of_channel(door.services.db, who.team, filled.channel)
        found = await held(door.services, asker, filled.channel, filled.wish, stored)
        await say(blocks.draw(words.reply(found, "", reading, filled.wish.themes), reading))

    await door.guarded(shown(), client, who, say)


def _over(message: outgoing.Message, reading: Reader) -> dict[str, Any]:
    return modals.results(message[1], reading, "digest.form_preview")


def _now() -> datetime:
    return datetime.now().astimezone()


def _saved(stored: StoredSchedule) -> Phrase:
    wish = stored.wish
    return Phrase(
        "digest.saved", {"days": days(wish), "at": clock(wish), "zone": wish.zone, "next": due(stored)}
    )


async def done(door: Door, client: AsyncWebClient, who: Caller, clicked: Mapping[str, Any]) -> None:
    """Follow or mute the theme that the button names, or take it back; answer privately with undo."""
    key, title = _theme(incoming.chosen(clicked))
    asker = await door.asker(client, who)
    db, reading = door.services.db, reader(asker)
    undo = ""
    match str(clicked.get("action_id")):
        case "digest_follow":
            new = await follows.follow(db, who.team, who.user, key, title, locale=asker.locale)
            words = reading.say("digest.followed" if new else "digest.followed_before", title=title)
            undo = "digest_unfollow"
        case "digest_unfollow":
            await follows.unfollow(db, who.team, who.user, key)
            words = reading.say("digest.unfollowed", title=title)
        case "digest_mute":
            until = await channels.mute(db, who.team, who.channel or "", key, title)
            words = reading.say("digest.muted", title=title, until=until)
            undo = "digest_unmute"
        case _:
            gone = await channels.unmute(db, who.team, who.channel or "", key)
            words = reading.say("digest.unmuted" if gone else "digest.not_muted", title=title)
    text, drawn = blocks.sentence(words)
    if undo:
        label = mrkdwn.plain(reading.say("digest.undo"), 75)
        value = str(incoming.chosen(clicked))
        button = {"type": "button", "action_id": undo, "text": label, "value": value}
        drawn.append({"type": "actions", "elements": [button]})
    await modal.told(client, who, (text, drawn), reading)


async def further(door: Door, client: AsyncWebClient, who: Caller, value: str | None) -> None:
    """Show a theme's other quotations to the clicker alone: those that their own workspace holds."""
    title, places = _places(value)
    asker = await door.asker(client, who)
    found = await others.quotations(door.services.db, who.team, places)
    if not found:
        raise QuestionError(catalogue.say(Phrase("digest.further_gone"), asker.locale))
    message = edition.further(title, found, reader(asker))
    if who.surface == "message":
        await outgoing.respond(client, who, message)
    else:
        await modal.over(client, who, modals.results(message[1], reader(asker)))


def _places(value: str | None) -> tuple[str, list[tuple[int, int]]]:
    """Read which quotations a button names; raises QuestionError for a value that we didn't write."""
    try:
        data = json.loads(value or "")
        title, places = str(data["t"]), [(article, start) for article, start in data["q"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise QuestionError(_FORGED, "digest.forged") from error
    if not all(type(n) is int and 0 <= n < 2**53 for place in places for n in place) or len(places) > _MOST:
        raise QuestionError(_FORGED, "digest.forged")
    return title[:_TITLE], places


def _theme(value: str | None) -> tuple[str, str]:
    """Read a button's value: a stranger's word; raises QuestionError for one that we didn't write."""
    try:
        data = json.loads(value or "")
        key, title = data["k"], data["t"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise QuestionError(_FORGED, "digest.forged") from error
    if not isinstance(key, str) or not isinstance(title, str) or not 0 < len(key) <= KEY:
        raise QuestionError(_FORGED, "digest.forged")
    return key, title[:_TITLE]
