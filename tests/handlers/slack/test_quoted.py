"""What *Who said this?* checks of a message."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handlers.slack.quoted import Claim, claims
from handlers.standin import Message, Slack

CHECKED = {
    'Siri Vang said "we will sail" yesterday.': [("we will sail", "Siri Vang")],
    "“We must act now,” said Ursula von der Leyen on Friday": [("We must act now,", "Ursula von der Leyen")],
    "“We must act now” – Rubio": [("We must act now", "Rubio")],
    "Rubio: “We must act now”": [("We must act now", "Rubio")],
    "„Wir schaffen das jetzt“, sagte Merkel": [("Wir schaffen das jetzt", "Merkel")],
    "Merz told Rubio “we must act now”": [("we must act now", "")],
    "He wrote: “one two three” and “four five six”": [("one two three", ""), ("four five six", "")],
    "the so-called “old order” is gone": [("the so-called “old order” is gone", "")],
    'a 6" pipe and a 5" pipe': [('a 6" pipe and a 5" pipe', "")],
    "": [],
}


@pytest.mark.parametrize(("text", "found"), CHECKED.items())
def test_the_words_between_marks_are_checked_and_all_of_it_where_there_are_none(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert claims(text) == [Claim(*one) for one in found]


def test_marks_within_the_words_do_not_end_them() -> None:
    assert Claim('a 6" pipe', "Ada").question == 'verify "a 6  pipe" Ada'


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ('Siri Vang said "The ferry will sail in every weather" yesterday.', ["Word for word: Siri Vang"]),
        ("Ada Holm: “The ferry will sail in every weather”", ["the speaker is not: Siri Vang"]),
        (
            "“The ferry will sail in every weather” and “Nobody ever said this to me”",
            ["Word for word: Siri Vang", "Not found"],
        ),
        ("“one two three” “two three four” “three four five” “four five six”", ["Not found"] * 3),
    ],
)
async def test_each_quotation_of_a_message_is_checked(one_way: Slack, text: str, verdicts: list[str]) -> None:
    done = await one_way.message_shortcut(one_way.say("#general", text, "bruno"), "verify")
    for verdict in verdicts:
        answer = await one_way.next("posted", after=done, where=holding(verdict))
        assert answer.ephemeral_for and "Checked: “" in answer.words()
    if text.count("“") > 3:
        left = await one_way.next("posted", after=done, where=holding("only the first three"))
        assert "has 1 quotation more" in left.text


def holding(words: str) -> Callable[[Message], bool]:
    """Return the test whether a message holds the words."""
    return lambda message: words in message.text
