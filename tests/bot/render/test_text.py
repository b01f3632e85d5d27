"""A reply in the terminal: the same content as in Slack."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models import Phrase, QuotationKind, Reply, named
from bot.render import text
from bot.render.lines import Reader
from tests.bot.render.samples import REPLIES, TEXT, answer


def test_a_quotation_comes_with_speaker_source_and_place() -> None:
    shown = text.draw(REPLIES["one_quotation"])
    assert f"│ “{TEXT}”" in shown
    assert "Ada Holm, mayor of Nordby · said, word for word" in shown
    assert "Mayors argue over the harbour · The Nordby Post · 14 Feb 2026 · paragraph 7 of 24" in shown


def test_reported_speech_has_no_quotation_marks() -> None:
    reply = Reply("q", Phrase("card.no_date"), (answer(quotation_kind=QuotationKind.INDIRECT),))
    shown = text.draw(reply)
    assert "“" not in shown and "reported speech" in shown


def test_the_answers_can_be_limited_and_the_rest_is_counted() -> None:
    shown = text.draw(REPLIES["many_speakers"], most=3)
    assert shown.count("│") == 3 and "and 20 more" in shown


def test_copies_of_one_name_are_named_once() -> None:
    copies = ("/news/a/ferry.txt", "/news/b/ferry.txt", "/news/b/pier.txt", "/old/harbour.txt")
    named_so = text.draw(Reply("q", Phrase("card.no_date"), (answer(title=None, also_in=copies),)))
    assert "also in ferry.txt and pier.txt" in " ".join(named_so.split())
    itself = text.draw(Reply("q", Phrase("card.no_date"), (answer(title=None, also_in=copies[3:]),)))
    assert "also in" not in itself


def test_narration_is_named_once() -> None:
    assert text.draw(REPLIES["narration_and_nearest"]).count("In the article's own words") == 1


def test_german_readers_read_german() -> None:
    assert "wörtlich" in text.draw(REPLIES["one_quotation"], Reader("de"))


@pytest.mark.parametrize("name", REPLIES)
def test_every_reply_can_be_drawn(name: str) -> None:
    assert text.draw(REPLIES[name], width=60)


@given(st.text(max_size=300))
def test_no_control_character_reaches_the_terminal(words: str) -> None:
    shown = text.draw(Reply(words, Phrase("search.read_as", {"question": words}), (answer(text=words),)))
    assert "\x1b" not in shown and "\r" not in shown


@pytest.mark.parametrize(
    ("title", "source", "name"),
    [
        ("Harbour  talks\n", "/reports/harbour.txt", "Harbour talks"),
        (None, "/reports/harbour.txt", "harbour.txt"),
        ("\x1b \u200b", "https://example.org/harbour", "https://example.org/harbour"),
    ],
)
def test_an_article_without_a_title_is_called_by_its_file_or_address(
    title: str | None, source: str, name: str
) -> None:
    assert named(title, source) == name
