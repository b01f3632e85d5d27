"""Whatever comes through the doors, the log has one JSON line an event, and no text, secret or name in it."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Iterator
from io import StringIO
from typing import Any

import aiohttp
import pytest
import structlog
from prometheus_client import generate_latest
from sqlalchemy import text

from bot import log
from bot.search import Searcher
from bot.services import Services
from handlers.standin import Slack
from handlers.standin.deliveries import signed

PRIVATE = "the-merger-of-Harbour-and-Ferry"
FORGED = f'{PRIVATE}\r\n{{"event": "forged", "level": "info"}}\u2028\u0085{PRIVATE}'


@pytest.fixture
def slack(one_way: Slack) -> Slack:
    """Over HTTP: everything that Slack can send goes through one door."""
    return one_way


@pytest.fixture(autouse=True)
def written(slack: Slack) -> Iterator[StringIO]:
    """What the log writes while a test runs; at its end every line must be whole and say nothing private."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = StringIO()
    log.configure("info", stream)
    yield stream
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()
    for line in stream.getvalue().splitlines():
        event = json.loads(line)
        assert {"event", "level", "logger", "timestamp"} <= event.keys()
        assert event["event"] != "forged"
    for word in (PRIVATE, "merger", slack.signing_secret, "xoxb-", "alice"):
        assert word not in stream.getvalue()
        assert word not in generate_latest().decode()  # nor in a label of /metrics


def address(slack: Slack) -> str:
    return str(slack._request_url)


def events(stream: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize(
    "typed", [f"who mentioned {FORGED}", f'verify "{FORGED}"', f"sources {FORGED}", FORGED]
)
async def test_a_question_is_not_logged(slack: Slack, typed: str) -> None:
    assert (await slack.ask("#general", f"/msc {typed}")).words()


async def test_an_address_that_cannot_be_read_is_not_logged(slack: Slack) -> None:
    assert (await slack.ask("#general", f"/msc add http://localhost/{PRIVATE}%0d%0aforged")).words()


async def test_a_failure_is_logged_by_its_kind_and_place(
    slack: Slack, written: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        try:
            raise KeyError(FORGED)
        except KeyError as error:
            raise RuntimeError(FORGED) from error

    monkeypatch.setattr(Searcher, "answer", broken)
    assert "Something went wrong" in (await slack.ask("#general", f"/msc who mentioned {PRIVATE}")).text
    (failed,) = [e for e in events(written) if e["level"] == "error"]
    assert "KeyError" in failed["exception"] and "RuntimeError" in failed["exception"]
    assert "test_log.py" in failed["exception"] and "in broken" in failed["exception"]


async def test_a_broken_statement_is_logged_without_its_values(
    slack: Slack, empty: Services, written: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        async with empty.db.write() as connection:
            await connection.execute(
                text("SELECT nothing FROM nowhere WHERE said = :said"), {"said": PRIVATE}
            )

    monkeypatch.setattr(Searcher, "answer", broken)
    assert (await slack.ask("#general", f"/msc who mentioned {PRIVATE}")).words()


async def test_an_event_that_nobody_listens_to_is_not_logged(slack: Slack) -> None:
    user = slack.user("alice").id
    for inner in (
        {"type": "reaction_added", "user": user, "reaction": FORGED, "item": {"channel": "C1", "ts": "1.1"}},
        {"type": "message", "channel_type": "im", "subtype": "me_message", "text": FORGED, "user": user},
        {"type": "message", "channel_type": "channel", "text": FORGED, "user": user, "channel": "C1"},
        {"type": FORGED, "user": user, "text": PRIVATE},
    ):
        await slack.event("alice", dict(inner))


async def test_an_unknown_shortcut_or_view_is_not_logged(slack: Slack) -> None:
    for callback in (FORGED, f"unknown {PRIVATE}"):
        await slack.shortcut(callback)


@pytest.mark.parametrize(
    ("raw", "media"),
    [
        (f"command=%2Fother&text={PRIVATE}%0d%0aforged".encode(), "application/x-www-form-urlencoded"),
        (json.dumps({"type": PRIVATE, "event": {"type": FORGED}}).encode(), "application/json"),
        (json.dumps({"type": "view_submission", "view": {"x": FORGED}}).encode(), "application/json"),
        (
            json.dumps({"type": "block_actions", "actions": [{"action_id": FORGED}]}).encode(),
            "application/json",
        ),
        (json.dumps({"team_id": FORGED, "type": "event_callback", "event": {}}).encode(), "application/json"),
    ],
)
async def test_an_odd_body_is_not_logged(slack: Slack, raw: bytes, media: str) -> None:
    async with aiohttp.ClientSession() as http:
        headers = {"Content-Type": media, **signed(slack.signing_secret, raw, str(int(time.time())))}
        async with http.post(address(slack), data=raw, headers=headers) as answer:
            assert PRIVATE not in await answer.text()


async def test_a_stranger_cannot_write_into_the_log(slack: Slack, written: StringIO) -> None:
    url = address(slack)
    headers = {"User-Agent": PRIVATE, "X-Slack-Signature": PRIVATE, "X-Slack-Request-Timestamp": PRIVATE}
    async with aiohttp.ClientSession() as http:
        for path in (url, f"{url}/{PRIVATE}%0d%0aforged", f"{url}?token={PRIVATE}"):
            async with http.post(path, data=FORGED.encode(), headers=headers) as answer:
                assert 400 <= answer.status < 500


async def test_a_raw_request_that_is_no_http_is_not_logged(slack: Slack) -> None:
    host, _, port = address(slack).split("/")[2].partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"GET /{PRIVATE} HTTP/9.9\r\nX: {PRIVATE}\x00\r\n\r\n".encode())
    await writer.drain()
    await reader.read()
    writer.close()
    await writer.wait_closed()
