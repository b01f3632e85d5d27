"""Did they say it: yes when it is said the same way round, in whatever words of degree; else no."""

from __future__ import annotations

from datetime import date

import pytest

from bot.models import Asker, EntityKind, Fact, Findings, Person, Reply, Span
from bot.reference import Reference
from bot.search import Searcher
from bot.store import Database, articles
from tests.bot.search.conftest import article, quoted, sentences

GUILD = (
    "Guild news.\n"
    "Ib Poulsen complained that the guild was insufficiently thankful. "
    "Asta Holm said the guild must carry greater responsibility for its boats. "
    "Asta Holm said that the harbour had hardly helped, had spent too little on nets. "
    "Asta Holm rejected claims that the boats leak. "
    "Ib Poulsen said the danger was not the tide, the ice or the fog but a crack in the pier. "
    "A brass tablet notes that the guild was founded within nine days.\n"
)


@pytest.fixture
async def guild(database: Database) -> Searcher:
    """A complaint, a demand, a rejection; and a tablet that nobody quotes, but a fact rests on."""
    told = "the guild was founded within nine days"
    start = GUILD.index(told)
    span = Span(start, start + len(told))
    findings = Findings(
        (
            quoted(GUILD, "the guild was insufficiently thankful", "Ib Poulsen", kind="indirect"),
            quoted(
                GUILD,
                "the guild must carry greater responsibility for its boats",
                "Asta Holm",
                kind="indirect",
            ),
            quoted(
                GUILD,
                "that the harbour had hardly helped, had spent too little on nets",
                "Asta Holm",
                kind="indirect",
            ),
            quoted(
                GUILD,
                "the danger was not the tide, the ice or the fog but a crack in the pier",
                "Ib Poulsen",
                kind="indirect",
            ),
            quoted(GUILD, "claims that the boats leak", "Asta Holm", kind="indirect", polarity="rejects"),
        ),
        facts=(Fact(span, None, None, None, sentences(GUILD)[-1], attributed_to="brass tablet"),),
        people=(Person("brass tablet", EntityKind.INSTITUTION),),
        sentences=sentences(GUILD),
    )
    await articles.save(database, "W1", article("guild.txt", GUILD, date(2026, 2, 17)), findings)
    return Searcher(database, Reference())


async def _ask(searcher: Searcher, question: str) -> Reply:
    return await searcher.answer(Asker("W1"), question)


async def test_insufficiently_thankful_is_not_thankful(guild: Searcher) -> None:
    assert (await _ask(guild, "did Poulsen say the guild was thankful")).verdict is False
    assert (await _ask(guild, "did Poulsen say the guild was not thankful")).verdict is True
    assert (await _ask(guild, "did Poulsen say the crack is gone")).verdict is False


async def test_what_is_denied_in_one_part_of_a_sentence_leaves_the_other_part_said(guild: Searcher) -> None:
    question = "did Asta Holm say the harbour spent too little on nets"
    assert (await _ask(guild, question)).verdict is True
    assert (await _ask(guild, "did Asta Holm say the harbour helped")).verdict is False
    assert (await _ask(guild, "did Asta Holm say the harbour spent too much on nets")).verdict is False


async def test_greater_responsibility_is_more_of_it(guild: Searcher) -> None:
    question = "did Asta Holm say the guild must take more responsibility for its boats"
    assert (await _ask(guild, question)).verdict is True


async def test_a_rejected_claim_was_rejected_and_not_said(guild: Searcher) -> None:
    assert (await _ask(guild, "did Asta Holm reject claims that the boats leak")).verdict is True
    assert (await _ask(guild, "did Asta Holm say the boats leak")).verdict is False


async def test_a_not_before_a_list_denies_each_of_it(guild: Searcher) -> None:
    for thing in ("tide", "ice", "fog"):
        assert (await _ask(guild, f"did Poulsen say the danger was the {thing}")).verdict is False, thing
        assert (await _ask(guild, f"did Poulsen say the danger was not the {thing}")).verdict is True, thing
    assert (await _ask(guild, "did Poulsen say the danger was a crack in the pier")).verdict is True


async def test_whoever_rejects_a_claim_does_not_agree_with_it(guild: Searcher) -> None:
    reply = await _ask(guild, "did Asta Holm agree that the boats leak")
    assert (reply.verdict, reply.headline.key) == (False, "search.rejected_it")
    assert reply.answers


async def test_a_preposition_of_the_claim_need_not_be_the_one_that_was_printed(guild: Searcher) -> None:
    assert (await _ask(guild, "did Asta Holm say the harbour spent too little over nets")).verdict is True
    assert (await _ask(guild, "did Asta Holm say the harbour spent too little and is over")).verdict is False


async def test_what_a_tablet_says_is_told_by_the_fact_that_rests_on_it(guild: Searcher) -> None:
    reply = await _ask(guild, "what did the brass tablet say")
    assert [(a.speaker, a.kind) for a in reply.answers] == [("brass tablet", "fact")]
