"""Words in line are a remembered stretch, though some of them are others."""

from __future__ import annotations

import pytest

from bot.models import QuotationKind, Span
from bot.normalise import content_words, token
from bot.search.candidates import gather
from bot.search.stretch import Stretch
from bot.search.terms import Alternative
from bot.search.topics import Group
from bot.store import Database, fulltext, retrieval
from bot.store.passages import QUOTE, Indexed, Passage, tokens_of
from bot.store.reader import Reader

SAID = "champion of people and a fighter who delivers frigates"
APART = "a civilian saw ice melt faster than harbours freeze under any treaty"


def groups(text: str) -> list[Group]:
    return [Group(w, (Alternative((token(w),), 1.0),), 5.0) for w in content_words(text)]


def in_line(asked: str, said: str = SAID) -> float:
    tokens = " ".join(f"1q:{t}" for t in tokens_of(said)) + " 1q=somebody"
    return Stretch(groups(asked), "1q").in_line(tokens)


def test_words_as_typed_stand_in_line() -> None:
    assert in_line("people and a fighter who delivers") == 1.0


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        ("people and a fighter who clinched", "fighter people clinched"),
        ("people banana fighter delivers", "people fighter banana banana frigates champion"),
        ("people fighter delivers", "people fighter deliver champion"),
    ],
)
def test_the_order_and_the_distance_count(nearer: str, farther: str) -> None:
    assert in_line(nearer) > in_line(farther)


def test_one_word_makes_no_line() -> None:
    assert in_line("fighter banana treaty") == 0.0


async def test_a_stretch_with_a_wrong_word_in_the_middle_is_found_among_newer_ones(
    database: Database,
) -> None:
    said = [SAID, *(APART for _ in range(150)), "people fear the fighter"]
    passages = [
        Passage(
            QUOTE, n, (Span(0, 9),), Span(0, 9), tokens_of(text), (), None, quotation=QuotationKind.DIRECT
        )
        for n, text in enumerate(said)
    ]
    async with database.write() as connection:
        await fulltext.add(connection, "W1", 1, Indexed(tuple(passages), {}, (), {}))

    async def gathered(reader: Reader) -> list[int]:
        state = await retrieval.state(reader, "W1")
        assert state
        asked = groups("strength people civilian fighter treaty banana")
        ids = await gather(reader, state, asked, (), kinds=(QUOTE,), around=False)
        found = await retrieval.passages(reader, "W1", ids)
        return [f.position for f in found]

    assert {0, len(said) - 1} <= set(await database.reading(gathered))
