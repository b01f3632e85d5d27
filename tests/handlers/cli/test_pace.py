"""The pace of a long run: how many, how fast, when it will be done."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.cli._pace import Pace

NOW = datetime(2026, 2, 14, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that a test sets."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def paced(total: int | None, *, count: int, seconds: float) -> Pace:
    clock = Clock()
    pace = Pace(total, clock)
    for _ in range(count):
        clock.now += seconds / count
        pace.step()
    return pace


@pytest.mark.parametrize(
    ("total", "count", "seconds", "words"),
    [
        (100_000, 1_000, 100, "1,000 of 100,000, 10.0 a second, done at 14:45 (in 2 h 45 min)"),
        (100_000, 400, 400, "400 of 100,000, 1.0 a second, done at Sun 15 Feb 15:40 (in 27 h 40 min)"),
        (1_600, 1_000, 100, "1,000 of 1,600, 10.0 a second, done at 12:01 (in 60 s)"),
        (None, 1_000, 100, "1,000, 10.0 a second"),
        (50, 0, 0, "0 of 50"),
        (10, 12, 12, "12 of 10, 1.0 a second, done at 12:00 (in 0 s)"),  # more came than was counted
    ],
)
def test_the_line_says_how_many_how_fast_and_when(
    total: int | None, count: int, seconds: float, words: str
) -> None:
    assert paced(total, count=count, seconds=seconds).told(NOW) == words


def test_the_rate_is_that_of_the_last_half_minute() -> None:
    clock = Clock()
    pace = Pace(None, clock)
    for _ in range(10_000):  # nothing new in these
        clock.now += 0.001
        pace.step()
    for _ in range(60):
        clock.now += 1
        pace.step()
    assert pace.rate == pytest.approx(1, rel=0.1)
