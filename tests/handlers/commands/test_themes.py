"""`/msc themes`: the day that was named, or a sentence."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from handlers.commands.themes import named

TODAY = date(2026, 2, 16)  # a Monday


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("", TODAY, TODAY),
        ("today", TODAY, TODAY),
        ("yesterday", date(2026, 2, 15), date(2026, 2, 15)),
        ("12 Feb", date(2026, 2, 12), date(2026, 2, 12)),
        ("of 2026-02-12", date(2026, 2, 12), date(2026, 2, 12)),
        ("last week", date(2026, 2, 9), date(2026, 2, 15)),
    ],
)
def test_days_are_read(words: str, first: date, last: date) -> None:
    period = named(words, TODAY, ZoneInfo("UTC"))
    assert period is not None
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize("words", ["the day after", "12 Feb and Greenland", "💥"])
def test_words_that_are_no_day_are_not_guessed(words: str) -> None:
    assert named(words, TODAY, ZoneInfo("UTC")) is None
