"""How a payload reaches the app over HTTP: signed, within three seconds, events tried again."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
import time
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from aiohttp import ClientConnectionError, ClientSession, ClientTimeout

from handlers.standin.values import Json

ACK_WITHIN = 3.0  # seconds


@dataclass(frozen=True, slots=True)
class Ack:
    """How the app acknowledged: `error` is None, timeout, http_error or connection_failed."""

    status: int
    body: Json | None = None
    text: str = ""
    error: str | None = None
    seconds: float = 0.0
    no_retry: bool = False


class Courier(Protocol):
    """Brings a payload to the app; `kind` is slash_commands, interactive or events_api."""

    async def deliver(self, kind: str, payload: Json, attempt: int = 0, reason: str = "") -> Ack:
        """Deliver once; never raises, a failure is an Ack with `error`."""
        ...


def signed(secret: str, body: bytes, timestamp: str | None = None) -> dict[str, str]:
    """The two headers by which an app knows that a request comes from Slack."""
    timestamp = str(int(time.time())) if timestamp is None else timestamp
    base = b"v0:" + timestamp.encode() + b":" + body
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def encoded(kind: str, payload: Json) -> tuple[bytes, str]:
    """Body and content type, as Slack sends that kind of payload."""
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


class Http:
    """Delivers to a request URL on loopback."""

    def __init__(self, request_url: str, secret: str) -> None:
        host = urlsplit(request_url).hostname or ""
        if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            raise ValueError(f"the stand-in of Slack only delivers to loopback, not to {host}")
        self._url = request_url
        self._secret = secret

    async def deliver(self, kind: str, payload: Json, attempt: int = 0, reason: str = "") -> Ack:
        """Post once, signed, and wait three seconds at most."""
        body, media = encoded(kind, payload)
        headers = {"Content-Type": media, "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}
        headers |= signed(self._secret, body)
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
        start = time.monotonic()
        try:
            timeout = ClientTimeout(total=ACK_WITHIN)
            async with (
                ClientSession(timeout=timeout) as http,
                http.post(self._url, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                text = await answer.text()
                return _ack(answer.status, text, answer.headers.get("X-Slack-No-Retry") == "1", start)
        except TimeoutError:
            return Ack(0, error="http_timeout", seconds=time.monotonic() - start)
        except ClientConnectionError:
            return Ack(0, error="connection_failed", seconds=time.monotonic() - start)


def _ack(status: int, text: str, no_retry: bool, start: float) -> Ack:
    body = None
    if text.lstrip().startswith("{"):
        try:
            body = json.loads(text)
        except json.JSONDecodeError:
            body = None
    error = None if status == 200 else "http_error"
    return Ack(status, body, text, error, time.monotonic() - start, no_retry)
