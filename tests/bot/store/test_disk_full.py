"""A full disk: reading goes on, what would write says so, nothing breaks, and room is enough to go on.

SQLite's own limit of pages stands for the disk: it fails with the same error at the same places.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import event, text

from bot import reference
from bot.errors import StoreError
from bot.extract import Extractor
from bot.ingest import Pool, ingest
from bot.models import Article, Asker, Findings
from bot.reference import Reference
from bot.search import Searcher
from bot.settings import Settings
from bot.store import Database, articles
from tests.bot.ingest.conftest import raw
from tests.bot.store import _samples as samples


class Disk:
    """How many pages of the database there is room for; None: as many as it likes."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.pages: int | None = None
        for engine in db.engines:
            event.listen(engine, "begin", self._limit)

    def _limit(self, connection) -> None:  # type: ignore[no-untyped-def]
        connection.exec_driver_sql(f"PRAGMA max_page_count = {self.pages or 4_294_967_294}")

    async def fill(self) -> None:
        """Leave no page."""
        async with self.db.read() as connection:
            used = (await connection.execute(text("PRAGMA page_count"))).scalar_one()
        self.pages = int(used)

    async def check(self) -> str:
        """Return what SQLite says of the file's soundness."""
        async with self.db.read() as connection:
            return str((await connection.execute(text("PRAGMA integrity_check"))).scalar_one())


@pytest.fixture
async def disk(sqlite_database: Database) -> AsyncIterator[Disk]:
    yield Disk(sqlite_database)


async def _save_until_full(db: Database) -> int:
    for number in range(200):
        try:
            await articles.save(db, "W1", samples.article(f"{number}.txt"), samples.findings())
        except StoreError as error:
            assert "disk of the database is full. Nothing was changed" in str(error)
            assert "make room" in str(error)
            return number
    raise AssertionError("the disk never filled")


async def test_reading_goes_on_and_room_is_enough_to_write_again(
    sqlite_database: Database, disk: Disk
) -> None:
    settings = Settings(_env_file=None)
    known = reference.load(settings.people, settings.terms)
    await articles.save(sqlite_database, "W1", samples.article(), samples.findings())
    searcher = Searcher(sqlite_database, known)
    before = await searcher.answer(Asker("W1"), "quotes Ada Lind")
    await disk.fill()

    saved = await _save_until_full(sqlite_database)

    assert await articles.count(sqlite_database, "W1") == saved + 1
    assert (await Searcher(sqlite_database, known).answer(Asker("W1"), "quotes Ada Lind")).answers
    assert await disk.check() == "ok"
    disk.pages = None
    again = await articles.save(sqlite_database, "W1", samples.article(f"{saved}.txt"), samples.findings())
    assert again.outcome == "new"
    assert before.answers


class _Long(Extractor):
    def findings(self, article: Article) -> Findings:
        return Findings()


async def test_an_ingest_that_met_a_full_disk_goes_on_where_it_ended(
    sqlite_database: Database, disk: Disk
) -> None:
    extractor = _Long(Reference())
    sources = [raw(f"{n}.txt", f"Report {n}. " + f"Quay {n} opens on Monday. " * 200) for n in range(20)]
    await ingest(sqlite_database, extractor, "W1", sources[:2])
    await disk.fill()

    with pytest.raises(StoreError, match="disk of the database is full"):
        async with Pool(extractor, 1) as pool:
            await ingest(sqlite_database, extractor, "W1", sources, pool=pool)
    kept = await articles.count(sqlite_database, "W1")
    disk.pages = None
    summary = await ingest(sqlite_database, extractor, "W1", sources)

    assert 2 <= kept < 20
    assert (summary.same, summary.new) == (kept, 20 - kept)
    assert await disk.check() == "ok"
