"""Days in a question: they choose articles, or are a part of what happened or of what somebody claimed."""

from __future__ import annotations

from datetime import date

import pytest

from bot import reference
from bot.models import Article, Asker, Findings, Quotation, Reply
from bot.search import Searcher, _dates
from bot.settings import Settings
from bot.store import Database, articles
from tests.bot.search.conftest import NOW, article, quoted, sentences

FERRY = (
    "Ferry news.\n"
    "“The ferry will sail again,” said Asta Holm. "
    "Ib Poulsen said on Thursday that the pier is safe. "
    "Asta Holm met Ib Poulsen in July 2025 at the pier. "
    "The ferry reopens on Monday, said Asta Holm.\n"
)
LATER = "Ferry news again.\n“The ferry is late once more,” said Asta Holm.\n"


def _ferry() -> Findings:
    return Findings(
        quotations=(
            quoted(FERRY, "The ferry will sail again", "Asta Holm"),
            quoted(FERRY, "the pier is safe", "Ib Poulsen", kind="indirect"),
            quoted(FERRY, "The ferry reopens on Monday", "Asta Holm", kind="indirect"),
        ),
        sentences=sentences(FERRY),
    )


@pytest.fixture
async def searcher(database: Database) -> Searcher:
    """An article without a date, and one of Tuesday, 17 February 2026; it is Wednesday."""
    later: list[Quotation] = [quoted(LATER, "The ferry is late once more", "Asta Holm")]
    both: list[tuple[Article, Findings]] = [
        (article("ferry.txt", FERRY, None), _ferry()),
        (article("later.txt", LATER, date(2026, 2, 17)), Findings(tuple(later), sentences=sentences(LATER))),
    ]
    for one, findings in both:
        await articles.save(database, "W1", one, findings)
    chosen = Settings(_env_file=None)
    return Searcher(database, reference.load(chosen.people, chosen.terms), now=lambda: NOW)


async def _ask(searcher: Searcher, question: str) -> Reply:
    return await searcher.answer(Asker("W1"), question)


async def test_what_has_no_date_comes_after_the_days_asked_for_and_is_told(searcher: Searcher) -> None:
    reply = await _ask(searcher, "what did Asta Holm say about the ferry since Monday")
    assert reply.answers[0].text == "The ferry is late once more"
    assert {a.source for a in reply.answers[1:]} == {"ferry.txt"}
    assert [n.values["count"] for n in reply.notes if n.key == "search.undated"] == [1]


async def test_where_every_article_asked_for_is_dated_nothing_is_told(searcher: Searcher) -> None:
    reply = await _ask(searcher, "what did Asta Holm say about late ferries since Monday")
    assert [a.source for a in reply.answers] == ["later.txt"]
    assert not [n for n in reply.notes if n.key == "search.undated"]


async def test_a_day_that_the_sentence_names_is_met(searcher: Searcher) -> None:
    reply = await _ask(searcher, "did Poulsen say on Thursday that the pier is safe")
    assert reply.verdict is True


async def test_of_an_undated_article_nobody_knows_the_day(searcher: Searcher) -> None:
    reply = await _ask(searcher, "did Poulsen say on Friday that the pier is safe")
    assert reply.verdict is None
    assert reply.answers[0].text == "the pier is safe"


async def test_a_day_may_be_a_part_of_the_claim(searcher: Searcher) -> None:
    assert (await _ask(searcher, "did Asta Holm say the ferry reopens on Monday")).verdict is True
    assert (await _ask(searcher, "did Asta Holm say the ferry reopens on Tuesday")).verdict is not True
    assert (await _ask(searcher, "did Asta Holm say the ferry is late once more on Tuesday")).verdict is False


async def test_a_month_may_tell_when_it_happened(searcher: Searcher) -> None:
    reply = await _ask(searcher, "who did Asta Holm meet in July 2025")
    assert "met Ib Poulsen in July 2025" in reply.answers[0].text


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("between 11 and 13 february", "2026-02-11", "2026-02-13"),
        ("feb 11-13", "2026-02-11", "2026-02-13"),
        ("from 11 feb to 13 feb", "2026-02-11", "2026-02-13"),
        ("after the 12th of february", "2026-02-13", None),
        ("before february", None, "2026-01-31"),
        ("ahead of 14 feb", None, "2026-02-13"),
        ("by monday", None, "2026-02-16"),
        ("since last week", "2026-02-09", None),
        ("over the weekend", "2026-02-14", "2026-02-15"),
        ("in the last two weeks", "2026-02-04", "2026-02-18"),
        ("two weeks ago", "2026-02-04", "2026-02-04"),
        ("between november and january", "2025-11-01", "2026-01-31"),
        ("until 14.02.2026", None, "2026-02-14"),
    ],
)
def test_days_are_read_as_people_type_them(typed: str, first: str | None, last: str | None) -> None:
    found = _dates.find(f"what did holm say {typed}", NOW.date())
    assert found is not None
    days, match = found
    assert (days.first, days.last) == tuple(d and date.fromisoformat(d) for d in (first, last))
    assert match[0] == typed


@pytest.mark.parametrize(
    "typed", ["in 2025", "what may happen", "this week's meeting", "by june holm", "between 5 and 6 percent"]
)
def test_what_is_no_day_stays_a_part_of_the_question(typed: str) -> None:
    assert _dates.find(f"quotes {typed}", NOW.date()) is None
