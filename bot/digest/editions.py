"""The clock's work: what is due is claimed, composed, drawn and laid into the outbox, or skipped."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.digest import chart, compose
from bot.digest.compose import Period
from bot.digest.past import DAYS
from bot.digest.schedule import Days, Edition, Schedule, Timing, due, zone
from bot.errors import UsageError
from bot.models import Digest, Phrase, Theme
from bot.reference import Reference
from bot.render import catalogue, mrkdwn
from bot.render import edition as drawing
from bot.render.lines import Reader
from bot.store import Database, channels, days, runs
from bot.store.channels import StoredSchedule, Wish
from bot.store.runs import Claim

KEY = 255
Message = dict[str, Any]


def rule(wish: Wish) -> Schedule:
    """Return the schedule that a person's wish means; raises UsageError for a zone that does not exist."""
    hour, minute = wish.at.split(":")
    return Schedule(time(int(hour), int(minute)), zone(wish.zone).key, Days(wish.days), wish.weekday)


def where(stored: StoredSchedule) -> ZoneInfo:
    """Return a schedule's zone."""
    return zone(stored.wish.zone)


def zone_or_utc(name: str) -> str:
    """Return the zone's own name, UTC for one that does not exist."""
    try:
        return zone(name).key
    except UsageError:
        return "UTC"


async def begin(db: Database, reference: Reference, now: datetime) -> int:
    """Claim and make every edition that is due, take over what died; return how many were made."""
    made = 0
    for stored in await channels.active(db):
        claim = await _claimed(db, stored, now)
        made += await _made(db, reference, stored, claim, now) if claim else 0
    known = {stored.id: stored for stored in await channels.active(db)}
    for claim in await runs.take_over(db, now):
        if stored_ := known.get(claim.schedule_id):
            made += await _made(db, reference, stored_, claim, now)
    return made


async def _claimed(db: Database, stored: StoredSchedule, now: datetime) -> Claim | None:
    schedule = rule(stored.wish)
    today = now.astimezone(zone(schedule.zone)).date()
    last = await runs.last_date(db, stored.id, today)
    edition = due(schedule, now, since=stored.since, last=last)
    if edition is None:
        return None
    return await runs.claim(
        db, stored.workspace, stored.id, edition.covers, edition.timing.value, edition.due, now
    )


async def _made(
    db: Database, reference: Reference, stored: StoredSchedule, claim: Claim, now: datetime
) -> bool:
    found = await arrivals(db, reference, stored, claim.covers, now)
    edition = Edition(claim.covers, claim.due, Timing(claim.timing))
    if found.skip is not None and (stored.wish.skip_quiet or not found.themes):
        return await runs.skipped(db, claim, catalogue.say(found.skip))
    messages = await asyncio.to_thread(drawn, found, stored.wish, edition)  # it draws a picture, too
    return await runs.rendered(db, claim, stored.workspace, stored.channel, messages, now, now)


async def arrivals(
    db: Database, reference: Reference, stored: StoredSchedule, covers: Sequence[date], now: datetime
) -> Digest:
    """Return what came in since the channel's last edition, without the themes that it has muted."""
    period = Period(covers[-1], covers[-1], where(stored))
    after = stored.read_until
    held = await days.arrived(db, stored.workspace, after, now)
    before = await days.arrived(db, stored.workspace, after - DAYS * compose.DAY, after, only_said=True)
    # one to two seconds of work on a day of 500 articles: beside the event loop, not in it
    found = await asyncio.to_thread(compose.digest, held, before, reference, period, came_in=True)
    return without(found, await channels.muted(db, stored.workspace, stored.channel, now))


def without(found: Digest, muted: frozenset[str]) -> Digest:
    """Return the digest without muted themes; with none left there is nothing to post."""
    themes = tuple(theme for theme in found.themes if name(theme) not in muted)
    quiet = Phrase("digest.quiet", {"articles": found.articles})
    worth = any(compose.worth_it(theme) for theme in themes)
    return replace(found, themes=themes, skip=found.skip or (None if worth else quiet))


def name(theme: Theme) -> str:
    """Return what a theme is followed and muted by: its folded words, which stay from day to day."""
    return "+".join(theme.key)[:KEY]


def drawn(found: Digest, wish: Wish, edition: Edition | None = None) -> list[Message]:
    """Return the frozen messages of an edition: the parent, a theme each for its thread, the rest."""
    reader = Reader(wish.locale, wish.zone)
    shown = found.themes[: wish.themes]
    parent = drawing.parent(found, reader, wish.themes, _marks(edition))
    thread = [drawing.message(theme, reader, buttons(theme, reader)) for theme in shown]
    if rest := found.themes[wish.themes :]:
        thread.append(drawing.others(rest, reader))
    first, *later = [{"text": text, "blocks": blocks} for text, blocks in [parent, *thread]]
    return [first, _picture(replace(found, themes=shown), reader), *later]


def _picture(found: Digest, reader: Reader) -> Message:
    """Return the message with the picture of counts, and the text bars that stand for it elsewhere."""
    text, blocks = drawing.counts(found, reader)
    picture = {
        "png": b64encode(chart.picture(found, locale=reader.locale)).decode(),
        "title": reader.say("digest.chart_title"),
        "alt": chart.described(found, reader.locale),
    }
    return {"text": text, "blocks": blocks, "picture": picture}


def _marks(edition: Edition | None) -> tuple[Phrase, ...]:
    if edition is None or edition.timing is Timing.ON_TIME:
        return ()
    if edition.timing is Timing.LATE or len(edition.covers) == 1:
        return (Phrase("digest.late", {"due": edition.due}),)
    return (Phrase("digest.catch_up", {"first": edition.covers[0], "last": edition.covers[-1]}),)


def buttons(theme: Theme, reader: Reader) -> tuple[dict[str, Any], ...]:
    """Return Follow and Mute: a click carries the theme's name and nothing else."""
    value = json.dumps({"k": name(theme), "t": mrkdwn.clip(theme.title, 200)}, ensure_ascii=False)
    return (
        _button(reader, "follow", "digest_follow", value),
        _button(reader, "mute", "digest_mute", value),
    )


def _button(reader: Reader, label: str, action: str, value: str) -> dict[str, Any]:
    text = mrkdwn.plain(reader.say(f"digest.{label}"), 75)
    return {"type": "button", "action_id": action, "text": text, "value": value}
