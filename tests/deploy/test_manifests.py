"""The manifests ask for what the code uses, and for nothing more."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from handlers.slack import oauth

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "slack"
SOURCE = "\n".join(
    p.read_text(encoding="utf-8")
    for folder in ("slack", "web", "cli")
    for p in (ROOT / "handlers" / folder).rglob("*.py")
)

# what a method of Slack's Web API or an event needs, as Slack's reference gives it
SCOPES = {
    "chat_postMessage": "chat:write",
    "chat_postEphemeral": "chat:write",
    "users_info": "users:read",
    "files.completeUploadExternal": "files:write",
    "files_info": "files:read",
    "@app.command": "commands",
    "@app.shortcut": "commands",
    '@app.event("app_mention")': "app_mentions:read",
    '@app.event("message")': "im:history",
    "assistant_threads_setSuggestedPrompts": "assistant:write",
}
EVENTS = {
    '@app.event("app_mention")': "app_mention",
    '@app.event("message")': "message.im",
    '@app.event("app_home_opened")': "app_home_opened",
}


@pytest.fixture(params=["socket", "http"])
def manifest(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Each of the two manifests."""
    text = (FOLDER / f"manifest-{request.param}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def test_the_scopes_are_those_that_the_code_uses(manifest: dict[str, Any]) -> None:
    used = {scope for word, scope in SCOPES.items() if word in SOURCE}
    assert used == set(oauth.SCOPES)
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == used


def test_the_events_are_those_that_the_code_listens_to(manifest: dict[str, Any]) -> None:
    used = {event for word, event in EVENTS.items() if word in SOURCE}
    lifecycle = {"app_uninstalled", "tokens_revoked"}
    assert set(manifest["settings"]["event_subscriptions"]["bot_events"]) - lifecycle == used


def test_the_command_and_the_shortcuts_have_listeners(manifest: dict[str, Any]) -> None:
    assert [c["command"] for c in manifest["features"]["slash_commands"]] == ["/msc"]
    listened = set(re.findall(r'@app\.shortcut\("(\w+)"\)', SOURCE))
    assert {s["callback_id"] for s in manifest["features"]["shortcuts"]} == listened


def test_words_keep_to_slacks_limits(manifest: dict[str, Any]) -> None:
    shown = manifest["display_information"]
    assert len(shown["name"]) <= 35 and len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4_000
    for shortcut in manifest["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24 and len(shortcut["description"]) <= 150
    for command in manifest["features"]["slash_commands"]:
        assert len(command["description"]) <= 2_000 and not command["should_escape"]


def test_a_new_app_can_only_have_the_agent_view(manifest: dict[str, Any]) -> None:
    features = manifest["features"]
    assert "agent_view" in features and "assistant_view" not in features
    assert features["app_home"]["messages_tab_enabled"] and features["app_home"]["home_tab_enabled"]


def test_both_differ_only_in_how_slack_reaches_the_bot() -> None:
    socket, http = (json.loads((FOLDER / f"manifest-{m}.json").read_text()) for m in ("socket", "http"))
    assert socket["settings"]["socket_mode_enabled"] and not http["settings"]["socket_mode_enabled"]
    assert http["settings"]["event_subscriptions"]["request_url"].endswith("/slack/events")
    assert http["settings"]["interactivity"]["request_url"].startswith("https://")
    assert socket["oauth_config"]["scopes"] == http["oauth_config"]["scopes"]
    assert "request_url" not in json.dumps(socket)
