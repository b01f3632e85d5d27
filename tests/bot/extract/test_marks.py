"""Quotation marks of every style are paired inside their paragraph."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.extract._marks import regions
from bot.models import Span


def inside(text: str, open_before: bool = False) -> list[str]:
    return [r.inner.of(text) for r in regions(text, Span(0, len(text)), open_before)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“One,” he said. “Two.”", ["One,", "Two."]),
        ('"One," he said. "Two."', ["One,", "Two."]),
        ("''One,'' he said. ``Two.''", ["One,", "Two."]),
        ("„Eins“, sagte er.", ["Eins"]),
        ("«Un», dit-il.", ["Un"]),
        ("»Eins«, sagte er.", ["Eins"]),
        ("”Ett”, sa hon.", ["Ett"]),
        ("‘It’s late,’ he said.", ["It’s late,"]),
        ("‘The allies’ plan is ready,’ he said.", ["The allies’ plan is ready,"]),
        ("The officials’ plan and the allies’ plan.", []),
        ("'One,' he said.", ["One,"]),
        ("It was the '90s and the officials' plan.", []),
        ("“He called it a ‘farce’,” she said.", ["He called it a ‘farce’,"]),
        ("â€œOne,â€\x9d he said.", ["One,"]),
        ("“Never closed, he said.", ["Never closed, he said."]),
        ("Never opened,” he said.", []),
    ],
)
def test_marks_of_every_style(text: str, expected: list[str]) -> None:
    assert inside(text) == expected


def test_marks_within_marks_are_one_region() -> None:
    assert inside("‘He told me “no” twice,’ she said.") == ["He told me “no” twice,"]
    assert inside("The ‘80s crowd cheered: “Go on,” she said, to the players’ delight.") == ["Go on,"]


def test_a_paragraph_may_go_on_with_what_was_never_closed() -> None:
    assert inside("and that is all,” he said. “Go.”", open_before=True) == ["and that is all,", "Go."]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="“”‘’„«»\"' \na.s,", max_size=120))
def test_regions_lie_in_order_and_never_overlap(text: str) -> None:
    found = regions(text, Span(0, len(text)))
    for region in found:
        assert region.outer.holds(region.inner)
        assert 0 <= region.outer.start < region.outer.end <= len(text)
    assert all(a.outer.end <= b.outer.start for a, b in pairwise(found))
