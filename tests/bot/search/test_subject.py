"""Did they say X did it to Y: no, when they said that Y did it to X."""

from __future__ import annotations

from datetime import date

import pytest

from bot.models import Asker, Findings
from bot.search import Searcher
from bot.store import Database, articles
from tests.bot.search.conftest import article, quoted, sentences

FERRIES = (
    "Ferries and fees.\n"
    "Asta Holm complained that Denmark had been unkind about Greenland’s part in the old war, "
    "had charged too high a fee for its ferries and might be unwilling to repair the quay for Greenland. "
    "Ib Poulsen said that though Iceland has nearly withdrawn all ferries from Norway, Sweden has come to "
    "fill the timetable. "
    "Ib Poulsen said Finland and Estonia welcomed forty ferries against the wish of Latvia. "
    "Ib Poulsen said that ferries sold by Norway were bought by Iceland.\n"
)


@pytest.fixture
async def ferries(database: Database, searcher: Searcher) -> Searcher:
    """What several countries are said to do to one another."""
    said = (
        ("Denmark had been unkind", "for Greenland", "Asta Holm"),
        ("though Iceland", "fill the timetable", "Ib Poulsen"),
        ("Finland and", "wish of Latvia", "Ib Poulsen"),
        ("ferries sold", "bought by Iceland", "Ib Poulsen"),
    )
    findings = Findings(
        tuple(quoted(FERRIES, _stretch(a, b), who, kind="indirect") for a, b, who in said),
        sentences=sentences(FERRIES),
    )
    await articles.save(database, "W1", article("ferries.txt", FERRIES, date(2026, 2, 17)), findings)
    return searcher


def _stretch(first: str, last: str) -> str:
    start = FERRIES.index(first)
    return FERRIES[start : FERRIES.index(last, start) + len(last)]


@pytest.mark.parametrize(
    ("said", "swapped"),
    [
        (
            "Holm say denmark charged too high a fee for its ferries",
            "Holm say greenland charged too high a fee for its ferries",
        ),
        (
            "Holm say denmark might be unwilling to repair the quay for greenland",
            "Holm say greenland might be unwilling to repair the quay for denmark",
        ),
        (
            "Poulsen say iceland has withdrawn ferries from norway",
            "Poulsen say norway has withdrawn ferries from iceland",
        ),
        ("Poulsen say sweden came to fill the timetable", "Poulsen say norway came to fill the timetable"),
        (
            "Poulsen say finland welcomed forty ferries against the wish of latvia",
            "Poulsen say latvia welcomed forty ferries against the wish of finland",
        ),
        ("Poulsen say estonia welcomed forty ferries", "Poulsen say latvia welcomed forty ferries"),
    ],
)
async def test_swapped_subjects_were_not_said(ferries: Searcher, said: str, swapped: str) -> None:
    assert (await ferries.answer(Asker("W1"), f"did {said}")).verdict is True
    reply = await ferries.answer(Asker("W1"), f"did {swapped}")
    assert reply.verdict is False
    assert reply.headline.key == "search.did_not_say"


async def test_who_does_it_in_a_passive_is_not_told_from_the_order_of_words(ferries: Searcher) -> None:
    reply = await ferries.answer(Asker("W1"), "did Poulsen say iceland bought ferries from norway")
    assert reply.verdict is True
