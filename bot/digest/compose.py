"""A period → its digest: the articles are read from the store, everything else is pure."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.digest.folding import Folding
from bot.digest.past import DAYS
from bot.digest.stories import stories
from bot.digest.themes import MOST, gather, themes
from bot.digest.units import Entry
from bot.models import Digest, Phrase, Theme
from bot.reference import Reference
from bot.store import Database, days
from bot.store.days import Held

QUOTED = 2  # quotations from articles that are no advertisement, from which on a theme is worth a message
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Local dates, both included, in a zone; `everything` takes every article whatever its day."""

    first: date
    last: date
    zone: ZoneInfo
    everything: bool = False

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The half-open range of UTC moments of the period."""
        start = datetime.combine(self.first, time(), self.zone)
        end = datetime.combine(self.last + DAY, time(), self.zone)
        return start.astimezone(UTC), end.astimezone(UTC)


async def of_period(
    db: Database, workspace: str, reference: Reference, period: Period, most: int = MOST
) -> Digest:
    """Return the digest of the articles that are dated in the period, or came in then without a date."""
    if period.everything:
        found, earlier = await days.within(db, workspace, None, None), []
    else:
        before = Period(period.first - DAYS * DAY, period.first - DAY, period.zone)
        found = await days.within(db, workspace, (period.first, period.last), period.moments)
        earlier = await days.within(
            db, workspace, (before.first, before.last), before.moments, only_said=True
        )
    # one to two seconds on a day of 500 articles: beside the event loop, not in it
    return await asyncio.to_thread(digest, found, earlier, reference, period, most)


async def of_arrivals(
    db: Database,
    workspace: str,
    reference: Reference,
    period: Period,
    moments: tuple[datetime, datetime],
    most: int = MOST,
) -> Digest:
    """Return the digest of what came in after the first moment up to the second: a channel's edition."""
    after, until = moments
    found = await days.arrived(db, workspace, after, until)
    earlier = await days.arrived(db, workspace, after - DAYS * DAY, after, only_said=True)
    return digest(found, earlier, reference, period, most, came_in=True)


def digest(
    found: Sequence[Held],
    earlier: Sequence[Held],
    reference: Reference,
    period: Period,
    most: int = MOST,
    *,
    came_in: bool = False,
) -> Digest:
    """Return the digest of articles, after what was held in the 14 days before; pure.

    With `came_in` an article counts on the day it came in, whatever its date.
    """
    folding = Folding(reference)
    here = {None, *(held.stored.id for held in found)}
    entries = [_entry(held, period.zone, came_in, copy=held.stored.reprint_of not in here) for held in found]
    before = [_entry(held, period.zone, came_in) for held in earlier]
    day, past = gather(entries, before, period.first, folding)
    made = themes(day, past, folding, most) if entries else ()
    used = [e for n, e in enumerate(day.entries) if n not in day.reprints]
    return Digest(
        first=period.first,
        last=period.last,
        themes=made,
        articles=len(entries),
        reprints=len(day.reprints),
        sponsored=sum(e.sponsored for e in used),
        undated=sum(e.article.published is None for e in used),
        sources=len({e.article.publisher or e.article.source for e in used}),
        quotations=sum(len(e.findings.quotations) for e in used),
        cut=days.full(found),
        stories=stories(day),
        skip=_skip(entries, used, made, period),
    )


def _entry(held: Held, zone: ZoneInfo, came_in: bool, *, copy: bool = False) -> Entry:
    article = held.stored.article
    arrival = article.fetched.astimezone(zone).date()
    day = arrival if came_in or article.published is None else article.published
    return Entry(held.stored.id, article, held.findings, day, copy)


def _skip(
    entries: Sequence[Entry], used: Sequence[Entry], made: Iterable[Theme], period: Period
) -> Phrase | None:
    """Return why there is nothing to post, None where there is."""
    when = {"first": period.first, "last": period.last}
    if not entries and period.everything:
        return Phrase("digest.no_articles_all")
    if not entries:
        return Phrase(
            "digest.no_articles" if period.first == period.last else "digest.no_articles_range", when
        )
    if not used:
        return Phrase("digest.only_reprints", when | {"articles": len(entries)})
    if all(e.sponsored for e in used):
        return Phrase("digest.only_sponsored", when | {"articles": len(entries)})
    if not any(worth_it(theme) for theme in made):
        return Phrase("digest.quiet", when | {"articles": len(entries)})
    return None


def worth_it(theme: Theme) -> bool:
    """Say whether a theme has two quotations from articles that are neither sponsored nor reprinted."""
    return sum(not a.sponsored for a in (*theme.quotes, *theme.more)) >= QUOTED
