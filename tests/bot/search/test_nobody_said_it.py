"""No is an answer: what one speaker said is not told of another, nor what the article says of somebody."""

from __future__ import annotations

from datetime import date

import pytest

from bot.models import Asker, EntityKind, Findings, Person
from bot.search import Searcher
from bot.store import Database, articles
from tests.bot.search.conftest import article, quoted, sentences

QUAY = (
    "Quay news.\n"
    "Asta Holm and Ib Poulsen outlined a plan for two fishing markets. "
    "Asta Holm arrived on the quay late. "
    "A harbour guild officer said that nets were dear. "
    "The Tide Institute reported that ferries lost money. "
    "Ib Poulsen told the guild that those nets would stay. "
    "Asta Holm said the town had paid too little for its defence. "
    "The port of Bergen may sell its boats, reporters heard. "
    "Ib Poulsen indicated that those boats would remain. "
    "A ship that Xi Jinping owns lay at the quay.\n"
)
SAID = [
    ("a plan for two fishing markets", "Asta Holm and Ib Poulsen", EntityKind.GROUP),
    ("that nets were dear", "harbour guild officer", EntityKind.ANONYMOUS),
    ("that ferries lost money", "Tide Institute", EntityKind.INSTITUTION),
    ("the town had paid too little for its defence", "Asta Holm", EntityKind.PERSON),
    ("that those boats would remain", "Ib Poulsen", EntityKind.PERSON),
]
OTHERS_SAID = [
    "Asta Holm on ferries",
    "Holm on the quay",
    "Ib Poulsen on ferries",
    "the harbour guild officer on ferries",
    "the tide institute on nets",
    "Mette Frederiksen on ferries",
    "poulsen ferries",
    "nets holm",
    "what did the harbour guild officer say about the guild",
    "who agreed that ferries lost money",
]
SAID_SO = [
    ("the tide institute on ferries", "that ferries lost money"),
    ("the harbour guild officer on nets", "that nets were dear"),
    ("which article quotes the tide institute", "that ferries lost money"),
    ("Asta Holm on fishing markets", "a plan for two fishing markets"),
    ("what did Asta Holm say about fishing markets", "a plan for two fishing markets"),
]
UNTOLD = [
    "how many guild officers were there",
    "when did the harbour guild officer arrive",
    "where was the guild officer",
    "who owns the guild",
    "who paid for the nets",
    "who counted the nets",
    "who said the guild should leave the quay",
    "what is the quay of Bergen",
    "did Poulsen thank Holm",
    "where will the next fishing market be",
    "what did Xi Jinping say",
    "what did Jinpnig tell us",
]
SIDES = [
    ("who agreed that ferries lost money", "nobody_agreed"),
    ("who disagrees with Holm", "nobody_rejected"),
]


@pytest.fixture
async def quay(database: Database, searcher: Searcher) -> Searcher:
    """Somebody, two who speak as one, somebody without a name, an institution."""
    findings = Findings(
        tuple(quoted(QUAY, words, who, kind="indirect") for words, who, _ in SAID),
        people=tuple(Person(who, kind) for _, who, kind in SAID),
        sentences=sentences(QUAY),
    )
    await articles.save(database, "W1", article("quay.txt", QUAY, date(2026, 2, 17)), findings)
    return searcher


async def test_nobody_is_given_what_another_said(quay: Searcher) -> None:
    for question in OTHERS_SAID:
        reply = await quay.answer(Asker("W1"), question)
        assert reply.answers == (), question
        assert reply.nearest, question


async def test_what_they_said_of_it_is_found(quay: Searcher) -> None:
    for question, words in SAID_SO:
        reply = await quay.answer(Asker("W1"), question)
        assert [a.text for a in reply.answers] == [words], question


async def test_whoever_points_back_to_a_thing_speaks_of_it(quay: Searcher) -> None:
    assert (await quay.answer(Asker("W1"), "did Poulsen say anything about boats")).verdict is True
    assert (await quay.answer(Asker("W1"), "did Poulsen say anything about ferries")).verdict is False


async def test_a_long_stretch_that_begins_like_a_speaker_and_a_topic_is_looked_for_whole(
    quay: Searcher,
) -> None:
    reply = await quay.answer(Asker("W1"), "guild about the town had paid too little for its defence")
    assert [a.text for a in reply.answers] == ["the town had paid too little for its defence"]


async def test_what_no_article_tells_is_answered_by_nothing(quay: Searcher) -> None:
    for question in UNTOLD:
        assert (await quay.answer(Asker("W1"), question)).answers == (), question


async def test_that_nobody_took_a_side_is_not_that_nobody_spoke(quay: Searcher) -> None:
    for question, key in SIDES:
        assert (await quay.answer(Asker("W1"), question)).headline.key == f"search.{key}", question


async def test_who_speaks_together_with_somebody_is_named_once(quay: Searcher) -> None:
    reply = await quay.answer(Asker("W1"), "quotes Holm")
    assert {a.speaker for a in reply.answers} == {"Asta Holm", "Asta Holm and Ib Poulsen"}
    assert reply.headline.values["speaker"] == ("Asta Holm",)


async def test_who_is_asked_by_an_office_is_told_by_its_holder(searcher: Searcher) -> None:
    reply = await searcher.answer(Asker("W1"), "who is the NATO chief")
    assert any("NATO Secretary-General Mark Rutte" in a.text for a in reply.answers)


async def test_where_is_told_by_a_sentence_with_a_place(searcher: Searcher) -> None:
    reply = await searcher.answer(Asker("W1"), "where is the harbour master")
    assert "Nuuk" in reply.answers[0].place.context
    reply = await searcher.answer(Asker("W1"), "where is the programme")
    assert reply.answers == ()


async def test_whoever_is_worried_about_it_or_has_been_talking_of_it_mentions_it(quay: Searcher) -> None:
    for question in ("who was worried about ferries", "who has been talking about ferries"):
        reply = await quay.answer(Asker("W1"), question)
        assert [a.speaker for a in reply.answers] == ["Tide Institute"], question
