"""What changed between two texts of an article, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.changes import changes, signed


@pytest.mark.parametrize(
    ("earlier", "later", "shown"),
    [
        ("Same.\n\nOn Monday.", "Same.\n\nOn Tuesday.", ["On [-Monday.-] {+Tuesday.+}"]),
        ("One.\n\nTwo.", "One.\n\nTwo.\n\nThree is new.", ["{+Three is new.+}"]),
        ("One.\n\nTwo is gone.\n\nThree.", "One.\nThree.", ["[-Two is gone.-]"]),
        ("One.\n\nTwo.", "One.\n\n\nTwo.", []),
        ("", "All of it.", ["{+All of it.+}"]),
    ],
)  # fmt: skip
def test_each_changed_paragraph_shows_what_went_and_what_came(
    earlier: str, later: str, shown: list[str]
) -> None:
    assert [signed(words) for words in changes(earlier, later)] == shown


@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
def test_nothing_is_shown_that_stands_in_neither_text(earlier: str, later: str) -> None:
    for words in changes(earlier, later):
        assert {w for op, w in words if op != "added"} <= set(earlier.split())
        assert {w for op, w in words if op != "missing"} <= set(later.split())
