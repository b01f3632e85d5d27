"""Digests and followed themes in the App Home: what is set up, when it comes next, how to change it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.models import Phrase
from bot.render import mrkdwn
from bot.render.lines import Reader

Block = dict[str, Any]
MOST = 10  # digests and followed themes that the home lists: it holds 100 blocks in all
NEW = "subscription_new"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel's digest in words: what `/msc digest status` says of it."""

    channel: str
    state: Phrase
    paused: bool


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """What a user may see and change: digests, and (key, title) of the themes that they follow."""

    digests: Sequence[Subscription] = ()
    follows: Sequence[tuple[str, str]] = ()


def draw(found: Subscriptions, reader: Reader) -> Iterator[Block]:
    """Yield the home's blocks about digests and followed themes."""
    yield {"type": "divider"}
    set_up = _button(reader, NEW, "subscriptions.new", {})
    yield _section(mrkdwn.bold(reader.say("subscriptions.digests"))) | {"accessory": set_up}
    if not found.digests:
        yield _note(reader.say("subscriptions.none"))
    for digest in found.digests[:MOST]:
        yield from _digest(digest, reader)
    yield from _rest(len(found.digests), reader)
    if found.follows:
        yield {"type": "divider"}
        yield _section(mrkdwn.bold(reader.say("subscriptions.follows")))
    for key, title in found.follows[:MOST]:
        stop = _button(reader, "subscription_unfollow", "digest.unfollow", {"k": key, "t": title[:200]})
        yield _section(mrkdwn.line(mrkdwn.clip(title, 300))) | {"accessory": stop}
    yield from _rest(len(found.follows), reader)


def _digest(digest: Subscription, reader: Reader) -> Iterator[Block]:
    value = {"c": digest.channel}
    name = mrkdwn.channel(digest.channel)
    yield _section(mrkdwn.join("\n", name, mrkdwn.line(reader.phrase(digest.state), 600)))
    turn = "resume" if digest.paused else "pause"
    off = _button(reader, "subscription_off", "subscriptions.off", value)
    sure = {
        "title": mrkdwn.plain(reader.say("subscriptions.off_title"), 100),
        "text": mrkdwn.plain(reader.say("subscriptions.off_text"), 300),
        "confirm": mrkdwn.plain(reader.say("subscriptions.off"), 30),
        "deny": mrkdwn.plain(reader.say("subscriptions.keep"), 30),
    }
    buttons = [
        _button(reader, "subscription_edit", "subscriptions.edit", value),
        _button(reader, f"subscription_{turn}", f"subscriptions.{turn}", value),
        off | {"style": "danger", "confirm": sure},
    ]
    yield {"type": "actions", "elements": buttons}


def _rest(count: int, reader: Reader) -> Iterator[Block]:
    if count > MOST:
        yield _note(reader.say("card.and_more", count=count - MOST))


def _button(reader: Reader, action: str, label: str, value: dict[str, str]) -> Block:
    text = mrkdwn.plain(reader.say(label), 75)
    return {"type": "button", "action_id": action, "text": text, "value": json.dumps(value)}


def _section(words: mrkdwn.Mrkdwn) -> Block:
    return {"type": "section", "text": mrkdwn.text(words)}


def _note(words: str) -> Block:
    return {"type": "context", "elements": [mrkdwn.text(mrkdwn.line(words))]}
