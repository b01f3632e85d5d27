"""The picture of a digest: the same bytes for the same counts, the numbers in words beside it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.digest import chart
from bot.models import Digest, Theme, ThemeState
from bot.render.themes import bars

DAY = date(2026, 2, 14)


def digest(*themes: Theme) -> Digest:
    return Digest(DAY, DAY, themes)


def theme(title: str, *counts: int) -> Theme:
    return Theme(title, ("key",), ThemeState.NEW, 1, counts[-1], (0,) * (15 - len(counts)) + counts, 1.0)


@pytest.mark.parametrize("colours", [chart.LIGHT, chart.DARK], ids=["light", "dark"])
def test_a_picture_is_a_png_and_always_the_same(colours: chart.Colours) -> None:
    shown = digest(theme("Migration", 2, 5), theme("$\\frac{$ {Harbour} " + "long " * 40, 1))
    first = chart.picture(shown, colours)
    assert first.startswith(b"\x89PNG")
    assert chart.picture(shown, colours) == first


def test_no_themes_give_an_empty_picture_and_not_a_mistake() -> None:
    assert chart.picture(digest()).startswith(b"\x89PNG")


def test_the_alt_text_says_every_number() -> None:
    said = chart.described(digest(theme("Migration", 2, 0, 5)))
    assert "Migration: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 5." in said
    assert len(chart.described(digest(*(theme("x" * 900, n) for n in range(6))))) <= 2_000


def test_counts_as_text_bars() -> None:
    assert bars((0, 4, 8)) == "▁▅█"
    assert bars((0, 0)) == "▁▁"
