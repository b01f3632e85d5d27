"""The guarded client reads public pages and nothing else, and bounds whatever a server does."""

from __future__ import annotations

import asyncio
import gzip
import socket
from typing import Any

import pytest
from aiohttp import web
from yarl import URL

from bot.errors import SettingError, SourceError
from bot.fetch import http, kinds
from bot.fetch.addresses import Allowed, is_fetchable
from bot.fetch.bearer import Bearer
from tests.bot.fetch.conftest import LOOPBACK, Serve

NOTHING = Allowed()
PAGE = b"<html><body><p>The minister opened the harbour.</p></body></html>"

HOSTILE = [
    "http://127.0.0.1/", "http://localhost/", "http://127.1/", "http://0/", "http://0.0.0.0/",
    "http://[::1]/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.0.0.1./",
    "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/", "http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/",
    "http://[fd00:ec2::254]/", "http://10.0.0.1/", "http://192.168.1.1/", "http://172.16.0.1/",
    "http://100.64.0.1/", "http://224.0.0.1/", "http://255.255.255.255/", "http://198.18.0.1/",
    "http://240.0.0.1/", "http://[ff02::1]/", "http://①②⑦.⓪.⓪.①/", "http://LOCALHOST/",
    "http://127.0.0.1:22/", "http://93.184.215.14:8080/", "ftp://127.0.0.1/", "file:///etc/passwd",
    "gopher://x/", "http://user:word@93.184.215.14/", "http:///nohost", "http://", "//127.0.0.1/",
    "javascript:alert(1)", "data:,x", "http://127.0.0.1\\@example.org/", "http://exa mple.org/",
    "http://x\r\nHost: y/", "http://[bad/", "http://a:99999/", "http://" + "a" * 3000, "",
]  # fmt: skip


async def _refusal(address: str, allowed: Allowed = NOTHING, **options: Any) -> str:
    with pytest.raises(SourceError) as caught:
        await http.get(address, allowed, **options)
    return caught.value.reason


@pytest.mark.parametrize("address", HOSTILE)
async def test_what_is_not_public_is_refused_in_every_disguise(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected: list[Any] = []

    async def connect(self: Any, sock: socket.socket, where: Any) -> None:
        connected.append(where)
        raise OSError("no network in this test")

    monkeypatch.setattr("asyncio.selector_events.BaseSelectorEventLoop.sock_connect", connect)
    assert await _refusal(address)
    assert connected == []


async def test_a_page_comes_with_its_kind_and_its_marks(serve: Serve) -> None:
    async def page(request: web.Request) -> web.Response:
        assert request.headers["User-Agent"].startswith("msc-bot/")
        return web.Response(body=PAGE, headers={"Content-Type": "text/html; charset=latin-1", "ETag": '"a"'})

    found = await http.get(await serve(page=page) + "/page#part", LOOPBACK)
    assert found is not None
    assert (found.data, found.media, found.encoding, found.etag) == (PAGE, "text/html", "latin-1", '"a"')
    assert found.url.endswith("/page")


async def test_loopback_is_refused_without_the_list_although_it_answers(serve: Serve) -> None:
    async def page(request: web.Request) -> web.Response:
        raise AssertionError("the server was reached")

    address = await serve(page=page)
    assert "ports 80 and 443" in await _refusal(address + "/page")


async def test_a_redirect_to_a_private_address_is_refused(serve: Serve) -> None:
    async def away(request: web.Request) -> web.Response:
        raise web.HTTPFound("http://169.254.169.254/latest")

    assert "not a public address" in await _refusal(await serve(away=away) + "/away", LOOPBACK)


async def test_a_name_that_leads_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async def lookup(*args: Any, **options: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", lookup)
    assert "127.0.0.1" in await _refusal("http://rebinding.example/")


async def test_redirects_are_followed_five_times(serve: Serve) -> None:
    async def hop(request: web.Request) -> web.Response:
        left = int(request.query["n"])
        if left == 0:
            return web.Response(body=PAGE, content_type="text/html")
        raise web.HTTPMovedPermanently(f"/hop?n={left - 1}")

    address = await serve(hop=hop)
    found = await http.get(address + "/hop?n=5", LOOPBACK)
    assert found is not None and found.url == address + "/hop?n=0"
    assert "more than 5 times" in await _refusal(address + "/hop?n=6", LOOPBACK)


async def test_a_circle_of_redirects_is_told(serve: Serve) -> None:
    async def one(request: web.Request) -> web.Response:
        raise web.HTTPFound("/two")

    async def two(request: web.Request) -> web.Response:
        raise web.HTTPFound("/one")

    assert "circle" in await _refusal(await serve(one=one, two=two) + "/one", LOOPBACK)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, "login"),
        (403, "refuses"),
        (404, "not there"),
        (429, "later"),
        (500, "out of order"),
        (418, "418"),
    ],
)
async def test_a_status_is_told_in_words(serve: Serve, status: int, reason: str) -> None:
    async def page(request: web.Request) -> web.Response:
        return web.Response(status=status)

    assert reason in await _refusal(await serve(page=page) + "/page", LOOPBACK)


async def test_what_did_not_change_is_not_sent_again(serve: Serve) -> None:
    async def page(request: web.Request) -> web.Response:
        fresh = request.headers.get("If-None-Match") == '"a"'
        return web.Response(status=304) if fresh else web.Response(body=PAGE)

    address = await serve(page=page) + "/page"
    assert await http.get(address, LOOPBACK, etag='"a"') is None
    assert await http.get(address, LOOPBACK, etag='"b"') is not None


async def test_packed_pages_are_unpacked_and_bombs_stop_at_the_limit(serve: Serve) -> None:
    bodies = {
        "small": gzip.compress(PAGE),
        "bomb": gzip.compress(bytes(100_000_000), 9),
        "torn": b"\x1f\x8bxx",
    }

    async def packed(request: web.Request) -> web.Response:
        return web.Response(body=bodies[request.query["of"]], headers={"Content-Encoding": "gzip"})

    address = await serve(packed=packed) + "/packed?of="
    found = await http.get(address + "small", LOOPBACK)
    assert found is not None and found.data == PAGE
    assert await _refusal(address + "bomb", LOOPBACK) == kinds.TOO_LARGE
    assert "can't be read" in await _refusal(address + "torn", LOOPBACK)


async def test_an_endless_body_stops_at_the_limit_and_a_dripping_one_at_the_time(serve: Serve) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 100_000)

    async def dripping(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x")
            await asyncio.sleep(0.02)

    address = await serve(endless=endless, dripping=dripping)
    assert await _refusal(address + "/endless", LOOPBACK) == kinds.TOO_LARGE
    assert "within 0.2 seconds" in await _refusal(address + "/dripping", LOOPBACK, seconds=0.2)


async def test_no_server_and_no_name_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    assert "can't be reached" in await _refusal(f"http://127.0.0.1:{port}/", LOOPBACK)

    async def lookup(*args: Any, **options: Any) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", lookup)
    assert "can't be found" in await _refusal("http://nowhere.example/")


@pytest.mark.parametrize(
    ("address", "allowed", "fits"),
    [
        ("93.184.215.14", "", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", "", True),
        ("10.1.2.3", "", False),
        ("10.1.2.3", "10.0.0.0/8", True),
        ("::ffff:10.1.2.3", "10.0.0.0/8", True),
        ("fe80::1%eth0", "", False),
        ("not an address", "", False),
    ],
)
def test_which_addresses_may_be_fetched(address: str, allowed: str, fits: bool) -> None:
    assert is_fetchable(address, Allowed.parse(allowed)) is fits


def test_the_setting_says_what_is_wrong_with_it() -> None:
    assert Allowed.parse("localhost 10.0.0.0/8,[::1]").hosts == {"localhost"}
    with pytest.raises(SettingError, match=r"'10\.0\.0\.0/99'"):
        Allowed.parse("10.0.0.0/99")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://slack.com/api/x", True),
        ("https://files.slack.com/files-pri/T1-F1/a.txt", True),
        ("https://FILES.Slack.com/a", True),
        ("https://slack.com:8443/a", False),
        ("http://files.slack.com/a", False),
        ("https://slack.com.example.org/a", False),
        ("https://notslack.com/a", False),
        ("https://example.org/?slack.com", False),
    ],
)
def test_a_token_is_shown_to_its_own_house_alone(address: str, shown: bool) -> None:
    bearer = Bearer("secret", URL("https://slack.com"))
    assert bearer.headers(URL(address)) == ({"Authorization": "Bearer secret"} if shown else {})
    assert "secret" not in repr(bearer)


async def test_a_redirect_to_another_house_does_not_take_the_token_along(serve: Serve) -> None:
    seen: list[str | None] = []

    async def stranger(request: web.Request) -> web.Response:
        seen.append(request.headers.get("Authorization"))
        return web.Response(body=PAGE, content_type="text/html")

    elsewhere = f"{await serve(page=stranger)}/page"

    async def house(request: web.Request) -> web.Response:
        seen.append(request.headers.get("Authorization"))
        raise web.HTTPFound(elsewhere)

    home = f"{await serve(file=house)}/file"
    bearer = Bearer("secret", URL(home).origin())
    assert await http.get(home, LOOPBACK, bearer=bearer)
    assert seen == ["Bearer secret", None]
