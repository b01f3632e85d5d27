"""The form of a workspace's policy: drawn for `views.open`, and read when it comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.models import RETENTION, Policy
from bot.render import mrkdwn
from bot.render.lines import Reader

CALLBACK = "policy_form"
Block = dict[str, Any]

_ADDING = ("admins", "everyone")
_FEEDBACK = ("on", "off")
_FOR_EVER = "0"


def form(policy: Policy, reader: Reader) -> dict[str, Any]:
    """Return the view, filled with what holds now."""
    adding = [(name, reader.say(f"settings.adding_{name}")) for name in _ADDING]
    kept = [(str(days), reader.say("settings.days", days=days)) for days in RETENTION]
    if policy.retention and policy.retention not in RETENTION:
        kept.append((str(policy.retention), reader.say("settings.days", days=policy.retention)))
    kept.append((_FOR_EVER, reader.say("settings.for_ever")))
    reports = [(name, reader.say(f"settings.reports_{name}")) for name in _FEEDBACK]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": mrkdwn.plain(reader.say("settings.title"), 24),
        "submit": mrkdwn.plain(reader.say("digest.form_save"), 24),
        "close": mrkdwn.plain(reader.say("button.close"), 24),
        "blocks": [
            _input("adding", reader, "radio_buttons", adding, _ADDING[policy.everyone_adds]),
            _input("retention", reader, "static_select", kept, str(policy.retention or _FOR_EVER)),
            _input("feedback", reader, "radio_buttons", reports, _FEEDBACK[not policy.feedback]),
        ],
    }


def _input(
    name: str, reader: Reader, kind: str, options: Sequence[tuple[str, str]], chosen: str
) -> dict[str, Any]:
    drawn = [{"text": mrkdwn.plain(label, 75), "value": value} for value, label in options]
    first = next(option for option in drawn if option["value"] == chosen)
    return {
        "type": "input",
        "block_id": name,
        "label": mrkdwn.plain(reader.say(f"settings.{name}")),
        "hint": mrkdwn.plain(reader.say(f"settings.{name}_hint"), 300),
        "element": {"type": kind, "action_id": name, "options": drawn, "initial_option": first},
    }


def read(view: Mapping[str, Any]) -> Policy:
    """Return the policy of a submitted form; what is missing or odd is as strict as can be."""
    values = (view.get("state") or {}).get("values") or {}
    days = _value(values, "retention")
    return Policy(
        everyone_adds=_value(values, "adding") == "everyone",
        retention=int(days) if days.isascii() and days.isdigit() and 0 < int(days) <= 36_500 else None,
        feedback=_value(values, "feedback") != "off",
    )


def _value(values: Mapping[str, Any], name: str) -> str:
    entry = (values.get(name) or {}).get(name) or {}
    return str((entry.get("selected_option") or {}).get("value") or "")
