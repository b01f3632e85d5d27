"""A reply as a Slack message: valid whatever it holds, honest about what it shows."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from bot.models import DiffWord, Phrase, QuotationKind, Reply
from bot.render import blocks, validate
from bot.render.lines import Reader
from bot.render.state import State
from tests.bot.render.samples import REPLIES, answer

LOCALES = ("en-US", "de-DE")


@pytest.fixture
def snapshot_json(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Snapshots as JSON files, one for each message."""
    return snapshot.use_extension(JSONSnapshotExtension)


@pytest.mark.parametrize("name", REPLIES)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_is_one_that_slack_takes(name: str, locale: str) -> None:
    reply = REPLIES[name]
    for page in (0, 1, 99):
        text, drawn = blocks.draw(reply, Reader(locale, state=State(reply.question, page)))
        assert validate.faults("message", drawn, text) == []


@pytest.mark.parametrize("name", [n for n in REPLIES if n != "huge"])
def test_every_message_looks_as_it_did(name: str, snapshot_json: SnapshotAssertion) -> None:
    text, drawn = blocks.draw(REPLIES[name])
    assert {"text": text, "blocks": drawn} == snapshot_json


@given(st.text(max_size=5_000), st.text(max_size=5_000), st.integers(0, 30))
@settings(max_examples=40, deadline=None)
def test_any_text_gives_a_message_that_slack_takes(words: str, name: str, count: int) -> None:
    found = tuple(answer(n, text=words, speaker=name, title=name, role=words, cue=name) for n in range(count))
    reply = Reply(words, Phrase("search.read_as", {"question": words}), found, narration=found)
    text, drawn = blocks.draw(reply)
    assert validate.faults("message", drawn, text) == []


def test_reported_speech_has_no_quotation_marks_and_says_so() -> None:
    reply = replace(REPLIES["one_quotation"], answers=(answer(quotation_kind=QuotationKind.INDIRECT),))
    shown = json.dumps(blocks.draw(reply)[1], ensure_ascii=False)
    assert "“" not in shown
    assert "reported speech, not word for word" in shown


def test_words_are_shown_exactly_as_printed() -> None:
    words = "“Why <not> *us* & them_”"
    reply = replace(REPLIES["one_quotation"], answers=(answer(text=words),))
    assert words in quoted(blocks.draw(reply)[1])


def test_pages_hold_every_answer_once() -> None:
    reply = REPLIES["many_speakers"]
    seen = []
    for page in range(5):
        _, drawn = blocks.draw(reply, Reader(state=State(reply.question, page)))
        seen += [b["value"] for b in buttons(drawn) if b["action_id"] == "share"]
    assert len(seen) == len(set(seen)) == len(reply.answers)


def test_a_filter_leaves_one_speaker() -> None:
    reply = REPLIES["many_speakers"]
    _, drawn = blocks.draw(reply, Reader(state=State(reply.question, speaker="Speaker 3")))
    assert (
        "Speaker 3" in json.dumps(drawn)
        and len([b for b in buttons(drawn) if b["action_id"] == "share"]) == 2
    )


def test_narration_and_nearest_stand_apart() -> None:
    shown = json.dumps(blocks.draw(REPLIES["narration_and_nearest"])[1])
    assert shown.index("own words") < shown.index("Not the answer")
    assert "No speaker is claimed" in shown


def test_the_text_alone_tells_the_difference_and_the_notes_too() -> None:
    text, _ = blocks.draw(
        replace(REPLIES["verify_near"], notes=(Phrase("search.corrected", {"used": "a", "typed": "b"}),))
    )
    assert "belongs [-all-] {+the+}" in text and "Searched for a instead of b." in text


def test_where_no_word_differs_no_difference_is_shown() -> None:
    same = replace(REPLIES["verify_near"], diff=(DiffWord("same", "belongs"),))
    text, drawn = blocks.draw(same)
    assert "Word by word" not in str(drawn) and "not in the article" not in text


def test_a_difference_can_be_read_without_colour() -> None:
    shown = quoted(blocks.draw(REPLIES["verify_near"])[1])
    assert "belongs [-all-] {+the+}" in "".join(shown)


def test_a_shared_answer_names_the_asker_without_a_ping() -> None:
    text, drawn = blocks.shared(answer(), "who mentioned <!channel>", "<@U1>", Reader())
    assert validate.faults("message", drawn, text) == []
    assert not buttons(drawn)
    assert "<@" not in json.dumps(drawn) + text and "<!" not in json.dumps(drawn) + text


def test_an_article_without_date_says_when_it_came_in() -> None:
    reply = replace(REPLIES["one_quotation"], answers=(answer(published=None),))
    reader = Reader("de-DE", "Europe/Berlin")
    assert "16.02.2026, 00:30" in json.dumps(blocks.draw(reply, reader)[1])


def buttons(drawn: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return every button of the action blocks."""
    return [e for b in drawn if b["type"] == "actions" for e in b["elements"] if e["type"] == "button"]


def quoted(drawn: list[dict[str, Any]]) -> list[str]:
    """Return the texts of all quotation blocks."""
    quotes = [
        q for b in drawn if b["type"] == "rich_text" for q in b["elements"] if q["type"] == "rich_text_quote"
    ]
    return [run["text"] for q in quotes for run in q["elements"]]


def test_the_text_alone_does_not_let_anybody_say_what_they_rejected() -> None:
    text, _ = blocks.draw(REPLIES["reported_and_rejected"])
    assert "Ada Holm, rejected (“dismissed”), reported speech, not word for word: The harbour" in text
