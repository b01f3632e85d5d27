"""One source that is broken, kills its process or takes for ever never stops the others."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from bot.errors import SourceError
from bot.extract import Extractor
from bot.ingest import Pool, Result, Summary, ingest
from bot.models import Raw
from bot.store import Database, articles
from tests.bot.ingest.conftest import raw


async def test_a_broken_source_is_told_by_name_and_the_rest_goes_on(
    sqlite_database: Database, quick: Extractor
) -> None:
    told: list[Result] = []
    sources: list[Raw | SourceError] = [
        raw("a.txt"),
        SourceError("gone.txt", "does not exist"),
        raw("odd.txt", "FAIL HERE\n"),
        raw("b.txt", "More news.\n"),
    ]

    summary = await ingest(sqlite_database, quick, "W1", sources, progress=told.append)

    assert summary == Summary(new=2, failed=2)
    assert [(r.source, r.outcome) for r in told] == [
        ("a.txt", "new"),
        ("gone.txt", "failed"),
        ("odd.txt", "failed"),
        ("b.txt", "new"),
    ]
    assert told[1].reason == "does not exist"
    assert "IndexError" in told[2].reason
    assert {a.source for a in await articles.listing(sqlite_database, "W1")} == {"a.txt", "b.txt"}


@pytest.mark.usefixtures("forked")
async def test_a_source_that_kills_its_process_takes_no_other_along(
    sqlite_database: Database, quick: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.ingest._FEW", 2)  # already these few go through processes
    told: list[Result] = []
    texts = [f"News number {n}.\n" for n in range(8)]
    texts[4] = "KILL THIS PROCESS\n"
    sources = [raw(f"{n:02}.txt", text) for n, text in enumerate(texts)]

    summary = await ingest(sqlite_database, quick, "W1", sources, processes=2, progress=told.append)

    assert summary == Summary(new=7, failed=1)
    assert [r.source for r in told] == [s.source for s in sources]  # and the order is kept
    (failed,) = [r for r in told if r.outcome == "failed"]
    assert failed.source == "04.txt"
    assert "killed" in failed.reason


@pytest.mark.usefixtures("forked")
async def test_a_source_that_takes_for_ever_is_left_out_and_the_rest_goes_on(
    sqlite_database: Database, quick: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = [raw("a.txt"), raw("b.txt", "READ FOR EVER\n"), raw("c.txt", "More news.\n")]
    told: list[Result] = []

    async with Pool(quick, 1, apart=True) as pool:
        await ingest(sqlite_database, quick, "W1", sources[:1], pool=pool)  # the process is up
        monkeypatch.setattr("bot.ingest._pool._PATIENCE", 1.0)
        await ingest(sqlite_database, quick, "W1", sources[1:2], pool=pool, progress=told.append)
        monkeypatch.undo()
        summary = await ingest(sqlite_database, quick, "W1", sources[2:], pool=pool)

    assert [r.outcome for r in told] == ["failed"]
    assert "took too long" in told[0].reason
    assert summary == Summary(new=1)


async def test_a_run_that_is_stopped_keeps_what_it_did_and_goes_on_from_there(
    sqlite_database: Database, quick: Extractor
) -> None:
    summary = Summary()
    third = asyncio.Event()

    def tell(result: Result) -> None:
        if result.source == "2.txt":
            third.set()

    def endless() -> Iterator[Raw]:
        for n in range(1_000_000):
            yield raw(f"{n}.txt", f"News number {n}.\n")

    running = asyncio.create_task(
        ingest(sqlite_database, quick, "W1", endless(), processes=1, progress=tell, summary=summary)
    )
    await third.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    stored = await articles.count(sqlite_database, "W1")
    assert stored >= summary.new >= 3
    first = [raw(f"{n}.txt", f"News number {n}.\n") for n in range(3)]
    again = await ingest(sqlite_database, quick, "W1", first)
    assert again == Summary(same=3)
