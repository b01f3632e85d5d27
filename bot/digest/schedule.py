"""When a digest is due: local time and IANA zone → due local dates and instants. Pure; no clock is read.

A local date is due once, whatever the clock does: a time that a spring change skips runs at the first
moment that exists, a time that an autumn change doubles runs the first time, a clock set back runs nothing
again. Scheduler libraries get these wrong (croniter and APScheduler fire 02:30 twice in autumn).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

from bot.errors import UsageError
from bot.normalise import fold

PROMPT = timedelta(minutes=15)  # up to here an edition is on time
LATE = timedelta(hours=6)  # up to here it is posted late; beyond, it is one edition for the whole gap
_DAY = timedelta(days=1)


class Days(StrEnum):
    """On which local dates a digest is due."""

    DAILY = "daily"
    WEEKDAYS = "weekdays"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A local time in a zone on some days; `weekday` (Monday is 0) counts for weekly ones only."""

    at: time
    zone: str
    days: Days = Days.DAILY
    weekday: int = 0

    def falls_on(self, day: date) -> bool:
        """Say whether a local date is one of this schedule's."""
        match self.days:
            case Days.DAILY:
                return True
            case Days.WEEKDAYS:
                return day.weekday() < 5
            case Days.WEEKLY:
                return day.weekday() == self.weekday


class Timing(StrEnum):
    """Whether an edition comes when it should."""

    ON_TIME = "on_time"
    LATE = "late"
    CATCH_UP = "catch_up"


@dataclass(frozen=True, slots=True)
class Edition:
    """A digest to post now: `covers` are the due local dates that it stands for, the newest last."""

    covers: tuple[date, ...]
    due: datetime
    timing: Timing = Timing.ON_TIME

    @property
    def day(self) -> date:
        """The newest local date covered: the edition's own."""
        return self.covers[-1]


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    return {fold(name).replace("_", " "): name for name in sorted(available_timezones())}


@lru_cache(maxsize=512)
def zone(name: str) -> ZoneInfo:
    """Return the zone of an IANA name in any case; raises UsageError with the nearest names."""
    zones = _zones()
    key = fold(name.strip()).replace("_", " ")
    if key in zones:
        return ZoneInfo(zones[key])
    near = _near(key, zones)
    meant = f"Did you mean {' or '.join(near)}?" if near else "Use a name such as Europe/Berlin."
    sentence = "digest.no_zone_near" if near else "digest.no_zone"
    raise UsageError(f"There is no time zone {name!r}. {meant}", sentence, name=name, near=near)


def _near(key: str, zones: dict[str, str]) -> list[str]:
    """Return the names of the zones whose city is written alike."""
    cities = {city: full for full in zones for city in [full.rsplit("/", 1)[-1]] if "/" in full}
    near = process.extract(key.rsplit("/", 1)[-1], list(cities), scorer=fuzz.ratio, limit=3, score_cutoff=70)
    return [zones[cities[city]] for city, _, _ in near]


def instant(day: date, at: time, zone_name: str) -> datetime:
    """Return the UTC moment of a local time on a date: the first one that exists, the first of two."""
    where = zone(zone_name)
    wall = datetime.combine(day, at.replace(tzinfo=None))
    moment = wall.replace(tzinfo=where).astimezone(UTC)
    if moment.astimezone(where).replace(tzinfo=None) == wall:
        return moment
    return _after_gap(wall, where)


def _after_gap(wall: datetime, where: ZoneInfo) -> datetime:
    """Return the moment at which the clocks jumped over `wall`: it lies between its two readings."""
    before = wall.replace(tzinfo=where, fold=1).astimezone(UTC)
    after = wall.replace(tzinfo=where, fold=0).astimezone(UTC)
    offset = before.astimezone(where).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(where).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def dates(schedule: Schedule, first: date, last: date) -> Iterator[date]:
    """Yield the due local dates from `first` to `last`, both included."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if schedule.falls_on(day):
            yield day


def due(schedule: Schedule, now: datetime, *, since: datetime, last: date | None = None) -> Edition | None:
    """Return the edition that is due at `now`, or None.

    `since` is when the schedule was made, edited or resumed: nothing before it is owed. `last` is the
    newest local date up to today that already ran. All pending dates become one edition.
    """
    where = zone(schedule.zone)
    today = now.astimezone(where).date()
    first = max(since.astimezone(where).date() - _DAY, last + _DAY if last else date.min)
    pending = [
        (day, moment)
        for day in dates(schedule, first, today)
        if since < (moment := instant(day, schedule.at, schedule.zone)) <= now
    ]
    if not pending:
        return None
    newest = pending[-1][1]
    return Edition(tuple(day for day, _ in pending), newest, _timing(len(pending), now - newest))


def _timing(pending: int, overdue: timedelta) -> Timing:
    if pending > 1 or overdue > LATE:
        return Timing.CATCH_UP
    return Timing.LATE if overdue > PROMPT else Timing.ON_TIME


def next_run(schedule: Schedule, after: datetime, *, last: date | None = None) -> datetime:
    """Return the next moment after `after` at which a date that has not run is due."""
    day = after.astimezone(zone(schedule.zone)).date() - _DAY
    if last is not None:
        day = max(day, last + _DAY)
    while True:
        if schedule.falls_on(day) and (moment := instant(day, schedule.at, schedule.zone)) > after:
            return moment
        day += _DAY
