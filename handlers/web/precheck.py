"""Stands in front of Bolt: judges the raw bytes of a request before anything parses them.

Bolt parses before it verifies, and answers 13 of 34 malformed requests with a traceback; and it loses a
slash command whose text holds the word `payload`. So the signature is checked here over the raw bytes, the
body is parsed here, and Bolt is handed what came out.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

MOST_BYTES = 1024 * 1024
WINDOW = 5 * 60  # seconds that a signed request stays valid, as Slack advises
MOST_DEPTH = 64  # Slack's own payloads stay below 20
MOST_FIELDS = 100  # of a form; a slash command has 14

# fields that Bolt and our listeners read into, and what they may be
_OBJECTS = ("event", "team", "user", "channel", "message", "view", "container", "state", "enterprise")
_NAMES = ("type", "team_id", "event_id", "trigger_id", "response_url", "callback_id")
_LISTS = ("actions", "authorizations")
_HOMES = ("team_id", "team", "context_team_id", "enterprise_id", "enterprise", "authorizations")
_MAY_BE_NAMES = ("team", "user", "channel", "enterprise")


class Refusal(Exception):
    """A request that Bolt never sees; the message is the plain sentence that is answered."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def check(raw: bytes, headers: Mapping[str, str], secrets: Sequence[str], now: float) -> dict[str, Any]:
    """Return the body of a genuine request, parsed; raises Refusal with 400, 401 or 413.

    `secrets` are the signing secrets accepted at the moment, two during a rotation; `now` is in seconds
    since 1970.
    """
    if len(raw) > MOST_BYTES:
        raise too_large()
    _verify(raw, headers, secrets, now)
    return _sound(_parsed(raw, headers.get("Content-Type", "")))


def too_large() -> Refusal:
    """The refusal of a body over the limit."""
    return Refusal(413, f"The request is larger than {MOST_BYTES // 1024} KB.")


def _verify(raw: bytes, headers: Mapping[str, str], secrets: Sequence[str], now: float) -> None:
    timestamp = headers.get("X-Slack-Request-Timestamp", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise Refusal(401, "The request carries no valid time stamp.")
    if abs(now - int(timestamp)) > WINDOW:
        raise Refusal(401, "The request is older than five minutes, or the clocks differ.")
    given = headers.get("X-Slack-Signature", "").encode("utf-8", "surrogateescape")
    base = b"v0:" + timestamp.encode() + b":" + raw
    signatures = [hmac.new(s.encode(), base, hashlib.sha256).hexdigest().encode() for s in secrets]
    # all are compared, so that the time tells nothing about which one fits
    if not any([hmac.compare_digest(given, b"v0=" + signature) for signature in signatures]):
        raise Refusal(401, "The signature does not fit the request.")


def _parsed(raw: bytes, content_type: str) -> Any:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(400, "The body is not UTF-8.") from None
    if content_type.partition(";")[0].strip().lower() == "application/json" or text.startswith("{"):
        return _json(text)
    try:
        form = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise Refusal(400, "The form has too many fields.") from None
    return _json(form["payload"]) if "payload" in form else form


def _json(text: str) -> Any:
    if text.count("{") + text.count("[") > MOST_DEPTH and _depth(text) > MOST_DEPTH:
        raise Refusal(400, "The JSON is nested too deeply.")
    try:
        return json.loads(text)
    except ValueError:
        raise Refusal(400, "The body is not valid JSON.") from None


def _depth(text: str) -> int:
    """How deep brackets nest; those inside strings count, too, for the odd and the hostile alike."""
    depth = deepest = 0
    for sign in text:
        if sign in "{[":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "}]":
            depth -= 1
    return deepest


def _sound(body: Any) -> dict[str, Any]:
    """The body, when its outer fields are of the kinds that Slack documents."""
    if not isinstance(body, dict) or not body:
        raise Refusal(400, "The body is not what Slack sends: an object with fields is needed.")
    for name, value in body.items():
        if value is not None and (wanted := _wanted(name, value)):
            raise Refusal(400, f"The body is not what Slack sends: {name} must be {wanted}.")
    if not _homeless_by_right(body) and not any(body.get(name) for name in _HOMES):
        raise Refusal(400, "The body is not what Slack sends: it names no team.")
    return body


def _homeless_by_right(body: Mapping[str, Any]) -> bool:
    """Slack's own questions whether the address and its certificate are in order come from no team."""
    return body.get("type") == "url_verification" or "ssl_check" in body


def _wanted(name: str, value: Any) -> str | None:
    """What the field should be, when it is something else."""
    if name in _OBJECTS and not isinstance(value, (dict, str) if name in _MAY_BE_NAMES else dict):
        return "an object"
    if name in _NAMES and not isinstance(value, str):
        return "a string"
    if name in _LISTS and not (isinstance(value, list) and all(isinstance(i, dict) for i in value)):
        return "a list of objects"
    return None
