"""A digest is due once for each local date, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.digest.schedule import Days, Schedule, Timing, due, instant, next_run, zone
from bot.errors import UsageError
from tests.faults import clocks

BERLIN = Schedule(time(8, 0), "Europe/Berlin")
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "at", "name", "moment"),
    [
        (date(2026, 2, 13), time(8), "Europe/Berlin", "2026-02-13T07:00"),
        # skipped in spring: the first time that exists
        (date(2026, 3, 29), time(2, 30), "Europe/Berlin", "2026-03-29T01:00"),
        (date(2026, 3, 28), time(23, 30), "America/Nuuk", "2026-03-29T01:00"),
        (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe", "2026-10-03T15:30"),
        (date(2024, 9, 8), time(0, 0), "America/Santiago", "2024-09-08T04:00"),
        # doubled in autumn: the first one
        (date(2026, 10, 25), time(2, 30), "Europe/Berlin", "2026-10-25T00:30"),
    ],
)
def test_local_time_is_found_over_clock_changes(day: date, at: time, name: str, moment: str) -> None:
    assert instant(day, at, name) == utc(moment)


def test_every_due_date_runs_once_also_with_the_clock_set_back() -> None:
    odd = ["Europe/Berlin", "America/Nuuk", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca"]
    dates, wrong = clocks.simulate(
        odd, [time(0, 0), time(2, 30), time(23, 30)], date(2026, 1, 1), date(2026, 12, 31)
    )
    assert (dates, wrong) == (365 * 15, 0)


def test_nothing_is_due_before_its_time_and_nothing_twice() -> None:
    last = date(2026, 2, 12)
    assert due(BERLIN, utc("2026-02-13T06:59:59"), since=LONG_AGO, last=last) is None
    edition = due(BERLIN, utc("2026-02-13T07:00"), since=LONG_AGO, last=last)
    assert edition is not None
    assert (edition.covers, edition.timing) == ((date(2026, 2, 13),), Timing.ON_TIME)
    assert due(BERLIN, utc("2026-02-13T07:00"), since=LONG_AGO, last=edition.day) is None


@pytest.mark.parametrize(
    ("now", "timing", "covers"),
    [
        ("2026-02-13T07:10", Timing.ON_TIME, 1),
        ("2026-02-13T12:59", Timing.LATE, 1),
        ("2026-02-13T13:01", Timing.CATCH_UP, 1),
        ("2026-02-16T07:01", Timing.CATCH_UP, 4),
    ],
)
def test_a_missed_digest_is_late_and_a_long_gap_is_one_edition(now: str, timing: Timing, covers: int) -> None:
    edition = due(BERLIN, utc(now), since=LONG_AGO, last=date(2026, 2, 12))
    assert edition is not None
    assert (edition.timing, len(edition.covers)) == (timing, covers)


def test_nothing_is_owed_from_before_it_was_made_or_resumed() -> None:
    made = utc("2026-02-13T10:00")
    assert due(BERLIN, utc("2026-02-13T11:00"), since=made) is None
    edition = due(BERLIN, utc("2026-02-14T07:00"), since=made)
    assert edition is not None
    assert edition.covers == (date(2026, 2, 14),)


def test_an_edited_zone_gives_no_second_digest_on_a_date_that_ran() -> None:
    ran = date(2026, 2, 14)  # already Saturday in Tokyo when the zone was edited
    moved = Schedule(time(8), "America/Los_Angeles")
    edited = utc("2026-02-13T23:30")
    assert due(moved, utc("2026-02-14T17:00"), since=edited, last=ran) is None
    edition = due(moved, utc("2026-02-15T16:00"), since=edited, last=ran)
    assert edition is not None
    assert edition.covers == (date(2026, 2, 15),)


def test_weekdays_and_weekly() -> None:
    weekdays = Schedule(time(8), "UTC", Days.WEEKDAYS)
    assert next_run(weekdays, utc("2026-02-13T08:00")) == utc("2026-02-16T08:00")
    weekly = Schedule(time(8), "UTC", Days.WEEKLY, weekday=4)
    assert next_run(weekly, utc("2026-02-13T08:00")) == utc("2026-02-20T08:00")
    assert next_run(weekly, utc("2026-02-13T07:00"), last=date(2026, 2, 13)) == utc("2026-02-20T08:00")


def test_next_run_is_when_it_becomes_due() -> None:
    moment = next_run(BERLIN, utc("2026-03-28T12:00"))
    assert moment == utc("2026-03-29T06:00")
    assert due(BERLIN, moment, since=utc("2026-03-28T12:00")) is not None
    assert due(BERLIN, moment - timedelta(seconds=1), since=utc("2026-03-28T12:00")) is None


@pytest.mark.parametrize("wrong", ["Europe/Berln", "berlin", "Europe/berlín ", "Germany/Berlin"])
def test_an_unknown_zone_gets_the_nearest_name(wrong: str) -> None:
    if wrong.strip() == "Europe/berlín":
        assert zone(wrong).key == "Europe/Berlin"
        return
    with pytest.raises(UsageError, match="Did you mean Europe/Berlin"):
        zone(wrong)


def test_a_zone_like_nothing_gets_an_example() -> None:
    with pytest.raises(UsageError, match="Use a name such as Europe/Berlin"):
        zone("../../etc/passwd")
