"""One line may name files, pages and feeds in any order."""

from __future__ import annotations

import asyncio
from pathlib import Path

from aiohttp import web

from bot.errors import SourceError
from bot.fetch import sources
from bot.models import Raw
from tests.bot.fetch.conftest import LOOPBACK, Serve


async def test_files_and_pages_come_in_the_order_in_which_they_are_named(
    serve: Serve, tmp_path: Path
) -> None:
    async def page(request: web.Request) -> web.Response:
        return web.Response(
            text="<html><body><p>Words of a page.</p></body></html>", content_type="text/html"
        )

    address = await serve(page=page)
    (tmp_path / "a.txt").write_text("Words of a file.")
    named = [
        str(tmp_path / "a.txt"),
        f"{address}/page",
        f"{address}/gone",
        str(tmp_path / "b.txt"),
        f"{address}/page",
    ]
    found = await asyncio.to_thread(lambda: list(sources.read(named, LOOPBACK)))
    assert [type(one) for one in found] == [Raw, Raw, SourceError, SourceError, Raw]
    assert [one.source.rsplit("/", 1)[-1] for one in found] == ["a.txt", "page", "gone", "b.txt", "page"]


async def test_reading_may_stop_in_the_middle(serve: Serve) -> None:
    async def page(request: web.Request) -> web.Response:
        return web.Response(text="Words.", content_type="text/plain")

    address = f"{await serve(page=page)}/page"
    found = await asyncio.to_thread(lambda: next(iter(sources.read([address, address], LOOPBACK))))
    assert isinstance(found, Raw)
