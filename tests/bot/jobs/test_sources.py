"""Sources stay their workspace's own, go with their articles, and take uploads that can be read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.errors import SourceError
from bot.ingest import removal, wanted
from bot.store import articles, jobs, looks, sources
from tests.bot.fetch.conftest import LOOPBACK, Serve
from tests.bot.jobs._watcher import Watcher, page


async def test_one_workspace_neither_sees_nor_changes_the_sources_of_another(
    watcher: Watcher, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Ships left.\n")
    mine = await watcher.add(wanted.on_disk(str(tmp_path)))
    theirs = await watcher.add(wanted.on_disk(str(tmp_path)), "W2")

    assert [s.id for s in await sources.listing(watcher.db, "W1")] == [mine.id]
    assert await sources.get(watcher.db, "W1", theirs.id) is None
    assert not await sources.pause(watcher.db, "W1", theirs.id)
    assert not await sources.resume(watcher.db, "W1", theirs.id, watcher.moment)
    assert not await sources.forget(watcher.db, "W1", theirs.id)
    assert await sources.only_from(watcher.db, "W1", theirs.id) == []
    assert await sources.items(watcher.db, "W1", theirs.id) == set()


async def test_a_source_goes_with_its_articles_but_not_with_those_of_others(
    watcher: Watcher, tmp_path: Path
) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"Ship {name} left.\n")
    folder = await watcher.add(wanted.on_disk(str(tmp_path)))
    await watcher.add(wanted.on_disk(str(tmp_path / "a.txt")))

    assert await removal.remove(watcher.db, folder) == 1
    assert [s.place for s in await sources.listing(watcher.db, "W1")] == [str(tmp_path / "a.txt")]
    assert [a.source for a in await articles.listing(watcher.db, "W1")] == [str(tmp_path / "a.txt")]


async def test_what_is_removed_while_it_is_read_does_not_come_back(watcher: Watcher, serve: Serve) -> None:
    removed: list[int] = []

    async def slow(request: web.Request) -> web.Response:
        (source,) = await sources.listing(watcher.db, "W1")
        removed.append(await removal.remove(watcher.db, source))
        return page("Ships")

    with pytest.raises(AssertionError):  # there is no source any more whose state could be told
        await watcher.add(wanted.address(await serve(page=slow) + "/page", LOOPBACK))
    assert removed == [0]
    assert await articles.listing(watcher.db, "W1") == []


async def test_a_frozen_worker_that_wakes_up_changes_nothing_at_the_source(
    watcher: Watcher, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Ships left.\n")
    source = await watcher.add(wanted.on_disk(str(tmp_path)))
    async with watcher.db.write() as connection:
        await jobs.insert_once(connection, looks.job_of(source), watcher.moment)
    frozen = await watcher.claim()
    watcher.moment += timedelta(minutes=2)
    await watcher.claim()

    assert not await looks.looked(watcher.db, source, None, watcher.moment, error="late", job=frozen)
    assert (await watcher.state(source)).error is None


async def test_an_uploaded_file_is_read_and_its_bytes_are_not_kept(watcher: Watcher) -> None:
    given = wanted.upload("Harbour news.txt", b"Ships left.\n", by="U1")
    source = await watcher.add(given)
    assert (source.kind, source.title, source.articles, source.interval) == ("file", "Harbour news", 1, None)
    assert await sources.upload_of(watcher.db, "W1", source.id) is None

    again = await watcher.add(given)
    assert (again.id, again.result and again.result.same) == (source.id, 1)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", b"words", "is of a kind that can't be read; readable are .txt"),
        ("a.txt", b"", "is empty"),
        ("a.txt", b"\x89PNG\r\n", "is binary"),
        ("a.md", b"a" * 5_000_001, "larger than 5 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_before_it_is_kept(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        wanted.upload(name, data)
