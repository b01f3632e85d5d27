"""What Slack sends to an app, built from the state; field by field as documented and observed."""

from __future__ import annotations

import html
import secrets
from typing import Any

from handlers.standin.methods.views import as_slack
from handlers.standin.state import APP_ID, State
from handlers.standin.values import Channel, Json, Message, User, View

TOKEN = "standin-verification-token"


def command(state: State, user: User, channel: Channel, name: str, text: str, base: str) -> Json:
    """A slash command; Slack escapes the three characters in its text."""
    team = state.teams[user.team]
    return {
        "token": TOKEN,
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": channel.id,
        "channel_name": channel.shown,
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": html.escape(text, quote=False),
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": f"{base}/commands/{state.new_response(user.id, channel.id)}",
        "trigger_id": state.new_trigger(user.id),
    }


def event(state: State, team_id: str, inner: Json) -> Json:
    """An event in its wrapping, with a fresh event_id."""
    team = state.teams[team_id]
    return {
        "token": TOKEN,
        "team_id": team.id,
        "context_team_id": team.id,
        "context_enterprise_id": None,
        "api_app_id": APP_ID,
        "event": {"event_ts": inner.get("ts") or state.ts(), **inner},
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(state.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team.id,
                "user_id": team.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": secrets.token_hex(16),
    }


def _common(state: State, user: User, kind: str) -> Json:
    team = state.teams[user.team]
    return {
        "type": kind,
        "team": {"id": team.id, "domain": team.domain},
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": team.id},
        "api_app_id": APP_ID,
        "token": TOKEN,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def actions(
    state: State,
    user: User,
    shown: Message | View,
    acted: Json,
    values: Json,
    base: str,
    thread: bool = False,
) -> Json:
    """A click or a choice in a message or a view.

    On an ephemeral message there is no `message` in the payload; in a view there is no response_url.
    """
    payload = _common(state, user, "block_actions")
    payload |= {"actions": [{**acted, "action_ts": state.ts()}]}
    if isinstance(shown, View):
        payload |= {
            "trigger_id": state.new_trigger(user.id, shown.id),
            "container": {"type": "view", "view_id": shown.id},
            "view": {**view(state, shown), "state": {"values": values}},
        }
        return payload
    return payload | {
        "trigger_id": state.new_trigger(user.id),
        "container": _container(shown),
        "channel": {"id": shown.channel, "name": state.channels[shown.channel].shown},
        "state": {"values": values},
        "response_url": f"{base}/actions/{state.new_response(user.id, shown.channel, shown)}",
        **({} if shown.ephemeral_for else {"message": shown.as_slack(user.team)}),
    }


def _container(shown: Message) -> Json:
    container: Json = {
        "type": "message",
        "message_ts": shown.ts,
        "channel_id": shown.channel,
        "is_ephemeral": bool(shown.ephemeral_for),
    }
    if shown.thread:
        container["thread_ts"] = shown.thread
    return container


def view(state: State, shown: View) -> Json:
    """A view as it comes with a payload."""
    return as_slack(shown.team, state.teams[shown.team].bot_id, shown)


def submission(state: State, user: User, shown: View) -> Json:
    """The submit button of a modal."""
    more = {"trigger_id": state.new_trigger(user.id, shown.id), "view": view(state, shown)}
    return _common(state, user, "view_submission") | more | {"response_urls": []}


def closed(state: State, user: User, shown: View, cleared: bool) -> Json:
    """A modal that was closed and had asked to be told."""
    return _common(state, user, "view_closed") | {"view": view(state, shown), "is_cleared": cleared}


def suggestion(state: State, user: User, shown: Message | View, element: Json, query: str) -> Json:
    """What was typed into an external menu so far."""
    payload = _common(state, user, "block_suggestion")
    payload |= {"action_id": element["action_id"], "block_id": element["block_id"], "value": query}
    if isinstance(shown, View):
        return payload | {"container": {"type": "view", "view_id": shown.id}, "view": view(state, shown)}
    channel = {"id": shown.channel, "name": state.channels[shown.channel].shown}
    payload |= {"container": _container(shown), "channel": channel}
    return payload if shown.ephemeral_for else payload | {"message": shown.as_slack(user.team)}


def shortcut(state: State, user: User, callback_id: str) -> Json:
    """A global shortcut."""
    more = {"callback_id": callback_id, "trigger_id": state.new_trigger(user.id), "action_ts": state.ts()}
    return _common(state, user, "shortcut") | more


def message_shortcut(state: State, user: User, shown: Message, callback_id: str, base: str) -> Json:
    """A shortcut out of a message's menu."""
    more: dict[str, Any] = {
        "callback_id": callback_id,
        "trigger_id": state.new_trigger(user.id),
        "action_ts": state.ts(),
        "message_ts": shown.ts,
        "message": shown.as_slack(user.team),
        "channel": {"id": shown.channel, "name": state.channels[shown.channel].shown},
        "response_url": f"{base}/app/{state.new_response(user.id, shown.channel)}",
    }
    return _common(state, user, "message_action") | more
