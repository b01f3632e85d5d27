"""Slack is seen to be gone, back, or not to take the token any more, within ten seconds."""

from __future__ import annotations

import asyncio
import time

import aiohttp
import pytest
from prometheus_client import REGISTRY

from handlers.slack import app, presence, reaching
from handlers.slack.calls import CALLS, method_of
from handlers.standin import Slack
from tests.handlers.slack.conftest import services_for

SOON = 10.0


async def becomes(check: reaching.Check, words: str | None) -> None:
    end = time.monotonic() + SOON
    while True:
        said = await check()
        if (said is None and words is None) or (said and words and words in said):
            return
        assert time.monotonic() < end, f"not {words!r} within {SOON} s but {said!r}"
        await asyncio.sleep(0.1)


def settings_of(slack: Slack, empty: object) -> object:
    return services_for(slack, empty, "http").settings  # type: ignore[arg-type]


async def test_slack_is_gone_and_comes_back(empty: object) -> None:
    async with Slack() as slack, aiohttp.ClientSession() as session:
        client = app.client(settings_of(slack, empty), session)  # type: ignore[arg-type]
        async with presence.watched(client) as check:
            await becomes(check, None)
            slack.fail("auth.test", times=100, reset="before")
            await becomes(check, "can't be reached")
            slack.weather.clear()
            await becomes(check, None)


async def test_a_slack_that_hangs_or_is_out_of_order_is_seen(empty: object) -> None:
    async with Slack() as slack, aiohttp.ClientSession() as session:
        client = app.client(settings_of(slack, empty), session)  # type: ignore[arg-type]
        slack.fail("auth.test", times=2, status=503)
        async with presence.watched(client, every=0.2) as check:
            assert await check() is not None
            await becomes(check, None)
            slack.fail("auth.test", times=2, seconds=30)
            await becomes(check, "can't be reached")


async def test_one_lost_answer_is_no_outage(empty: object) -> None:
    async with Slack() as slack, aiohttp.ClientSession() as session:
        slack.fail("auth.test", reset="before")
        client = app.client(settings_of(slack, empty), session)  # type: ignore[arg-type]
        async with presence.watched(client) as check:
            assert await check() is None


async def test_a_token_that_was_revoked_is_named(empty: object) -> None:
    async with Slack() as slack, aiohttp.ClientSession() as session:
        client = app.client(settings_of(slack, empty), session)  # type: ignore[arg-type]
        async with presence.watched(client, every=0.2) as check:
            await slack.uninstall()
            CALLS.answered = float("-inf")
            await becomes(check, "token_revoked")


async def test_a_busy_process_asks_nothing_more(empty: object) -> None:
    async with Slack() as slack, aiohttp.ClientSession() as session:
        client = app.client(settings_of(slack, empty), session)  # type: ignore[arg-type]
        async with presence.watched(client, every=0.3):
            mark = slack.mark()
            for _ in range(10):
                await asyncio.sleep(0.1)
                CALLS.answered = time.monotonic()
            assert not [h for h in slack.state.journal[mark:] if h.kind == "call"]


async def test_calls_are_counted_by_method_and_result_alone(slack: Slack) -> None:
    answered, asked = counted("response_url", "ok"), counted("users.info", "ok")
    limited = counted("response_url", "rate_limited")
    slack.fail("response_url", error="ratelimited", retry_after="0")
    await slack.ask("#general", "/msc who mentioned harbour")
    for _ in range(1_000):  # the answer is seen before its own answer is read
        if counted("response_url", "ok") > answered:
            break
        await asyncio.sleep(0.01)
    assert counted("response_url", "ok") == answered + 1
    assert counted("users.info", "ok") == asked + 1
    assert counted("response_url", "rate_limited") == limited + 1


def counted(method: str, result: str) -> float:
    labels = {"method": method, "result": result}
    return REGISTRY.get_sample_value("msc_slack_calls_total", labels) or 0.0


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://slack.com/api/chat.postMessage", "chat.postMessage"),
        ("https://hooks.slack.com/commands/T1/2/secret", "response_url"),
        ("https://files.slack.com/upload/v1/secret", "upload"),
        ("https://slack.com/api/<script>", "other"),
        ("https://slack.com/api/team.info?token=secret", "team.info"),
    ],
)
def test_a_label_never_holds_a_secret_address(url: str, shown: str) -> None:
    assert method_of(url) == shown
