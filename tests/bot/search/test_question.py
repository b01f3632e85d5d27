"""What a question asks, in the forms that people type: intent, speaker words, topic words."""

from __future__ import annotations

from datetime import date

import pytest

from bot.search.question import Intent, Question, readings

TODAY = date(2026, 2, 18)


def read(text: str) -> Question:
    return readings(text, TODAY)[0]


ASKED = [
    ("who mentioned Greenland", Intent.MENTION, "", "Greenland"),
    ("who brought up the harbour", Intent.MENTION, "", "the harbour"),
    ("who talkd about frigates", Intent.MENTION, "", "frigates"),
    ("quotes abuot frigates", Intent.MENTION, "", "frigates"),
    ("who used the term flexible", Intent.MENTION, "", "flexible"),
    ("what did Rutte say about ice", Intent.SAID, "Rutte", "ice"),
    ("what did the harbour master complain about", Intent.SAID, "the harbour master", ""),
    ("what did the EU foreign policy chief reject", Intent.SAID, "the EU foreign policy chief", ""),
    ("what does Rutte want with Greenland", Intent.SAID, "Rutte", "Greenland"),
    ("what did the minister press for", Intent.SAID, "the minister", ""),
    ("Rutte's complaint about budgets", Intent.SAID, "Rutte's", "budgets"),
    ("according to Rutte, how many frigates are there", Intent.SAID, "Rutte", "frigates are there"),
    ("how many frigates are there according to Rutte?", Intent.SAID, "Rutte", "frigates are there"),
    ("did Rutte say the ice melts", Intent.WHETHER, "Rutte", "the ice melts"),
    ("who rejected the deal", Intent.STANCE, "", "the deal"),
    ("who did not mention ice", Intent.WHO_NOT, "", "ice"),
    ("how much will the frigates cost", Intent.FACT, "", "the frigates cost"),
    ("what is the harbour treaty", Intent.FACT, "", "the harbour treaty"),
    ("who mentioned the us", Intent.MENTION, "", "the US"),
    ("who told us the truth", Intent.WHO_SAID, "", "us the truth"),
    ("quotes about the threat from the ice", Intent.SAID, "the ice", "the threat"),
    ("what did Rutte say aboout ice", Intent.SAID, "Rutte", "ice"),
    ("qotes by Rutte", Intent.SAID, "Rutte", ""),
    ("the officer's opiinon on ice", Intent.SAID, "officer's", "ice"),
    ("what did Rutte say when asked about ice", Intent.SAID, "Rutte", "ice"),
    ("did Rutte reject claims that the ice melts", Intent.WHETHER, "Rutte", "the ice melts"),
    ("did Rutte back calls for a treaty", Intent.WHETHER, "Rutte", "a treaty"),
    (
        "did Rutte say allies reject the deal",
        Intent.WHETHER,
        "Rutte",
        "allies reject the deal",
    ),
    ("by how much did losses rise", Intent.FACT, "", "losses rise"),
    ("is any article sponsored", Intent.SOURCE, "", "sponsored"),
    ("what did the secretary of state say about ice", Intent.SAID, "the secretary of state", "ice"),
    ("is it correct that Rutte described ice as thin", Intent.WHETHER, "Rutte", "ice as thin"),
    ("is anyone quoted on frigates", Intent.MENTION, "", "frigates"),
    ("what is on record from the U.S. envoy", Intent.SAID, "the US envoy", ""),
    ("Rutte at the forum on ice", Intent.SAID, "Rutte", "ice"),
    ("what did critics of the treaty say", Intent.SAID, "critics", "the treaty"),
    ("what worries the officers", Intent.SAID, "the officers", ""),
    ("what is the institute's finding", Intent.SAID, "institute's", ""),
    ("what job does Rutte have", Intent.FACT, "", "Rutte"),
    ("arguments against the treaty", Intent.SIDES, "", "the treaty"),
    ("reactions to the treaty", Intent.SIDES, "", "the treaty"),
    ("which article mentions frigates", Intent.SOURCE, "", "frigates"),
]


@pytest.mark.parametrize(("text", "intent", "speaker", "topic"), ASKED)
def test_a_question_is_read_as_it_is_meant(text: str, intent: Intent, speaker: str, topic: str) -> None:
    asked = read(text)
    assert (asked.intent, asked.speaker, asked.topic) == (intent, speaker, topic)


def test_a_thing_that_is_something_is_no_speaker_that_does_something() -> None:
    assert [q.intent for q in readings("what is the trump whisperer", TODAY)] == [Intent.FACT, Intent.FREE]


def test_words_in_marks_after_did_somebody_say_are_a_quotation_to_verify() -> None:
    asked = read('did Rutte say "the ice melts"')
    assert (asked.intent, asked.speaker, asked.pasted) == (Intent.VERIFY, "Rutte", "the ice melts")


def test_what_comes_from_somewhere_is_a_topic_where_nobody_of_that_name_is_quoted() -> None:
    first, second, *_ = readings("quotes about the threat from the ice", TODAY)
    assert (first.tentative, first.quoted) == (True, True)
    assert (second.intent, second.topic) == (Intent.MENTION, "the threat from the ice")
