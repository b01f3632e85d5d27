"""What stands above the answers: how many, that nobody said it, or how the question was read."""

from __future__ import annotations

import pytest

from bot.models import Asker, FlagKind, Reply
from bot.search import Searcher
from bot.search.replies import flag_asked


async def ask(searcher: Searcher, question: str) -> Reply:
    return await searcher.answer(Asker("W1"), question)


SAID_SO = [
    ("did Rutte say the alliance is divided", "search.rejected_it"),
    ("who rejected that the alliance is divided", "search.who_rejected"),
    ("quotes Xi Jinping", "search.not_quoted"),
    ("what did Rutte say about ice", "search.nothing_by"),
    ("who mentioned Taiwan", "search.nobody"),
    ("the of and", "search.no_words"),
    ("?!", "search.no_words"),
    ('verify "The island is not for sale" Rutte', "search.verify_other_speaker"),
    ('verify "The island was not for sale" Rutte', "search.verify_other_speaker_nearly"),
]


async def test_the_headline_says_what_was_found(searcher: Searcher) -> None:
    for question, key in SAID_SO:
        assert (await ask(searcher, question)).headline.key == key, question


async def test_who_did_not_lists_people_and_no_crowds(searcher: Searcher) -> None:
    reply = await ask(searcher, "who did not mention frigates")
    assert reply.sections[0].lines == ("Mark Rutte", "Mette Frederiksen")


async def test_a_reply_can_say_how_the_question_was_read(searcher: Searcher) -> None:
    reply = await ask(searcher, "what did the nato chief say about defence")
    assert [p.key for p in reply.understood] == ["understood.said", "understood.speaker", "understood.words"]
    assert reply.understood[1].values["names"] == ("Mark Rutte",)


@pytest.mark.parametrize("topic", ["sponsored content", "sponosred content", "an advertisment"])
def test_what_articles_say_of_themselves_may_be_misspelt(topic: str) -> None:
    assert flag_asked(topic) is FlagKind.SPONSORED


def test_another_word_names_no_property_of_articles() -> None:
    assert flag_asked("the paint in the harbour") is None
