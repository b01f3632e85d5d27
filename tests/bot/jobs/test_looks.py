"""Sources are looked at by jobs: what is new is read, what failed is told at the source, others go on."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.ingest import wanted
from bot.store import looks, queue, sources
from tests.bot.fetch.conftest import LOOPBACK, Serve
from tests.bot.jobs._watcher import Site, Watcher, started


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
