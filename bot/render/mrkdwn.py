"""The one maker of outgoing mrkdwn: every text that Slack parses is built from these functions.

`Mrkdwn` is a type of its own, so mypy refuses a plain string where Slack would parse it, and a test forbids
building it elsewhere. Nothing that comes from an article or a user can mention anybody, open a link, become
an emoji or change the formatting. Quotations travel in rich_text blocks, which Slack doesn't parse at all.

Escaping after docs.slack.dev "Formatting message text": &, < and > as entities. A word joiner (U+2060) takes
its power from what Slack would read as formatting, without changing what a reader sees.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NewType
from urllib.parse import quote, urlsplit

Mrkdwn = NewType("Mrkdwn", str)

SECTION = 3_000  # characters of a section's text
PLAIN = 150  # characters of a header
URL = 3_000  # characters of a link
CUT = "[…]"
JOINER = "\u2060"

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
_SPECIAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029*_~`:@&<>]")  # every sign that is changed below
_FORMAT = re.compile(r"[*_~`](?:(?<=`)|(?<!\w.)|(?!\w))", re.DOTALL)  # the sign first: a tenth of the time
_EMOJI = re.compile(r":(?=[\w+'-]+:)")
_MASS = re.compile(r"@(?=here|channel|everyone|group)", re.IGNORECASE)
_QUOTED_LINE = re.compile(r"^(?=>)", re.MULTILINE)
_CHANNEL = re.compile(r"[CDG][A-Z0-9]{1,30}")
_BULLET_URL = "/:?#[]@!$&'()*+,;=%-._~"


def escape(text: str, limit: int | None = None) -> Mrkdwn:
    """Return `text` so that Slack shows it as it stands; cut to `limit` characters of the result."""
    if limit is None:
        return Mrkdwn(_escaped(text))
    kept = text[: limit + 1]  # escaping never shortens
    escaped = _escaped(kept)
    while len(escaped) > limit:
        kept = kept[: max(0, len(kept) - max(1, (len(escaped) - limit) // 5))]
        escaped = f"{_escaped(kept.rstrip())} {CUT}"
    return Mrkdwn(escaped)


def _escaped(text: str) -> str:
    """Escape, by the expressions whose signs occur at all: most texts have none of them."""
    if not _SPECIAL.search(text):
        return text
    text = _CONTROL.sub(" ", text)
    if ">" in text:
        text = _QUOTED_LINE.sub(JOINER, text)
    if any([sign in text for sign in "*_~`"]):
        text = _FORMAT.sub(lambda m: f"{JOINER}{m[0]}{JOINER}", text)
    text = _EMOJI.sub(f":{JOINER}", text)
    if "@" in text:
        text = _MASS.sub(f"@{JOINER}", text)
    return _with_entities(text)


def _with_entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def collapse(text: str) -> str:
    """Return `text` on one line, single spaces, no control characters."""
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text
    return " ".join(_CONTROL.sub(" ", text).split())


@lru_cache(maxsize=4_096)  # names, roles, days and places come again, in a message and in the next one
def line(text: str, limit: int | None = None) -> Mrkdwn:
    """Return `text` escaped and on one line."""
    return escape(collapse(text), limit)


def bold(text: str) -> Mrkdwn:
    """Return `text` on one line in bold; nothing for nothing."""
    inner = line(text)
    return Mrkdwn(f"*{inner}*") if inner else inner


def code(text: str) -> Mrkdwn:
    """Return `text` on one line as what is to be typed; nothing for nothing."""
    kept = _MASS.sub(f"@{JOINER}", collapse(text).replace("`", "'"))
    inner = Mrkdwn(_with_entities(kept))
    return Mrkdwn(f"`{inner}`") if inner else inner


def link(url: str | None, title: str) -> Mrkdwn:
    """Return a link with a title, or the title alone where the address is none that Slack may open."""
    shown = line(title, 300).replace("|", "¦")
    address = web_address(url)
    return Mrkdwn(f"<{address}|{shown}>") if address and shown else Mrkdwn(shown)


def channel(identifier: str) -> Mrkdwn:
    """Return a channel as Slack names it to each reader; anything that is no channel's id as it stands."""
    return Mrkdwn(f"<#{identifier}>") if _CHANNEL.fullmatch(identifier) else line(identifier)


def web_address(url: str | None) -> str | None:
    """Return an http(s) address that is safe inside a link or button; None for anything else."""
    if not url or len(url) > URL:
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    address = quote(parts.geturl(), safe=_BULLET_URL)
    return address if len(address) <= URL else None


def join(separator: str, *parts: Mrkdwn) -> Mrkdwn:
    """Return the parts that hold something, with a separator of ours between them."""
    return Mrkdwn(separator.join(p for p in parts if p))


def within(limit: int, separator: str, *parts: Mrkdwn) -> Mrkdwn:
    """Return as many whole parts as fit into `limit`, and an honest sign where some didn't."""
    whole = join(separator, *parts)
    kept = list(parts)
    while len(whole) > limit and kept:
        kept.pop()
        whole = join(separator, *kept, Mrkdwn(CUT))
    return whole


def text(words: Mrkdwn) -> dict[str, Any]:
    """Return Slack's text object; `verbatim` keeps Slack from turning names and addresses into links."""
    return {"type": "mrkdwn", "text": words, "verbatim": True}


def plain(words: str, limit: int = PLAIN) -> dict[str, Any]:
    """Return a plain text object on one line, cut to `limit`, without emoji names being replaced."""
    return {"type": "plain_text", "text": _short(words, limit), "emoji": False}


@lru_cache(maxsize=4_096)  # nearly all are our own labels
def _short(words: str, limit: int) -> str:
    return clip(collapse(words), limit)


def clip(words: str, limit: int) -> str:
    """Return the words cut at a space to `limit` characters, with […] where something is left out."""
    if len(words) <= limit:
        return words
    room = limit - len(CUT) - 1
    head = words[:room]
    at_space = head.rfind(" ")
    return f"{(head[:at_space] if at_space > room // 2 else head).rstrip()} {CUT}"
