"""`/msc digest now | preview | pause | resume | off | status`: a channel's digest by word.

Alone it opens the form in Slack (`handlers.slack.digest`); at other doors it shows the status.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.digest import editions, trouble
from bot.digest.schedule import next_run
from bot.models import Asker, Digest, Phrase, Reply, Section
from bot.render import digest as words
from bot.render.lines import Reader
from bot.store import channels, outbox, runs, seen
from bot.store.channels import StoredSchedule, Wish
from handlers.commands._command import Command

if TYPE_CHECKING:
    from bot.services import Services

Step = Callable[["Services", Asker, StoredSchedule | None], Awaitable[Reply]]


async def run(services: Services, asker: Asker, rest: str) -> Reply:
    """Do what is asked with the digest of the asker's channel."""
    step = _STEPS.get(rest.strip().casefold() or "status")
    if step is None:
        return _said(Phrase("digest.usage"))
    if asker.channel is None:
        return _said(Phrase("digest.no_channel"))
    stored = await channels.of_channel(services.db, asker.workspace, asker.channel)
    return await step(services, asker, stored)


def _said(headline: Phrase, *sections: Section) -> Reply:
    return Reply("digest", headline, sections=sections)


def days(wish: Wish) -> Phrase:
    """Return on which days a wish falls, in words."""
    return Phrase(f"digest.weekly_{wish.weekday}" if wish.days == "weekly" else f"digest.{wish.days}")


def clock(wish: Wish) -> time:
    """Return at which time of the day a wish falls, for the reader's manner of writing it."""
    return time.fromisoformat(wish.at)


def due(stored: StoredSchedule) -> datetime:
    """Return when the next digest is due."""
    return next_run(editions.rule(stored.wish), max(datetime.now(UTC), stored.since))


async def _status(services: Services, asker: Asker, stored: StoredSchedule | None) -> Reply:
    if stored is None:
        return _said(Phrase("digest.none_here"))
    found = await runs.recent(services.db, asker.workspace, stored.id)
    lines = tuple(
        Phrase(
            "digest.run",
            {"day": run.local_date, "state": Phrase(f"digest.run_{run.state}"), "reason": run.reason},
        )
        for run in found
    )
    return _said(state_of(stored), *([Section(None, lines)] if lines else []))


def state_of(stored: StoredSchedule) -> Phrase:
    """Return a channel's digest in one sentence: days, time, zone, themes, when it comes next."""
    wish = stored.wish
    values = {"days": days(wish), "at": clock(wish), "zone": wish.zone}
    if stored.state == "paused":
        return Phrase("digest.status_paused", values | {"reason": trouble.why(stored.reason)})
    return Phrase("digest.status", values | {"themes": wish.themes, "next": due(stored)})


async def _pause(services: Services, asker: Asker, stored: StoredSchedule | None) -> Reply:
    if stored is None:
        return _said(Phrase("digest.none_here"))
    changed = await channels.set_state(
        services.db, asker.workspace, stored.channel, "paused", trouble.BY_HAND
    )
    return _said(Phrase("digest.paused" if changed else "digest.paused_before"))


async def _resume(services: Services, asker: Asker, stored: StoredSchedule | None) -> Reply:
    if stored is None:
        return _said(Phrase("digest.none_here"))
    changed = await channels.set_state(services.db, asker.workspace, stored.channel, "active")
    if not changed:
        return _said(Phrase("digest.resumed_before"))
    return _said(Phrase("digest.resumed", {"next": due(replace(stored, since=datetime.now(UTC)))}))


async def _off(services: Services, asker: Asker, stored: StoredSchedule | None) -> Reply:
    gone = stored is not None and await channels.remove(services.db, asker.workspace, stored.channel)
    return _said(Phrase("digest.off" if gone else "digest.none_here"))


async def held(
    services: Services, asker: Asker, channel: str, wish: Wish, stored: StoredSchedule | None
) -> Digest:
    """Return what a channel's digest would hold now: what came in since its last one, or since a day."""
    chosen = replace(stored, wish=wish) if stored else _once(asker, channel, wish)
    moment = datetime.now(UTC)
    today = moment.astimezone(editions.where(chosen)).date()
    return await editions.arrivals(services.db, services.reference, chosen, (today,), moment)


async def _now(services: Services, asker: Asker, stored: StoredSchedule | None) -> Reply:
    """Lay an edition of what came in since the last one into the outbox; the schedule is not touched."""
    channel, wish = str(asker.channel), _wish(asker, stored)
    found = await held(services, asker, channel, wish, stored)
    if found.skip is not None or not found.themes:
        reason = found.skip or Phrase("digest.quiet", {"articles": found.articles})
        return _said(Phrase("digest.now_nothing", {"reason": reason}))
    messages = await asyncio.to_thread(editions.drawn, found, wish)
    moment = datetime.now(UTC)
    run = trouble.run_now(channel, asker.user or "", moment)
    if await seen.first(services.db, asker.workspace, [run.rpartition("-")[0]]):  # one a minute, whoever asks
        await outbox.put(services.db, asker.workspace, channel, run, messages, moment)
    return _said(Phrase("digest.now", {"themes": min(len(found.themes), wish.themes)}))


async def _preview(services: Services, asker: Asker, stored: StoredSchedule | None) -> Reply:
    """Show the asker alone what the next edition would hold now."""
    wish = _wish(asker, stored)
    found = await held(services, asker, str(asker.channel), wish, stored)
    return words.reply(found, "digest preview", Reader(asker.locale, asker.timezone), wish.themes)


def _wish(asker: Asker, stored: StoredSchedule | None) -> Wish:
    zone = editions.zone_or_utc(asker.timezone)
    return stored.wish if stored else Wish("08:00", zone, locale=asker.locale)


def _once(asker: Asker, channel: str, wish: Wish) -> StoredSchedule:
    """Return what stands for the schedule of a channel that has none: the last day."""
    moment = datetime.now(UTC)
    return StoredSchedule(
        0, asker.workspace, channel, asker.user or "", wish, "active", "", moment,
        moment - timedelta(days=1), 0,
    )  # fmt: skip


_STEPS: dict[str, Step] = {
    "status": _status,
    "pause": _pause,
    "resume": _resume,
    "off": _off,
    "stop": _off,
    "now": _now,
    "preview": _preview,
}

COMMAND = Command(
    name="digest",
    usage="digest [now | preview | pause | resume | off | status]",
    summary="commands.digest",
    run=run,
    examples=("digest status", "digest preview"),
    changes=True,
    order=46,
)
