"""What is not from Slack, or not whole, gets a plain sentence before anything parses it."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from aiohttp import ClientSession
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from handlers.standin import Slack
from handlers.standin.deliveries import signed
from handlers.web.app import build
from handlers.web.precheck import MOST_BYTES, Refusal, check
from handlers.web.serving import serving
from tests.handlers.standin._tiny import app

SECRET, OLD = "standin-signing-secret", "the-secret-before"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
GOOD = b"command=%2Fmsc&text=who+mentioned+Greenland&team_id=T1&user_id=U1"
NOW = 1_800_000_000.0

Make = Callable[[float], tuple[bytes, dict[str, str]]]


def right(body: bytes, media: str = FORM, secret: str = SECRET) -> Make:
    """A request that is signed as Slack does."""
    return lambda now: (body, {"Content-Type": media, **signed(secret, body, str(int(now)))})


def stamped(timestamp: str) -> Make:
    """A request whose signature fits an odd time stamp."""
    return lambda _: (GOOD, {"Content-Type": FORM, **signed(SECRET, GOOD, timestamp)})


def having(**headers: str | None) -> Make:
    """A good request with headers changed or taken away."""

    def make(now: float) -> tuple[bytes, dict[str, str]]:
        body, good = right(GOOD)(now)
        good |= {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
        gone = {name.replace("_", "-") for name, value in headers.items() if value is None}
        return body, {name: value for name, value in good.items() if name not in gone}

    return make


def interactive(payload: Any) -> Make:
    return right(urlencode({"payload": json.dumps(payload)}).encode())


def event(**fields: Any) -> Make:
    return right(json.dumps({"type": "event_callback", "team_id": "T1", **fields}).encode(), JSON)


MALFORMED: dict[str, tuple[Make, int]] = {
    "no headers of Slack's": (lambda _: (GOOD, {"Content-Type": FORM}), 401),
    "no time stamp": (having(X_Slack_Request_Timestamp=None), 401),
    "no signature": (having(X_Slack_Signature=None), 401),
    "time stamp in letters": (stamped("abc"), 401),
    "time stamp empty": (stamped(""), 401),
    "time stamp as float": (lambda now: stamped(f"{now:.3f}")(now), 401),
    "time stamp negative": (stamped("-5"), 401),
    "time stamp with a sign": (lambda now: stamped(f"+{int(now)}")(now), 401),
    "time stamp with space": (having(X_Slack_Request_Timestamp=" 12 34"), 401),
    "time stamp of 400 digits": (stamped("9" * 400), 401),
    "time stamp in exponents": (stamped("1e9"), 401),
    "time stamp infinite": (stamped("inf"), 401),
    "time stamp in other digits": (having(X_Slack_Request_Timestamp="١٢٣٤٥"), 401),
    "six minutes old": (lambda now: stamped(str(int(now) - 360))(now), 401),
    "six minutes ahead": (lambda now: stamped(str(int(now) + 360))(now), 401),
    "signature empty": (having(X_Slack_Signature=""), 401),
    "signature of another secret": (right(GOOD, secret="guessed"), 401),
    "signature not ASCII": (having(X_Slack_Signature="v0=ü" + "0" * 60), 401),
    "signature without version": (having(X_Slack_Signature="0" * 64), 401),
    "signature of another version": (having(X_Slack_Signature="v1=" + "0" * 64), 401),
    "signature cut": (having(X_Slack_Signature="v0=abc"), 401),
    "signature of another body": (lambda now: (GOOD + b"&x=1", right(GOOD)(now)[1]), 401),
    "signature in capitals": (
        lambda now: (GOOD, {k: v.upper() for k, v in right(GOOD)(now)[1].items()}),
        401,
    ),
    "body empty": (right(b""), 400),
    "body empty as JSON": (right(b"", JSON), 400),
    "body not UTF-8": (right(b"text=\xff\xfe"), 400),
    "body not UTF-8 as JSON": (right(b'{"a": "\xff"}', JSON), 400),
    "JSON broken": (right(b'{"type": ', JSON), 400),
    "JSON broken in a form": (right(b"payload=%7B%22type%22"), 400),
    "JSON null": (right(b"null", JSON), 400),
    "JSON list": (right(b"[1, 2]", JSON), 400),
    "JSON number": (right(b"7", JSON), 400),
    "JSON string": (right(b'"hello"', JSON), 400),
    "JSON very deep": (right(b"[" * 200_000, JSON), 400),
    "JSON deep and closed": (right(b'{"a":' * 500 + b"1" + b"}" * 500, JSON), 400),
    "JSON with a huge number": (right(b'{"a": ' + b"9" * 5000 + b"}", JSON), 400),
    "payload null": (interactive(None), 400),
    "payload list": (interactive([]), 400),
    "payload empty": (right(b"payload="), 400),
    "payload very deep": (right(b"payload=" + b"%5B" * 100_000), 400),
    "event as string": (event(event="message"), 400),
    "event as list": (event(event=[]), 400),
    "type as number": (event(type=7, event={}), 400),
    "authorizations as object": (event(event={}, authorizations={"a": 1}), 400),
    "authorizations of strings": (event(event={}, authorizations=["x"]), 400),
    "view as string": (interactive({"type": "view_submission", "view": "V1"}), 400),
    "actions as string": (interactive({"type": "block_actions", "actions": "x"}), 400),
    "actions of numbers": (interactive({"type": "block_actions", "actions": [1]}), 400),
    "user as number": (interactive({"type": "block_actions", "user": 7}), 400),
    "no team in a command": (right(b"command=%2Fmsc&text=help&user_id=U1"), 400),
    "no team in a click": (interactive({"type": "block_actions", "team": None, "user": {"id": "U1"}}), 400),
    "no team in an event": (right(b'{"type": "event_callback", "event": {"type": "message"}}', JSON), 400),
    "a thousand fields": (right("&".join(f"f{n}=1" for n in range(1000)).encode()), 400),
    "more than 1 MB": (right(b"text=" + b"x" * MOST_BYTES), 413),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_request_is_refused_with_a_plain_sentence(name: str) -> None:
    make, status = MALFORMED[name]
    with pytest.raises(Refusal) as caught:
        check(*make(NOW), [SECRET], NOW)
    assert caught.value.status == status
    assert str(caught.value).endswith(".")


def test_a_command_comes_through_with_its_text() -> None:
    assert check(*right(GOOD)(NOW), [SECRET], NOW)["text"] == "who mentioned Greenland"


def test_a_question_about_a_payload_is_a_command_like_any_other() -> None:
    body = b"command=%2Fmsc&text=who+mentioned+the+payload&team_id=T1"
    assert check(*right(body)(NOW), [SECRET], NOW)["text"] == "who mentioned the payload"


@pytest.mark.parametrize(
    "body",
    [
        b"ssl_check=1&token=x",
        b"command=%2Fmsc&enterprise_id=E1&user_id=U1",
        b"payload=" + quote('{"type": "shortcut", "team": null, "enterprise": {"id": "E1"}}').encode(),
    ],
)
def test_a_request_of_no_single_team_comes_through_where_slack_sends_such(body: bytes) -> None:
    assert check(*right(body)(NOW), [SECRET], NOW)


def test_both_secrets_are_accepted_during_a_rotation() -> None:
    for secret in (SECRET, OLD):
        assert check(*right(GOOD, secret=secret)(NOW), [SECRET, OLD], NOW)
    with pytest.raises(Refusal):
        check(*right(GOOD, secret=OLD)(NOW), [SECRET], NOW)
    with pytest.raises(Refusal):
        check(*right(GOOD)(NOW), [], NOW)


def test_a_clock_may_differ_by_five_minutes() -> None:
    for difference in (-300, 300):
        assert check(*stamped(str(int(NOW) + difference))(NOW), [SECRET], NOW)


@given(
    body=st.binary(max_size=200),
    media=st.sampled_from([FORM, JSON, "", "text/plain", "application/json; charset=utf-8"]),
    headers=st.dictionaries(
        st.sampled_from(["X-Slack-Signature", "X-Slack-Request-Timestamp"]), st.text(max_size=20)
    ),
    sign=st.booleans(),
)
def test_no_bytes_however_odd_do_more_than_being_refused(
    body: bytes, media: str, headers: Mapping[str, str], sign: bool
) -> None:
    genuine = signed(SECRET, body, str(int(NOW))) if sign else {}
    try:
        assert isinstance(check(body, {**headers, **genuine, "Content-Type": media}, [SECRET], NOW), dict)
    except Refusal as refusal:
        assert refusal.status in (400, 401)


@pytest.fixture
async def door() -> AsyncIterator[str]:
    """The web door before a real Bolt app; returns its address."""
    async with Slack() as slack:
        bolt = app(slack)
        async with serving(build(_dispatch(bolt), secrets=lambda: [SECRET]), "127.0.0.1", 0) as address:
            yield address


def _dispatch(bolt: AsyncApp) -> Any:
    async def dispatch(body: dict[str, Any], headers: Mapping[str, str]) -> tuple[int, str, dict[str, str]]:
        plain: dict[str, str | Sequence[str]] = {name: str(value) for name, value in headers.items()}
        answer = await bolt.async_dispatch(AsyncBoltRequest(body=body, headers=plain, mode="socket_mode"))
        return answer.status, answer.body, {k: v[0] for k, v in answer.headers.items()}

    return dispatch


async def test_no_malformed_request_reaches_bolt_or_gets_a_traceback(door: str) -> None:
    async with ClientSession() as http:
        for name, (make, status) in MALFORMED.items():
            body, headers = make(time.time())
            async with http.post(f"{door}/slack/events", data=BytesIO(body), headers=headers) as answer:
                text = await answer.text()
                assert (answer.status, name) == (status, name)
                assert len(text) < 120
                assert "Traceback" not in text


async def test_slack_s_challenge_is_answered(door: str) -> None:
    body, headers = right(b'{"type": "url_verification", "challenge": "abc"}', JSON)(time.time())
    async with (
        ClientSession() as http,
        http.post(f"{door}/slack/events", data=body, headers=headers) as answer,
    ):
        assert (answer.status, await answer.json()) == (200, {"challenge": "abc"})


async def test_a_body_without_end_is_cut_off(door: str) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 50 * MOST_BYTES:
            sent += 64 * 1024
            yield b"x" * 64 * 1024

    async with ClientSession() as http, http.post(f"{door}/slack/events", data=endless()) as answer:
        assert answer.status == 413
    assert sent < 50 * MOST_BYTES
