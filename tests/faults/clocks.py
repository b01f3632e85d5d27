"""Every local date from 2024 to 2030 in 25 zones at 6 local times: exactly one run a due date."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock

from bot.digest.schedule import Days, Schedule, due, instant, zone

ZONES = [
    *("UTC", "Europe/Berlin", "Europe/London", "Europe/Lisbon", "America/New_York"),
    *("America/Los_Angeles", "America/Sao_Paulo", "America/Santiago", "America/Havana", "America/Nuuk"),
    *("America/St_Johns", "America/Asuncion", "Africa/Cairo", "Africa/Casablanca", "Asia/Beirut"),
    *("Asia/Gaza", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo", "Australia/Lord_Howe"),
    *("Australia/Sydney", "Pacific/Apia", "Pacific/Chatham", "Pacific/Kiritimati", "Antarctica/Troll"),
]
TIMES = [clock(0, 0), clock(2, 30), clock(3, 0), clock(8, 0), clock(12, 15), clock(23, 30)]
FIRST, LAST = date(2024, 1, 1), date(2030, 12, 31)
_DAY = timedelta(days=1)


def looks(schedule: Schedule, first: date, last: date) -> Iterator[datetime]:
    """Yield the moments at which a clock looks: around the due time, and with the clock set back an hour."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        moment = instant(date.fromordinal(ordinal), schedule.at, schedule.zone)
        yield moment - timedelta(seconds=1)
        yield moment
        yield moment + timedelta(minutes=61)
        yield moment


def runs(schedule: Schedule, first: date, last: date) -> list[date]:
    """Return the local dates that ran, in order, when the clock looks at those moments."""
    done: list[date] = []
    since = datetime.combine(first, clock(0), UTC) - 2 * _DAY
    newest = first - _DAY
    for now in looks(schedule, first, last):
        edition = due(schedule, now, since=since, last=newest)
        if edition is not None:
            done.extend(edition.covers)
            newest = edition.day
    return done


def simulate(zones: list[str], times: list[clock], first: date = FIRST, last: date = LAST) -> tuple[int, int]:
    """Return how many dates were due and how many of them did not run exactly once."""
    wanted = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
    wrong = 0
    for name in zones:
        zone(name)
        for at in times:
            wrong += runs(Schedule(at, name, Days.DAILY), first, last) != wanted
    return len(zones) * len(times) * len(wanted), wrong


def run() -> None:
    """Print the figure of the whole simulation."""
    started = time.perf_counter()
    dates, wrong = simulate(ZONES, TIMES)
    took = time.perf_counter() - started
    print(f"clocks: {dates} due dates in {len(ZONES)} zones, {wrong} schedules wrong, {took:.0f} s")
    assert wrong == 0
    assert took < 60
