"""Copies of an article are known by what they contain of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import seeds
from bot.clean import clean
from bot.clean.reprints import Likeness, containment, likeness, shingles
from bot.fetch.files import read
from bot.models import Mask, Raw, Span

REPORT = """The minister opened the harbour on Monday and praised the builders for their speed.
The builders said that they had worked at night and on Sundays for two years.
Ships from four countries will come in the spring, the harbour office expects.
“It was cold,” one of the builders said, “and still we sang every night.”"""
OTHER = """A committee of the parliament heard witnesses on the price of stones and timber.
Nobody could say who had signed the contract, and the hearing ended without a result."""


@pytest.mark.parametrize(
    ("name", "copy"),
    [
        ("in capitals", REPORT.upper()),
        ("with other marks and dashes", REPORT.replace("“", '"').replace("”", '"')),
        ("its first half", "\n".join(REPORT.splitlines()[:2])),
        ("one word changed", REPORT.replace("praised", "thanked")),
        ("with other line breaks", REPORT.replace("\n", "\n\n").replace(" and ", "\r\nand ")),
    ],
)
def test_a_copy_is_a_copy(name: str, copy: str) -> None:
    assert likeness(containment(shingles(copy), shingles(REPORT))) is Likeness.COPY, name


def test_a_report_with_a_borrowed_half_shares_passages() -> None:
    mixed = "\n".join([*REPORT.splitlines()[:2], OTHER])
    assert likeness(containment(shingles(mixed), shingles(REPORT))) is Likeness.SHARES


def test_another_report_is_none() -> None:
    assert likeness(containment(shingles(OTHER), shingles(REPORT))) is Likeness.OTHER


def test_boilerplate_does_not_make_two_articles_alike() -> None:
    notice = " Nothing in this publication is advice to buy or to sell shares of any kind whatever." * 3
    one, other = REPORT + notice, OTHER + notice
    masks = [Mask(Span(len(text), len(text) + len(notice)), "notice") for text in (REPORT, OTHER)]
    assert containment(shingles(one, masks[:1]), shingles(other, masks[1:])) == 0


def test_the_partial_reprint_among_our_reports_is_found() -> None:
    folder = Path(seeds.__file__).parent / "articles"
    found = {Path(r.source).stem: clean(r) for r in read([str(folder)]) if isinstance(r, Raw)}
    sets = {name: shingles(a.text, a.masks) for name, a in found.items()}
    pairs = {(a, b): likeness(containment(sets[a], sets[b])) for a in sets for b in sets if a != b}
    alike = {pair for pair, kind in pairs.items() if kind is not Likeness.OTHER}
    assert ("2026-02-16-what-munich-left-open", "2026-02-14-kallas-rejects-decline") in alike
    assert all(
        {"2026-02-16-what-munich-left-open", "2026-02-14-kallas-rejects-decline"} == {*p} for p in alike
    )


def test_hashes_are_signed_and_stable() -> None:
    assert shingles("one two three four") == shingles("ONE two; three — four.") == {1836196124012518098}
    assert all(-(2**63) <= value < 2**63 for value in shingles(REPORT))
    assert shingles("") == set() and containment(set(), {1}) == 0


@given(st.text(max_size=200))
def test_every_text_contains_itself(text: str) -> None:
    found = shingles(text)
    assert containment(found, found) == (1.0 if found else 0.0)
