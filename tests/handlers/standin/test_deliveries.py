"""Deliveries over HTTP: signed, timed, and events delivered again after a failure."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from handlers.standin import Slack

Handler = Callable[[web.Request], Awaitable[web.Response]]


@asynccontextmanager
async def behind(handler: Handler) -> AsyncIterator[Slack]:
    """A stand-in that delivers to one handler."""
    app = web.Application()
    app.router.add_post("/slack/events", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        async with Slack(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events") as slack:
            yield slack
    finally:
        await runner.cleanup()


async def test_every_kind_of_request_carries_a_signature_that_the_sdk_accepts() -> None:
    seen = []

    async def check(request: web.Request) -> web.Response:
        verifier = SignatureVerifier("standin-signing-secret")
        seen.append(
            (request.content_type, verifier.is_valid_request(await request.read(), dict(request.headers)))
        )
        return web.Response()

    async with behind(check) as slack:
        await slack.command("#general", "/msc who mentioned “Grønland” & more")
        await slack.mention("#general", "hello")
        await slack.shortcut("search")
    assert seen == [
        ("application/x-www-form-urlencoded", True),
        ("application/json", True),
        ("application/x-www-form-urlencoded", True),
    ]


async def test_an_event_that_failed_comes_again_with_number_and_reason() -> None:
    seen: list[tuple[str | None, str | None]] = []
    thrice = asyncio.Event()

    async def fail_twice(request: web.Request) -> web.Response:
        seen.append((request.headers.get("X-Slack-Retry-Num"), request.headers.get("X-Slack-Retry-Reason")))
        if len(seen) == 3:
            thrice.set()
        return web.Response(status=500 if len(seen) < 3 else 200)

    async with behind(fail_twice) as slack:
        slack.retry_after = (0, 0, 0)
        await slack.mention("#general", "hello")
        await asyncio.wait_for(thrice.wait(), 10)
    assert seen == [(None, None), ("1", "http_error"), ("2", "http_error")]


async def test_an_app_that_is_silent_for_three_seconds_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.standin.deliveries.ACK_WITHIN", 0.05)

    async def sleep(_: web.Request) -> web.Response:
        await asyncio.sleep(1)
        return web.Response()

    async with behind(sleep) as slack:
        done = await slack.command("#general", "/msc x")
    assert done.failed == "/msc failed with the error “operation_timeout”"


async def test_text_in_the_acknowledgement_is_a_private_answer() -> None:
    async def at_once(_: web.Request) -> web.Response:
        return web.Response(text="at once")

    async with behind(at_once) as slack:
        await slack.command("#general", "/msc x")
        assert [m.text for m in slack.messages("#general")] == ["at once"]
        assert slack.messages("#general", "bruno") == ()


def test_nothing_is_delivered_beyond_loopback() -> None:
    with pytest.raises(ValueError, match="only delivers to loopback"):
        Slack("https://203.0.113.7/slack/events").courier()
