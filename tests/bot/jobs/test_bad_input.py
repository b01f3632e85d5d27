"""Whatever a server or a file does: a clear reason at the source, the others go on, time and memory bound."""

from __future__ import annotations

import asyncio
import gzip
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from threading import Event, Thread

import pytest
from aiohttp import web
from pypdf import PdfWriter

from bot.errors import SourceError
from bot.fetch.apart import Apart
from bot.fetch.manners import Manners
from bot.ingest import Pool, wanted
from bot.ingest.looking import Reader, Web, look
from bot.jobs.port import utc_now
from bot.reference import Reference
from bot.store import Database, articles, sources
from bot.store.sources import Looked
from tests.bot.fetch.conftest import LOOPBACK, Serve
from tests.bot.jobs.conftest import Quick

MOST = 50  # megabytes more than before
SECONDS = 30
TEXT = "The minister opened the harbour on Monday and praised the builders for their speed and patience. "
HONEST = f"<html><body><article><h1>Harbour opens</h1><p>{TEXT * 8}</p></article></body></html>".encode()
BOMB = (
    b'<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b"<rss><channel><title>&b;</title></channel></rss>"
)
METADATA = "http://169.254.169.254/latest/"


def _pictures() -> bytes:
    """Return a PDF without a text layer."""
    writer, held = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(held)
    return held.getvalue()


PICTURES = _pictures()


def _items(count: int) -> bytes:
    items = b"".join(b"<item><title>%d</title></item>" % n for n in range(count))
    return b"<rss version='2.0'><channel><title>All</title>" + items + b"</channel></rss>"


def _body(data: bytes, kind: str, **headers: str) -> Callable[[web.Request], web.Response]:
    return lambda _: web.Response(body=data, headers={"Content-Type": kind, **headers})


ANSWERS: dict[str, tuple[Callable[[web.Request], web.Response], str]] = {
    "gzip bomb": (
        _body(gzip.compress(bytes(200_000_000), 1), "text/html", **{"Content-Encoding": "gzip"}),
        "larger than 5 MB",
    ),
    "XML bomb": (_body(BOMB, "application/rss+xml"), "defines entities"),
    "deep tags": (_body(b"<html>" + b"<div>" * 200_000 + b"words", "text/html"), "more than 50,000 tags"),
    "deep feed": (_body(b"<rss>" + b"<a>" * 200_000, "application/rss+xml"), "deeper than 256"),
    "no text": (_body(b"<html><body><img src='a.png'></body></html>", "text/html"), "no article text"),
    "picture": (_body(b"\x89PNG\r\n" * 1000, "image/png"), "is of kind image/png"),
    "pictures in a PDF": (_body(PICTURES, "application/pdf"), "without a text layer"),
    "binary": (_body(bytes(range(256)) * 400, "text/plain"), "binary"),
    "401": (lambda _: web.Response(status=401), "login"),
    "404": (lambda _: web.Response(status=404), "not there"),
    "429": (lambda _: web.Response(status=429), "come back later"),
    "500": (lambda _: web.Response(status=500), "out of order"),
    "circle": (lambda _: web.Response(status=302, headers={"Location": "/bad?circle"}), "circle"),
    "metadata": (lambda _: web.Response(status=302, headers={"Location": METADATA}), "not a public address"),
}  # fmt: skip


async def _endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b"x" * 100_000)


async def _bad(request: web.Request) -> web.StreamResponse:
    return ANSWERS[request.query_string.replace("%20", " ").replace("+", " ")][0](request)


@pytest.fixture
async def hostile(sqlite_database: Database) -> AsyncIterator[Reader]:
    """A reader as a server has it: cleaning in a process of its own, feeds in another."""
    quick = Quick(Reference())
    async with Apart() as apart, Pool(quick, 1, apart=True) as pool:
        yield Reader(sqlite_database, quick, Web(LOOPBACK, Manners(LOOPBACK, 0), apart), pool)


async def read(reader: Reader, address: str) -> Looked | None:
    """Add a source and look at it, within the promised time."""
    source = await sources.add(reader.db, "W1", wanted.address(address, LOOPBACK), utc_now())
    return (await look(reader, source))[1]


async def test_a_hostile_answer_is_told_in_words_and_costs_little(hostile: Reader, serve: Serve) -> None:
    async def honest(request: web.Request) -> web.Response:
        return web.Response(body=HONEST, content_type="text/html")

    async def feed(request: web.Request) -> web.Response:
        return web.Response(body=_items(100_000), content_type="application/rss+xml")

    at = await serve(bad=_bad, honest=honest, feed=feed, endless=_endless)
    await read(hostile, f"{at}/honest?1")  # the libraries for each kind are loaded by the first of it
    for kind in ("deep feed", "no text", "pictures in a PDF"):
        with pytest.raises(SourceError):
            await read(hostile, f"{at}/bad?{kind}".replace(" ", "%20"))

    with at_most(MOST):
        for name, (_, reason) in ANSWERS.items():
            with pytest.raises(SourceError, match=reason):
                async with asyncio.timeout(SECONDS):
                    await read(hostile, f"{at}/bad?{name}".replace(" ", "%20"))
        with pytest.raises(SourceError, match="larger than 5 MB"):
            await read(hostile, f"{at}/endless")
        many = await read(hostile, f"{at}/feed")
        after = await read(hostile, f"{at}/honest?2")

    assert many is not None and many.failed == 500
    assert "neither a text nor a link" in many.failures[0][1]
    assert after is not None and after.new == 1
    assert len(await articles.listing(hostile.db, "W1")) == 2


async def test_a_wrong_declaration_of_the_encoding_does_no_harm(hostile: Reader, serve: Serve) -> None:
    async def page(request: web.Request) -> web.Response:
        body = HONEST.replace(b"minister", "ministère".encode("latin-1"))
        return web.Response(body=body, headers={"Content-Type": f"text/html; charset={request.query_string}"})

    at = await serve(page=page)
    for charset in ("utf-8", "utf-16", "klingon"):
        await read(hostile, f"{at}/page?{charset}")
    stored = [await articles.get(hostile.db, "W1", a.id) for a in await articles.listing(hostile.db, "W1")]
    assert all(s and "opened the harbour" in s.article.text for s in stored)
    assert any(s and "ministère" in s.article.text for s in stored)


async def test_bad_files_in_a_folder_are_named_and_the_others_are_read(
    hostile: Reader, tmp_path: Path
) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "good.html").write_bytes(HONEST)
    (news / "pictures.pdf").write_bytes(PICTURES)
    (news / "torn.pdf").write_bytes(b"%PDF-1.7\n" + os.urandom(4_000))
    (news / "deep.html").write_bytes(b"<html>" + b"<div>" * 200_000)
    (news / "huge.txt").write_bytes(b"words " * 1_000_000)
    (news / "empty.txt").write_bytes(b"")
    (news / "bomb.xml").write_bytes(BOMB)
    source = await sources.add(hostile.db, "W1", wanted.on_disk(str(news)), utc_now())

    _, outcome = await look(hostile, source)

    assert outcome is not None and (outcome.new, outcome.failed) == (1, 6)
    told = {Path(name).name: reason for name, reason in outcome.failures}
    assert sorted(told) == ["bomb.xml", "deep.html", "empty.txt", "huge.txt", "pictures.pdf", "torn.pdf"]
    assert "without a text layer" in told["pictures.pdf"] and "larger than 5 MB" in told["huge.txt"]


@contextmanager
def at_most(megabytes: int) -> Iterator[None]:
    """Fail where this process and its children took more memory at any moment than before."""
    before, peak, over = _resident(), 0, Event()

    def watch() -> None:
        nonlocal peak
        while not over.wait(0.02):
            peak = max(peak, _resident())

    thread = Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    assert (peak - before) / 2**20 <= megabytes


def _resident() -> int:
    """Return the bytes of this process and all below it; nothing shared is counted once for each."""
    family = {os.getpid()}
    below = family
    status = {int(p.name): p for p in Path("/proc").iterdir() if p.name.isdigit()}
    parents = {pid: parent for pid, path in status.items() if (parent := _parent(path)) is not None}
    while below:
        below = {pid for pid, parent in parents.items() if parent in family} - family
        family |= below
    return sum(_pages(status[pid]) for pid in family if pid in status) * os.sysconf("SC_PAGE_SIZE")


def _parent(path: Path) -> int | None:
    try:
        return int((path / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return None


def _pages(path: Path) -> int:
    try:
        return int((path / "statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
