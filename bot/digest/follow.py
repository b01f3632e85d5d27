"""Followers hear of new quotations on their theme: a direct message, at most one a day, one click ends it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

from bot.digest import compose
from bot.digest.compose import Period
from bot.digest.editions import name
from bot.digest.past import DAYS
from bot.models import Phrase, Theme
from bot.reference import Reference
from bot.render import edition as drawing
from bot.render import mrkdwn
from bot.render.lines import Reader
from bot.store import Database, days, follows, outbox
from bot.store.follows import Follow

_DAY = timedelta(days=1)


async def notes(db: Database, reference: Reference, now: datetime) -> int:
    """Lay a note into the outbox for each follower whose theme has new quotations; return how many."""
    told = 0
    for workspace in await follows.workspaces(db):
        waiting = [f for f in await follows.listing(db, workspace) if f.told is None or f.told < now.date()]
        if not waiting:
            continue
        found: dict[datetime, Sequence[Theme]] = {}
        for follow in waiting:
            after = max(follow.since, now - _DAY)  # what stood there before is not new to a follower
            if after not in found:
                found[after] = await _themes(db, reference, workspace, after, now)
            if theme := matching(follow, found[after]):
                told += await _note(db, follow, theme, now)
    return told


async def _themes(
    db: Database, reference: Reference, workspace: str, after: datetime, now: datetime
) -> Sequence[Theme]:
    held = await days.arrived(db, workspace, after, now)
    if not held:
        return ()
    before = await days.arrived(db, workspace, after - DAYS * _DAY, after, only_said=True)
    period = Period(now.date(), now.date(), ZoneInfo("UTC"))
    found = await asyncio.to_thread(compose.digest, held, before, reference, period, came_in=True)
    return found.themes


def matching(follow: Follow, found: Sequence[Theme]) -> Theme | None:
    """Return the theme that is the followed one today: the same key, or its words among the theme's."""
    wanted = set(follow.key.split("+"))
    same = [theme for theme in found if name(theme) == follow.key]
    near = [theme for theme in found if wanted <= {*theme.key, *theme.also}]
    return next((theme for theme in (*same, *near) if theme.quotations), None)


async def _note(db: Database, follow: Follow, theme: Theme, now: datetime) -> bool:
    if not await follows.told(db, follow, now.date()):
        return False
    run = f"follow-{follow.user}-{now.date()}-{crc32(follow.key.encode())}"
    return await outbox.put(
        db, follow.workspace, follow.user, run, [drawn(follow, theme)], now.astimezone(UTC)
    )


def drawn(follow: Follow, theme: Theme) -> dict[str, Any]:
    """Return the note as a frozen message: what is new, the theme, and the button that ends it."""
    reader = Reader(follow.locale)
    values = {"title": follow.title, "quotations": theme.quotations, "articles": theme.articles}
    said = mrkdwn.line(reader.phrase(Phrase("digest.note", values)))
    stop = {
        "type": "button",
        "action_id": "digest_unfollow",
        "text": mrkdwn.plain(reader.say("digest.unfollow"), 75),
        "value": json.dumps({"k": follow.key, "t": follow.title}, ensure_ascii=False),
    }
    _, blocks = drawing.message(theme, reader, (stop,))
    return {"text": said, "blocks": [{"type": "section", "text": mrkdwn.text(said)}, *blocks]}
