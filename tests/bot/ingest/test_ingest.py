"""Reading files: what is known stays, what changed is replaced, workspaces are apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.extract import Extractor
from bot.ingest import Summary, ingest
from bot.models import Article, Findings
from bot.reference import Reference
from bot.store import Database, articles, versions
from tests.bot.ingest.conftest import Quick, raw


async def test_reading_again_changes_nothing(database: Database, quick: Extractor) -> None:
    sources = [raw("a.txt"), raw("b.txt", "Other news of the day.\n")]
    first = await ingest(database, quick, "W1", sources)
    again = await ingest(database, quick, "W1", sources)

    assert str(first) == "2 new, 0 replaced, 0 unchanged, 0 failed"
    assert str(again) == "0 new, 0 replaced, 2 unchanged, 0 failed"


async def test_what_is_unchanged_is_not_even_cleaned(sqlite_database: Database, quick: Extractor) -> None:
    await ingest(sqlite_database, quick, "W1", [raw("a.txt")])

    class Unwanted(Quick):
        def findings(self, article: Article) -> Findings:
            raise AssertionError("extracted again")

    summary = await ingest(sqlite_database, Unwanted(Reference()), "W1", [raw("a.txt")])
    assert summary == Summary(same=1)


async def test_changed_content_replaces_the_article(database: Database, quick: Extractor) -> None:
    await ingest(database, quick, "W1", [raw("a.txt")])
    summary = await ingest(database, quick, "W1", [raw("a.txt", "It stays shut.\n")])

    assert summary == Summary(replaced=1)
    (one,) = await articles.listing(database, "W1")
    stored = await articles.get(database, "W1", one.id)
    assert stored is not None
    assert stored.article.text == "It stays shut.\n"


async def test_a_new_title_for_the_same_text_is_taken_without_a_new_version(
    database: Database, quick: Extractor
) -> None:
    first = replace(raw("a.txt"), title="Old title", described=True)
    second = replace(first, title="New title", published=date(2026, 2, 14))

    assert await ingest(database, quick, "W1", [first]) == Summary(new=1)
    assert await ingest(database, quick, "W1", [second]) == Summary(replaced=1)
    assert await ingest(database, quick, "W1", [second]) == Summary(same=1)

    (one,) = await articles.listing(database, "W1")
    assert (one.title, one.published) == ("New title", date(2026, 2, 14))
    assert await versions.of_article(database, "W1", one.id) == []


async def test_other_people_files_find_anew(sqlite_database: Database, quick: Extractor) -> None:
    await ingest(sqlite_database, quick, "W1", [raw("a.txt")])
    other = Quick(Reference(), "another_model")

    assert await ingest(sqlite_database, other, "W1", [raw("a.txt")]) == Summary(replaced=1)
    assert await ingest(sqlite_database, other, "W1", [raw("a.txt")]) == Summary(same=1)


async def test_the_same_source_twice_in_one_run_is_one_article(database: Database, quick: Extractor) -> None:
    assert await ingest(database, quick, "W1", [raw("a.txt"), raw("a.txt")]) == Summary(new=1, same=1)


async def test_two_workspaces_read_the_same_file_apart(database: Database, quick: Extractor) -> None:
    assert await ingest(database, quick, "W1", [raw("a.txt")]) == Summary(new=1)
    assert await ingest(database, quick, "W2", [raw("a.txt")]) == Summary(new=1)
