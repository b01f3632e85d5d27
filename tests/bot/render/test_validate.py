"""The judge of Block Kit lets good payloads pass and never raises."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.validate import faults, view_faults
from tests.bot.render.payloads import VALID, Json, field, modal, plain, section


@pytest.mark.parametrize("name", VALID)
def test_a_valid_payload_has_no_fault(name: str) -> None:
    surface, blocks = VALID[name]
    assert faults(surface, blocks, "A. Example: “We will stay.”") == []


def test_a_message_of_text_alone_is_valid() -> None:
    assert faults("message", [], "Nobody said it.") == []


@pytest.mark.parametrize(
    "view",
    [
        modal(),
        modal(field(), submit=plain("Search"), close=plain("Cancel"), private_metadata="{}"),
        {"type": "home", "blocks": [section()]},
    ],
)
def test_a_valid_view_has_no_fault(view: Json) -> None:
    assert view_faults(view) == []


@pytest.mark.parametrize("text", [None, "", "  \n"])
def test_a_message_without_a_fallback_is_refused(text: str | None) -> None:
    assert "fallback" in faults("message", [section()], text)[0]


def test_a_text_beyond_what_slack_keeps_is_refused() -> None:
    assert "40001" in faults("message", [], "x" * 40001)[0]


def _replace(value: Any, path: list[int], odd: Any) -> Any:
    """The value with one of its parts, chosen by numbers, replaced by something odd."""
    if not path or not isinstance(value, dict | list) or not value:
        return odd
    if isinstance(value, list):
        n = path[0] % len(value)
        return [*value[:n], _replace(value[n], path[1:], odd), *value[n + 1 :]]
    key = sorted(value)[path[0] % len(value)]
    return {**value, key: _replace(value[key], path[1:], odd)}


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@given(name=st.sampled_from(sorted(VALID)), path=st.lists(st.integers(0, 9), min_size=1, max_size=7), odd=ODD)
def test_no_payload_however_odd_makes_the_judge_raise(name: str, path: list[int], odd: Any) -> None:
    surface, blocks = VALID[name]
    broken = _replace(blocks, path, odd)
    assert isinstance(faults(surface, broken if isinstance(broken, list) else [broken], "x"), list)
    assert isinstance(view_faults(modal() | {"blocks": broken}), list)
