"""A long run: its processes are replaced now and then, and what is kept of it does not grow."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.extract import Extractor
from bot.fetch import files
from bot.ingest import Pool, Result, Summary, ingest
from bot.ingest.looking import _Account
from bot.models import Article, Findings, Person
from bot.models import EntityKind as Kind
from bot.reference import Reference
from bot.store import Database, people
from bot.store.sources import LISTED
from tests.bot.ingest.conftest import raw


class Signing(Extractor):
    """Finds the process that read an article."""

    def bound(self) -> None:
        """Load no spaCy."""

    def findings(self, article: Article) -> Findings:
        """Return a person named after the process."""
        return Findings(people=(Person(f"Process {os.getpid()}", Kind.PERSON),))


@pytest.mark.usefixtures("forked")
async def test_processes_are_replaced_and_nothing_is_lost_over_it(sqlite_database: Database) -> None:
    sources = [raw(f"{n:02}.txt", f"News number {n}.\n") for n in range(30)]
    told: list[Result] = []
    async with Pool(Signing(Reference()), 1, apart=True, lasts=10) as pool:
        summary = await ingest(
            sqlite_database, pool.extractor, "W1", sources, pool=pool, progress=told.append
        )
        assert pool._leaving is None or not pool._left

    assert summary == Summary(new=30)
    assert [r.source for r in told] == [s.source for s in sources]
    by = {p.person.name: len(p.articles) for p in await people.listing(sqlite_database, "W1")}
    assert sorted(by.values()) == [1, 9, 10, 10]  # the tenth source is the first of new processes


def test_of_a_long_look_the_first_are_kept_by_name_and_all_are_counted() -> None:
    account = _Account(None)
    for n in range(1_000):
        for result in (
            Result(f"{n}", "new", article_id=n),
            Result(f"{n}", "failed", "is broken", passing=n == 999),
        ):
            account.summary.add(result)
            account.note(result)
    assert account.done == 2_000 and account.again
    assert len(account.failures) == len(account.articles) == LISTED


def test_a_file_that_two_names_lead_to_is_read_once_and_a_folder_alone_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ships left.\n")
    folder, file = str(tmp_path), str(tmp_path / "a.txt")
    assert len(list(files.read([folder]))) == 1
    assert len(list(files.read([folder, file, f"{folder}/*"]))) == 1
