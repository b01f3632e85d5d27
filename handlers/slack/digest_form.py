"""The form of a channel's digest: drawn for `views.open`, and read when it comes back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.digest.schedule import zone
from bot.errors import UsageError
from bot.models import Phrase
from bot.render import catalogue, mrkdwn
from bot.render.digest import FEWEST, MOST
from bot.render.lines import Reader
from bot.store.channels import Wish
from handlers.slack.door import in_words

CALLBACK = "digest_form"
PREVIEW = "digest_preview"
Block = dict[str, Any]


_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_DAYS = ("daily", "weekdays", *(f"weekly_{n}" for n in range(7)))
_SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that came back: `version` is that of the digest which it was opened with, None for none."""

    channel: str
    wish: Wish
    version: int | None
    home: bool


def form(
    wish: Wish, channel: str | None, version: int | None, reader: Reader, *, home: bool = False
) -> dict[str, Any]:
    """Return the view: time and zone side by side, so that nobody sets one without the other.

    `version` is that of the channel's digest, None where it has none; `home` says where it was opened.
    """
    chosen = f"weekly_{wish.weekday}" if wish.days == "weekly" else wish.days
    skip = {"text": mrkdwn.plain(reader.say("digest.form_skip"), 75), "value": _SKIP}
    chosen_room = {"initial_conversation": channel} if channel else {"default_to_current_conversation": True}
    rooms = {"include": ["public", "private"], "exclude_bot_users": True}
    room: Block = {"type": "conversations_select", "filter": rooms, **chosen_room}
    zone_hint = mrkdwn.plain(reader.say("digest.form_zone_hint"), 150)
    ticked = {"initial_options": [skip]} if wish.skip_quiet else {}
    themes = [(str(n), reader.say("digest.form_count", themes=n)) for n in range(FEWEST, MOST + 1)]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": json.dumps({"channel": channel, "version": version, "home": home}),
        "title": mrkdwn.plain(reader.say("digest.form_title"), 24),
        "submit": mrkdwn.plain(reader.say("digest.form_save"), 24),
        "blocks": [
            _input("channel", reader, room),
            _input("at", reader, {"type": "timepicker", "initial_time": wish.at}),
            _input(
                "zone",
                reader,
                {
                    "type": "plain_text_input",
                    "initial_value": wish.zone,
                    "max_length": 64,
                    "placeholder": zone_hint,
                },
            ),
            _input("days", reader, _select([(d, reader.say(f"digest.{d}")) for d in _DAYS], chosen)),
            _input("themes", reader, _select(themes, str(wish.themes))),
            _input(
                "quiet",
                reader,
                {"type": "checkboxes", "options": [skip], **ticked},
                optional=True,
            ),
            _preview(reader),
        ],
    }


def _preview(reader: Reader) -> Block:
    text = mrkdwn.plain(reader.say("digest.form_preview"), 75)
    button = {"type": "button", "action_id": PREVIEW, "text": text, "value": PREVIEW}
    return {"type": "actions", "block_id": "preview", "elements": [button]}


def _input(name: str, reader: Reader, element: Block, *, optional: bool = False) -> Block:
    label = mrkdwn.plain(reader.say(f"digest.form_{name}"), 150)
    return {
        "type": "input",
        "block_id": name,
        "label": label,
        "optional": optional,
        "element": {**element, "action_id": name},
    }


def _select(options: Sequence[tuple[str, str]], chosen: str) -> Block:
    drawn = [{"text": mrkdwn.plain(label, 75), "value": value} for value, label in options]
    initial = next((o for o in drawn if o["value"] == chosen), drawn[0])
    return {"type": "static_select", "options": drawn, "initial_option": initial}


def read(view: Mapping[str, Any], locale: str) -> tuple[Filled | None, dict[str, str]]:
    """Return what a form holds, or the sentences for the fields that are wrong."""
    values = (view.get("state") or {}).get("values") or {}
    faults: dict[str, str] = {}
    at = str(_value(values, "at", "selected_time") or "")
    if not _TIME.fullmatch(at):
        faults["at"] = catalogue.say(Phrase("digest.bad_time"), locale)
    named = str(_value(values, "zone", "value") or "")
    try:
        named = zone(named).key
    except UsageError as error:
        faults["zone"] = in_words(error, locale)
    seen = _metadata(view)
    channel = _value(values, "channel", "selected_conversation") or seen.get("channel")
    if not isinstance(channel, str) or not channel:
        faults["channel"] = catalogue.say(Phrase("digest.no_channel"), locale)
    if faults:
        return None, faults
    days = str(_option(values, "days") or "daily")
    wish = Wish(
        at=at,
        zone=named,
        days="weekly" if days.startswith("weekly") else ("weekdays" if days == "weekdays" else "daily"),
        weekday=int(days[-1]) if re.fullmatch(r"weekly_[0-6]", days) else 0,
        themes=_count(_option(values, "themes")),
        skip_quiet=bool(_value(values, "quiet", "selected_options")),
        locale=locale,
    )
    version = seen.get("version") if channel == seen.get("channel") else None
    seen_version = version if isinstance(version, int) else None
    return Filled(str(channel), wish, seen_version, bool(seen.get("home"))), {}


def _value(values: Mapping[str, Any], name: str, field: str) -> Any:
    return ((values.get(name) or {}).get(name) or {}).get(field)


def _option(values: Mapping[str, Any], name: str) -> Any:
    return (_value(values, name, "selected_option") or {}).get("value")


def _count(value: Any) -> int:
    text = str(value or "")
    return min(max(int(text), FEWEST), MOST) if text.isascii() and text.isdigit() else 5


def _metadata(view: Mapping[str, Any]) -> dict[str, Any]:
    try:
        data = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
