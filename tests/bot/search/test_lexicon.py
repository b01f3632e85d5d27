"""Words and people are read before the first question, and again only where something changed."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.models import Asker
from bot.search import Searcher
from bot.store import retrieval
from bot.store.reader import Reader


async def test_a_server_that_has_warmed_up_answers_the_first_question_from_memory(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    await searcher.warm()

    def read_again(_: Reader, __: int, ___: int) -> AsyncIterator[list[tuple[str, int]]]:
        raise AssertionError("the words were there")

    monkeypatch.setattr(retrieval, "words_since", read_again)
    reply = await searcher.answer(Asker("W1"), "who mentioned frigates")
    assert [a.speaker for a in reply.answers] == ["Ib Poulsen"]


async def test_a_large_vocabulary_is_taken_up_in_parts_and_knows_the_same(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = await searcher.answer(Asker("W1"), "what did Rutte say about defence")
    monkeypatch.setattr("bot.store.reader._PART", 3)
    in_parts = Searcher(searcher._db, searcher._lexicons._reference, now=searcher._now)
    assert await in_parts.answer(Asker("W1"), "what did Rutte say about defence") == whole
    assert whole.answers
