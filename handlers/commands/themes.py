"""`/msc themes [DAY]`: what a day's articles have in common."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.digest import compose
from bot.digest.compose import Period
from bot.digest.schedule import zone
from bot.errors import UsageError
from bot.models import Asker, Digest, Phrase, Reply
from bot.normalise import fold
from bot.render import digest as words
from bot.render.lines import Reader
from bot.search import days_named
from bot.store import days, overview
from handlers.commands._command import Command

if TYPE_CHECKING:
    from bot.services import Services


async def run(services: Services, asker: Asker, rest: str) -> Reply:
    """Answer with the themes of the day or days named, of today where none is."""
    question = f"themes {rest}".strip()
    where = _zone(asker)
    today = datetime.now(UTC).astimezone(where).date()
    period = named(rest, today, where)
    if period is None:
        return Reply(question, Phrase("digest.unread_day", {"words": rest.strip()}))
    if period.first > today:
        return Reply(question, Phrase("digest.future", {"first": period.first}))
    reader = Reader(asker.locale, asker.timezone)
    found = await compose.of_period(services.db, asker.workspace, services.reference, period)
    reply = words.reply(found, question, reader)
    return reply if found.articles else await _nothing(services, asker, found, reply)


def named(rest: str, today: date, where: ZoneInfo) -> Period | None:
    """Return the period that the words name, today for none, None where they can't be read."""
    asked = fold(rest).strip().removeprefix("of ").removeprefix("on ").removeprefix("for ")
    if not asked:
        return Period(today, today, where)
    found = days_named(asked, today)
    if found is None or found[1].group().strip() != asked:
        return None
    range_ = found[0]
    return Period(range_.first or range_.last or today, range_.last or today, where)


async def _nothing(services: Services, asker: Asker, found: Digest, reply: Reply) -> Reply:
    """Say that the day has no articles, and offer the last one that has."""
    if not (await overview.glance(services.db, asker.workspace, 1)).numbers.articles:
        return Reply(reply.question, Phrase("search.empty_corpus"))
    newest = await days.newest(services.db, asker.workspace, found.last)
    choices = (f"themes {newest.isoformat()}",) if newest else ()
    return Reply(reply.question, reply.headline, choices=choices)


def _zone(asker: Asker) -> ZoneInfo:
    try:
        return zone(asker.timezone)
    except UsageError:
        return ZoneInfo("UTC")


COMMAND = Command(
    name="themes",
    usage="themes [today | yesterday | 12 Feb | last week]",
    summary="commands.themes",
    run=run,
    examples=("themes yesterday",),
    aliases=("topics",),
    order=45,
)
