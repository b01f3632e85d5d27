"""Readers ask where somebody spoke, and what people without a name said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.models import Asker, EntityKind, Findings
from bot.reference import Reference
from bot.search import Searcher
from bot.store import Database, articles
from tests.bot.search.conftest import article, quoted, sentences

DOCK = (
    "Dock news.\n"
    "“The dock is full,” said an official at the harbour. "
    "“The ice is late,” said an officer of the fleet. "
    "“The dock was built too small,” said Ib Poulsen.\n"
)


@pytest.fixture
async def dock(database: Database) -> Searcher:
    """An article that quotes two people without a name, and one with."""
    unnamed = [
        quoted(DOCK, "The dock is full", "an official at the harbour"),
        quoted(DOCK, "The ice is late", "an officer of the fleet"),
    ]
    findings = Findings(
        (
            *(replace(q, speaker_kind=EntityKind.ANONYMOUS) for q in unnamed),
            quoted(DOCK, "The dock was built too small", "Ib Poulsen"),
        ),
        sentences=sentences(DOCK),
    )
    await articles.save(database, "W1", article("dock.txt", DOCK, date(2026, 2, 17)), findings)
    return Searcher(database, Reference())


async def _said(searcher: Searcher, question: str) -> list[str]:
    return [a.text for a in (await searcher.answer(Asker("W1"), question)).answers]


async def test_sources_are_those_who_spoke_without_a_name(dock: Searcher) -> None:
    assert set(await _said(dock, "what do sources say")) == {"The dock is full", "The ice is late"}
    assert await _said(dock, "quotes by an anonymous source at the harbour") == ["The dock is full"]
    assert await _said(dock, "quotes by a source at the airport") == []


async def test_where_somebody_spoke_is_answered_by_their_words(dock: Searcher) -> None:
    for question in (
        "in which article does Poulsen speak",
        "which article is poulsen quoted in",
        "where did Poulsen say that",
    ):
        assert await _said(dock, question) == ["The dock was built too small"], question


async def test_a_common_verb_may_be_put_in_other_words_but_a_thing_is_not_there(dock: Searcher) -> None:
    assert await _said(dock, "what did Poulsen say about the dock made too small")
    assert await _said(dock, "what did Poulsen say about the dock being sunk") == [
        "The dock was built too small"
    ]
    assert await _said(dock, "what did Poulsen say about the dock cranes") == []


async def test_who_is_quoted_in_articles_about_something(dock: Searcher) -> None:
    reply = await dock.answer(Asker("W1"), "who is quoted in the article about the dock")
    assert {a.speaker for a in reply.answers} == {"an official at the harbour", "Ib Poulsen"}
