"""The same report under several names is one article with copies."""

from __future__ import annotations

from bot.extract import Extractor
from bot.ingest import ingest
from bot.store import Database, articles
from tests.bot.ingest.conftest import raw


async def test_a_copy_under_another_name_is_known_as_one(database: Database, quick: Extractor) -> None:
    told = " ".join(f"Report number {n} says that quay {n} opened." for n in range(60))
    sources = [
        raw("agency.txt", f"{told}\n"),
        raw("paper.txt", f"By our staff\n\n{told.upper()}\n\nMore on page two, with the weather.\n"),
        raw("other.txt", " ".join(f"Ship {n} left harbour at dawn with {n} crates." for n in range(60))),
    ]

    await ingest(database, quick, "W1", sources)

    listed = {a.source: a for a in await articles.listing(database, "W1")}
    assert listed["paper.txt"].reprint_of == listed["agency.txt"].id
    assert listed["agency.txt"].reprint_of is None
    assert listed["other.txt"].reprint_of is None


async def test_an_article_that_is_corrected_stays_the_original_of_its_copies(
    database: Database, quick: Extractor
) -> None:
    told = " ".join(f"Report number {n} says that quay {n} opened." for n in range(60))
    copies = [raw("paper.txt", f"{told}\n"), raw("web.txt", f"{told}\n")]
    await ingest(database, quick, "W1", [raw("agency.txt", f"{told}\n"), *copies])

    await ingest(database, quick, "W1", [raw("agency.txt", f"{told} Quay 61 stays shut.\n"), *copies])
    corrected = {a.source: a for a in await articles.listing(database, "W1")}
    await ingest(database, quick, "W1", [raw("agency.txt", "Something else altogether.\n"), *copies])
    changed = {a.source: a for a in await articles.listing(database, "W1")}

    agency, paper = corrected["agency.txt"].id, corrected["paper.txt"].id
    assert {s: a.reprint_of for s, a in corrected.items()} == {
        "agency.txt": None,
        "paper.txt": agency,
        "web.txt": agency,
    }
    assert {s: a.reprint_of for s, a in changed.items()} == {
        "agency.txt": None,
        "paper.txt": None,
        "web.txt": paper,
    }
