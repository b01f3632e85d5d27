"""What Slack sends, read once: who asks, where, and their words as they typed them."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import QuestionError

Body = Mapping[str, Any]

_PERSON = re.compile(r"<[@!][^>]*>")
_CHANNEL = re.compile(r"<#[^|>]*\|?([^>]*)>")
_EMOJI = re.compile(r"(?<!\w):[a-z_][a-z0-9_+-]*:(?!\w)")
_LINK = re.compile(r"<([^|>\s]+)(?:\|([^>]*))?>")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who acted, as the signed payload says; a value out of a button never changes it.

    `surface` is message, modal or home: where the click happened; `view` is the id of the latter two. A form
    that was submitted is closed: surface form.
    """

    team: str
    user: str
    channel: str | None = None
    thread: str | None = None
    response_url: str | None = None
    trigger: str | None = None
    view: str | None = None
    surface: str = "message"


def caller(body: Body) -> Caller:
    """Return who sent a command, a click, a shortcut, a view or an event; raises QuestionError if unsaid."""
    event = body.get("event") or {}
    team = _id(body, "team") or body.get("context_team_id") or _id(body, "enterprise")
    user = _id(event, "user") or _id(body, "user")
    if not team or not user:
        raise QuestionError("Slack did not say who asks; please try again.")
    container, view = body.get("container") or {}, body.get("view") or {}
    return Caller(
        team=team,
        user=user,
        channel=_id(event, "channel") or _id(body, "channel") or container.get("channel_id"),
        thread=_thread(body) or event.get("thread_ts") or event.get("ts"),
        response_url=body.get("response_url"),
        trigger=body.get("trigger_id"),
        view=view.get("id"),
        surface="form" if body.get("type") == "view_submission" else view.get("type", "message"),
    )


def _thread(body: Body) -> str | None:
    """Return the thread of the message that was clicked on; what begins a thread is read in the channel."""
    container, message = body.get("container") or {}, body.get("message") or {}
    thread = container.get("thread_ts") or message.get("thread_ts")
    return None if thread in (container.get("message_ts"), message.get("ts")) else thread


def organisation(body: Body) -> str | None:
    """Return the id of the organisation for an app that is installed for all of it."""
    return _id(body, "enterprise") if body.get("is_enterprise_install") in (True, "true") else None


def direct(channel: str | None) -> bool:
    """Say whether nobody but the user and the bot reads there: in no channel, or in their conversation."""
    return channel is None or channel.startswith("D")


def _id(body: Body, name: str) -> str | None:
    """Return an id that Slack writes flat (team_id), nested (team.id) or bare (channel)."""
    value = body.get(f"{name}_id") or body.get(name)
    found = value.get("id") if isinstance(value, Mapping) else value
    return found if isinstance(found, str) and found else None


def words(text: str | None) -> str:
    """Return typed text without Slack's signs: no people, no emoji, addresses whole, entities resolved."""
    plain = _EMOJI.sub(" ", _PERSON.sub(" ", text or ""))
    plain = _CHANNEL.sub(r"\1", plain)
    plain = _LINK.sub(lambda m: m[1] if m[1].startswith("http") else m[2] or m[1], plain)
    whole = html.unescape(plain).encode("utf-8", "replace").decode()  # half a pair of surrogates is no text
    return whole.replace("\x00", " ").strip()


def action(body: Body) -> dict[str, Any]:
    """Return the one element that was clicked."""
    actions = body.get("actions") or [{}]
    return dict(actions[0])


def chosen(clicked: Mapping[str, Any]) -> str | None:
    """Return the value that a button, menu or overflow brings."""
    option = clicked.get("selected_option") or {}
    return option.get("value") or clicked.get("value")
