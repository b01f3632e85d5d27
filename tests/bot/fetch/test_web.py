"""Addresses are read like files: a page is an article, a feed is many, a failure is named."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest
from aiohttp import web

from bot.clean import clean
from bot.errors import SourceError
from bot.fetch.apart import Apart
from bot.fetch.web import is_address, read, visit
from bot.models import Raw
from tests.bot.fetch.conftest import LOOPBACK, Serve

TEXT = "The minister opened the harbour on Monday and praised the builders for their speed and patience. "
PAGE = f"""<html><head><title>Harbour opens</title></head><body><article><h1>Harbour opens</h1>
<p>{TEXT * 4}</p></article></body></html>"""


async def _page(request: web.Request) -> web.Response:
    return web.Response(text=PAGE, content_type="text/html")


def _feed(*links: str, description: str = "Short.") -> web.Response:
    items = "".join(
        f"<item><title>From the feed</title><link>{link}</link><description>{description}</description>"
        "<pubDate>Mon, 02 Mar 2026 10:00:00 +0100</pubDate></item>"
        for link in links
    )
    return web.Response(
        text=f"<rss version='2.0'><channel><title>Fjord Herald</title>{items}</channel></rss>",
        content_type="application/rss+xml",
    )


async def _read(*addresses: str) -> list[Raw | SourceError]:
    return [found async for found in read(addresses, LOOPBACK, pause=0)]


async def test_a_page_becomes_an_article_under_its_last_address(serve: Serve) -> None:
    async def old(request: web.Request) -> web.Response:
        raise web.HTTPMovedPermanently("/page")

    address = await serve(page=_page, old=old)
    (raw,) = await _read(address + "/old")
    assert isinstance(raw, Raw)
    assert raw.source == raw.url == address + "/page"
    assert clean(raw).title == "Harbour opens"


async def test_a_feed_becomes_the_articles_that_it_names(serve: Serve) -> None:
    async def feed(request: web.Request) -> web.Response:
        return _feed(f"{request.url.origin()}/page", f"{request.url.origin()}/gone")

    address = await serve(page=_page, feed=feed)
    raw, gone = await _read(address + "/feed")
    assert isinstance(raw, Raw) and isinstance(gone, SourceError)
    assert (raw.publisher, raw.published) == ("Fjord Herald", date(2026, 3, 2))
    assert gone.source == address + "/gone"
    assert "404" in gone.reason


async def test_a_text_in_the_feed_needs_no_page(serve: Serve) -> None:
    async def feed(request: web.Request) -> web.Response:
        return _feed(f"{request.url.origin()}/never-asked", description=TEXT * 12)

    (raw,) = await _read(await serve(feed=feed) + "/feed")
    assert isinstance(raw, Raw)
    assert TEXT.strip() in clean(raw).text


async def test_robots_txt_is_obeyed_for_pages_of_a_feed(serve: Serve) -> None:
    asked: list[str] = []

    async def feed(request: web.Request) -> web.Response:
        return _feed(f"{request.url.origin()}/page", f"{request.url.origin()}/open")

    async def page(request: web.Request) -> web.Response:
        asked.append(request.path)
        return await _page(request)

    async def robots(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(text="User-agent: *\nDisallow: /page\n")

    address = await serve(page=page, open=page, feed=feed, robots__txt=robots)
    refused, raw = await _read(address + "/feed")
    assert isinstance(refused, SourceError) and "robots.txt" in refused.reason
    assert isinstance(raw, Raw)
    assert asked == ["/robots.txt", "/open"]


async def test_pages_of_one_host_are_asked_for_one_after_another(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    sleep = asyncio.sleep

    async def counted(seconds: float) -> None:
        waited.append(seconds)
        await sleep(0)

    async def feed(request: web.Request) -> web.Response:
        return _feed(*(f"{request.url.origin()}/page?{n}" for n in range(3)))

    address = await serve(page=_page, feed=feed) + "/feed"
    monkeypatch.setattr("bot.fetch.manners.asyncio.sleep", counted)
    assert all(isinstance(found, Raw) for found in [f async for f in read([address], LOOPBACK, pause=600)])
    assert len(waited) == 3
    assert waited[0] == 0 and min(waited[1:]) > 500


async def test_kinds_that_are_not_read_are_named(serve: Serve) -> None:
    async def picture(request: web.Request) -> web.Response:
        return web.Response(body=b"\x89PNG", content_type="image/png")

    async def empty(request: web.Request) -> web.Response:
        return web.Response(text=" ", content_type="text/html")

    address = await serve(picture=picture, empty=empty)
    reasons = [
        str(f.reason)
        for f in await _read(address + "/picture", address + "/empty")
        if isinstance(f, SourceError)
    ]
    assert reasons == ["is of kind image/png, which is not read", "is empty"]


async def test_one_broken_address_does_not_stop_the_others(serve: Serve) -> None:
    address = await serve(page=_page)
    found = await _read("http://127.0.0.1:1/", "http://10.0.0.1/", address + "/page")
    assert [type(f) for f in found] == [SourceError, SourceError, Raw]


async def test_a_watched_feed_is_asked_with_its_marks(serve: Serve) -> None:
    async def feed(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == '"1"':
            return web.Response(status=304)
        response = _feed("https://herald.example/1")
        response.headers["ETag"] = '"1"'
        return response

    address = await serve(feed=feed) + "/feed"
    async with Apart() as apart:
        first = await visit(address, LOOPBACK, apart)
        assert first is not None
        assert await visit(address, LOOPBACK, apart, etag=first[0].etag) is None


async def test_a_declared_encoding_is_used(serve: Serve) -> None:
    async def page(request: web.Request) -> web.Response:
        body = PAGE.replace("minister", "ministère").encode("latin-1")
        return web.Response(body=body, headers={"Content-Type": "text/html; charset=iso-8859-1"})

    (raw,) = await _read(await serve(page=page) + "/page")
    assert isinstance(raw, Raw)
    assert "ministère" in clean(raw).text


def test_what_counts_as_an_address() -> None:
    assert is_address("HTTPS://herald.example/1")
    assert not is_address("http.txt") and not is_address("-")
