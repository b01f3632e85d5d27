"""Sources are looked at by jobs: what is new is read, what failed is told at the source, others go on."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.errors import SourceError
from bot.ingest import removal, wanted
from bot.ingest.looking import Reader
from bot.jobs import Poison, Policy
from bot.jobs.looks import functions
from bot.jobs.port import utc_now
from bot.store import articles, jobs, looks, queue, sources
from bot.store.sources import StoredSource
from tests.bot.fetch.conftest import LOOPBACK, Serve

TEXT = "The minister opened the harbour on Monday and praised the builders for their speed and patience. "


def page(title: str) -> web.Response:
    """Return a page that holds an article."""
    body = f"<article><h1>{title}</h1><p>{TEXT * 4}</p><p>{title}, they said.</p></article>"
    return web.Response(text=f"<html><body>{body}</body></html>", content_type="text/html")


@dataclass(slots=True)
class Site:
    """A feed with pages: what it holds now, which pages are out of order, and what was asked for."""

    items: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    status: int = 200
    asked: list[str] = field(default_factory=list)

    async def feed(self, request: web.Request) -> web.Response:
        mark = f'"{hash(tuple(self.items.items()))}"'
        if self.status != 200 or request.headers.get("If-None-Match") == mark:
            self.asked.append("feed, unchanged" if self.status == 200 else "feed, broken")
            return web.Response(status=304 if self.status == 200 else self.status)
        self.asked.append("feed")
        entries = "".join(
            f"<item><title>{title}</title><link>{request.url.origin()}/page?{name}</link></item>"
            for name, title in self.items.items()
        )
        feed = f"<rss version='2.0'><channel><title>Fjord Herald</title>{entries}</channel></rss>"
        return web.Response(text=feed, content_type="application/rss+xml", headers={"ETag": mark})

    async def page(self, request: web.Request) -> web.Response:
        name = request.query_string
        self.asked.append(name)
        return web.Response(status=503) if name in self.broken else page(self.items.get(name, name))


class Watcher:
    """Looks at sources as a worker does, one job at a time, at moments of the test's choosing."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.db, self.moment = reader, reader.db, utc_now()

    def now(self) -> datetime:
        return self.moment

    async def add(self, given: sources.Wanted, workspace: str = "W1") -> StoredSource:
        """Add a source and look at it."""
        source = await sources.add(self.db, workspace, given, self.moment)
        async with self.db.write() as connection:
            await jobs.insert_once(connection, looks.job_of(source), self.moment)
        return await self.work(source)

    async def work(self, source: StoredSource) -> StoredSource:
        """Do the job that is due and return how the source is afterwards."""
        job = await self.claim()
        try:
            await functions(self.reader, Policy(), self.now)[job.kind](job)
        except Poison as error:
            await jobs.fail(self.db, job, str(error), again=None, now=self.moment)
        else:
            await jobs.finish(self.db, job, self.moment)
        return await self.state(source)

    async def claim(self) -> jobs.Job:
        job = await jobs.claim(self.db, [sources.LOOK], self.moment, timedelta(minutes=1))
        assert job is not None
        return job

    async def later(self, source: StoredSource, **passed: float) -> StoredSource:
        """Let time pass, and look if a look is due."""
        self.moment += timedelta(**passed)
        await looks.plan(self.db, self.moment)
        return await self.work(source)

    async def state(self, source: StoredSource) -> StoredSource:
        found = await sources.get(self.db, source.workspace, source.id)
        assert found is not None
        return found

    async def titles(self) -> list[str | None]:
        return sorted((a.title for a in await articles.listing(self.db, "W1")), key=str)


@pytest.fixture
def watcher(reader: Reader) -> Watcher:
    return Watcher(reader)


async def started(serve: Serve, site: Site) -> Mapping[str, str]:
    address = await serve(feed=site.feed, page=site.page)
    return {"feed": f"{address}/feed", "page": f"{address}/page"}


async def test_a_watched_feed_brings_what_is_new_and_asks_for_nothing_twice(
    watcher: Watcher, serve: Serve
) -> None:
    site = Site({"1": "Ships", "2": "Ports"})
    at = await started(serve, site)
    first = await watcher.add(wanted.address(at["feed"], LOOPBACK))

    assert (first.kind, first.title, first.interval) == ("feed", "Fjord Herald", timedelta(minutes=30))
    assert first.result is not None and (first.result.new, first.articles) == (2, 2)
    site.asked.clear()
    await watcher.later(first, minutes=30)
    assert site.asked == ["feed, unchanged"]

    site.items["3"] = "Quays"
    third = await watcher.later(first, minutes=30)
    assert site.asked == ["feed, unchanged", "feed", "3"]
    assert third.result is not None and (third.result.new, third.result.same) == (1, 2)
    assert await watcher.titles() == ["Ports", "Quays", "Ships"]


async def test_an_item_that_the_feed_corrects_is_read_again(watcher: Watcher, serve: Serve) -> None:
    site = Site({"1": "Ships", "2": "Ports"})
    source = await watcher.add(wanted.address((await started(serve, site))["feed"], LOOPBACK))

    site.items["1"] = "Ships, corrected"
    again = await watcher.later(source, minutes=30)
    assert again.result is not None and (again.result.replaced, again.result.same) == (1, 1)
    assert await watcher.titles() == ["Ports", "Ships, corrected"]


async def test_a_page_that_was_out_of_order_is_asked_for_again_though_the_feed_is_unchanged(
    watcher: Watcher, serve: Serve
) -> None:
    site = Site({"1": "Ships", "2": "Ports"}, broken={"2"})
    at = await started(serve, site)
    source = await watcher.add(wanted.address(at["feed"], LOOPBACK))
    assert source.error is None and source.result is not None
    assert source.result.failures == (
        (f"{at['page']}?2", "is out of order at the moment (503); try again later"),
    )

    site.broken.clear()
    again = await watcher.later(source, minutes=30)
    assert again.result is not None and again.result.new == 1
    assert await watcher.titles() == ["Ports", "Ships"]


async def test_a_watched_feed_that_fails_says_why_and_is_looked_at_ever_more_seldom(
    watcher: Watcher, serve: Serve
) -> None:
    site = Site({"1": "Ships"})
    source = await watcher.add(wanted.address((await started(serve, site))["feed"], LOOPBACK))
    site.status = 404
    for rest in (30, 30, 60, 120):
        source = await watcher.later(source, minutes=rest)
        assert source.error == "is not there (404)"
    assert await queue.set_aside(watcher.db) == []
    assert source.articles == 1

    site.status = 200
    assert (await watcher.later(source, minutes=240)).error is None


@pytest.mark.parametrize(("status", "reason"), [(401, "login"), (404, "not there"), (403, "refuses")])
async def test_a_page_that_is_not_to_be_had_is_set_aside_with_its_reason(
    watcher: Watcher, serve: Serve, status: int, reason: str
) -> None:
    async def refused(request: web.Request) -> web.Response:
        return web.Response(status=status)

    source = await watcher.add(wanted.address(await serve(page=refused) + "/page", LOOPBACK))
    assert reason in (source.error or "")
    (job,) = await queue.set_aside(watcher.db)
    assert reason in (job.last_error or "")


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_page_that_may_come_later_is_tried_again(watcher: Watcher, serve: Serve, status: int) -> None:
    async def later(request: web.Request) -> web.Response:
        return web.Response(status=status)

    with pytest.raises(Exception, match="later"):
        await watcher.add(wanted.address(await serve(page=later) + "/page", LOOPBACK))
    (source,) = await sources.listing(watcher.db, "W1")
    assert str(status) in (source.error or "")


async def test_a_folder_is_watched(watcher: Watcher, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("Ships left.\n")
    source = await watcher.add(wanted.on_disk(str(news)))
    assert (source.kind, source.interval, source.articles) == ("folder", timedelta(minutes=5), 1)

    (news / "b.txt").write_text("Ships came.\n")
    (news / "c.bin").write_bytes(b"\x00\x01")
    again = await watcher.later(source, minutes=5)
    assert again.result is not None
    assert (again.result.new, again.result.same, again.result.failed) == (1, 1, 1)
    assert "can't be read" in again.result.failures[0][1]

    (news / "c.bin").unlink()
    await watcher.later(source, minutes=5)
    assert (await watcher.later(source, minutes=5)).result == replace(
        again.result, new=0, same=2, failed=0, failures=(), articles=()
    )


async def test_a_folder_that_is_gone_says_so_and_its_articles_stay(watcher: Watcher, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("Ships left.\n")
    source = await watcher.add(wanted.on_disk(str(news)))
    news.rename(tmp_path / "elsewhere")

    gone = await watcher.later(source, minutes=5)
    assert (gone.error, gone.articles) == ("does not exist", 1)


async def test_a_paused_source_is_not_looked_at_until_it_is_resumed(watcher: Watcher, serve: Serve) -> None:
    site = Site({"1": "Ships"})
    source = await watcher.add(wanted.address((await started(serve, site))["feed"], LOOPBACK))
    assert await sources.pause(watcher.db, "W1", source.id)
    watcher.moment += timedelta(days=1)
    assert await looks.plan(watcher.db, watcher.moment) == 0

    site.items["2"] = "Ports"
    assert await sources.resume(watcher.db, "W1", source.id, watcher.moment)
    assert (await watcher.later(source)).articles == 2


async def test_of_several_replicas_one_puts_a_look_once(watcher: Watcher, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ships left.\n")
    await watcher.add(wanted.on_disk(str(tmp_path), every=timedelta(minutes=1)))
    later = watcher.moment + timedelta(minutes=1)

    put = await asyncio.gather(*(looks.plan(watcher.db, later) for _ in range(4)))
    assert sum(put) == 1
    assert (await queue.depth(watcher.db, later)).waiting == 1


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
