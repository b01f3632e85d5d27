"""What retention removed stays away while its source still lists it; adding its address brings it back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import time_machine
from aiohttp import web

from bot.ingest import wanted
from bot.models import Policy
from bot.store import articles, policies, removed, sources
from tests.bot.fetch.conftest import LOOPBACK, Serve
from tests.bot.jobs._watcher import TEXT, Site, Watcher, started

DAYS = 30


async def retention_ends(watcher: Watcher) -> int:
    """Let the days pass for which articles are kept, and sweep; return how many articles went."""
    await policies.save(watcher.db, "W1", Policy(retention=DAYS), "U1")
    watcher.moment += timedelta(days=DAYS + 1)
    return await policies.sweep(watcher.db, watcher.moment)


async def test_a_feed_that_still_lists_it_does_not_bring_it_back_and_no_page_is_fetched(
    watcher: Watcher, serve: Serve
) -> None:
    site = Site({"1": "Ships", "2": "Ports"})
    source = await watcher.add(wanted.address((await started(serve, site))["feed"], LOOPBACK))
    assert await retention_ends(watcher) == 2
    site.items["3"] = "Quays"
    site.asked.clear()

    again = await watcher.later(source, minutes=30)
    assert site.asked == ["feed", "3"]
    assert again.result is not None and (again.result.new, again.result.same) == (1, 2)
    assert await watcher.titles() == ["Quays"]


async def test_adding_the_address_of_its_page_brings_it_back(watcher: Watcher, serve: Serve) -> None:
    site = Site({"1": "Ships", "2": "Ports"})
    at = await started(serve, site)
    source = await watcher.add(wanted.address(at["feed"], LOOPBACK))
    await retention_ends(watcher)

    await watcher.add(wanted.address(f"{at['page']}?1", LOOPBACK))
    assert await watcher.titles() == ["Ships"]
    site.items["3"] = "Quays"
    await watcher.later(source, minutes=30)
    assert await watcher.titles() == ["Quays", "Ships"]


async def test_adding_the_feed_again_brings_back_all_that_it_lists(watcher: Watcher, serve: Serve) -> None:
    given = wanted.address((await started(serve, Site({"1": "Ships", "2": "Ports"})))["feed"], LOOPBACK)
    source = await watcher.add(given)
    await retention_ends(watcher)

    again = await watcher.add(given)
    assert again.id == source.id
    assert await watcher.titles() == ["Ports", "Ships"]


async def test_a_page_that_was_added_and_removed_is_read_when_it_is_added_again(
    watcher: Watcher, serve: Serve
) -> None:
    async def unchanging(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == '"1"':
            return web.Response(status=304)
        body = f"<html><body><article><h1>Ships</h1><p>{TEXT * 4}</p></article></body></html>"
        return web.Response(text=body, content_type="text/html", headers={"ETag": '"1"'})

    given = wanted.address(await serve(page=unchanging) + "/page", LOOPBACK, every=timedelta(hours=1))
    source = await watcher.add(given)
    await retention_ends(watcher)
    await watcher.later(source, hours=1)
    assert await watcher.titles() == []

    await watcher.add(given)
    assert await watcher.titles() == ["Ships"]


async def test_an_item_that_changed_since_comes_as_what_it_is_now(watcher: Watcher, serve: Serve) -> None:
    site = Site({"1": "Ships", "2": "Ports"})
    source = await watcher.add(wanted.address((await started(serve, site))["feed"], LOOPBACK))
    await retention_ends(watcher)

    site.items["1"] = "Ships, corrected"
    await watcher.later(source, minutes=30)
    assert await watcher.titles() == ["Ships, corrected"]


async def test_a_feed_that_carries_texts_in_full_does_not_bring_them_back(
    watcher: Watcher, serve: Serve
) -> None:
    stamp = 0

    async def feed(request: web.Request) -> web.Response:
        nonlocal stamp
        stamp += 1
        entry = (
            f"<entry><id>tag:1</id><title>Ships</title><updated>2026-02-14T10:00:{stamp:02}Z</updated>"
            f"<content type='html'>{TEXT * 8}</content></entry>"
        )
        whole = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Herald</title>{entry}</feed>"
        return web.Response(text=whole, content_type="application/atom+xml")

    source = await watcher.add(wanted.address(await serve(feed=feed) + "/feed", LOOPBACK))
    assert await watcher.titles() == ["Ships"]
    await retention_ends(watcher)
    for _ in range(2):  # the publisher touches the entry, its words stay
        again = await watcher.later(source, minutes=30)
        assert again.result is not None and (again.result.new, again.result.same) == (0, 1)
    assert await watcher.titles() == []


async def test_a_watched_folder_keeps_its_files_and_they_do_not_come_back(
    watcher: Watcher, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Ships left the harbour.\n")
    (tmp_path / "b.txt").write_text("Ships came home.\n")
    source = await watcher.add(wanted.on_disk(str(tmp_path)))
    await retention_ends(watcher)

    (tmp_path / "b.txt").write_text("Ships came home late.\n")
    (tmp_path / "c.txt").write_text("Ships stayed.\n")
    again = await watcher.later(source, minutes=5)
    assert again.result is not None and (again.result.new, again.result.same) == (2, 1)
    assert [Path(a.source).name for a in await articles.listing(watcher.db, "W1")] == ["b.txt", "c.txt"]


async def test_what_the_feed_no_longer_lists_is_forgotten(watcher: Watcher, serve: Serve) -> None:
    site = Site({"1": "Ships", "2": "Ports"})
    source = await watcher.add(wanted.address((await started(serve, site))["feed"], LOOPBACK))
    await retention_ends(watcher)
    assert len(await removed.items(watcher.db, "W1", source.id)) == 2

    del site.items["1"]
    await watcher.later(source, minutes=30)
    assert len(await removed.items(watcher.db, "W1", source.id)) == 1
    site.items.clear()  # a feed that is empty for once says nothing of what it lists
    site.status = 200
    await watcher.later(source, minutes=30)
    assert len(await removed.items(watcher.db, "W1", source.id)) == 1


async def test_it_is_forgotten_a_year_after_the_feed_last_listed_it(watcher: Watcher, serve: Serve) -> None:
    site = Site({"1": "Ships", "2": "Ports"})
    source = await watcher.add(wanted.address((await started(serve, site))["feed"], LOOPBACK))
    await retention_ends(watcher)
    watcher.moment += timedelta(days=300)
    site.items["3"] = "Quays"
    with time_machine.travel(watcher.moment):
        await watcher.later(source, minutes=30)
    watcher.moment += timedelta(days=300)
    assert await removed.sweep(watcher.db, watcher.moment) == 0
    watcher.moment += timedelta(days=100)
    assert await removed.sweep(watcher.db, watcher.moment) == 2
    assert await removed.items(watcher.db, "W1", source.id) == set()


async def test_an_article_older_than_that_is_kept_as_long_as_any_from_when_it_was_read(
    watcher: Watcher, serve: Serve
) -> None:
    """Retention counts from the reading, so what a feed lists late is kept its days, and then stays away."""
    site = Site({"1": "Ships"})
    source = await watcher.add(wanted.address((await started(serve, site))["feed"], LOOPBACK))
    await policies.save(watcher.db, "W1", Policy(retention=DAYS), "U1")
    async with watcher.db.write() as connection:
        await connection.exec_driver_sql("UPDATE articles SET published = '2020-01-01'")
    assert await policies.sweep(watcher.db, watcher.moment + timedelta(days=DAYS - 1)) == 0
    assert await retention_ends(watcher) == 1
    site.items["2"] = "Ports"
    await watcher.later(source, minutes=30)
    assert await watcher.titles() == ["Ports"]


async def test_a_source_that_is_removed_takes_its_memory_along(watcher: Watcher, serve: Serve) -> None:
    given = wanted.address((await started(serve, Site({"1": "Ships"})))["feed"], LOOPBACK)
    source = await watcher.add(given)
    await retention_ends(watcher)
    assert await sources.forget(watcher.db, "W1", source.id)
    assert await removed.items(watcher.db, "W1", source.id) == set()
