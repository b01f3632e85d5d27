"""What Slack remembers, as frozen values: who is asked for one always gets it as it was at that moment."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

BOT_SCOPES = frozenset(
    [
        "commands",
        "chat:write",
        "app_mentions:read",
        "users:read",
        "im:history",
        "im:write",
        "channels:read",
        "channels:history",
        "groups:read",
        "groups:history",
        "files:write",
        "files:read",
        "assistant:write",
        "links:read",
        "links:write",
        "team:read",
    ]
)


@dataclass(frozen=True, slots=True)
class User:
    """A member of a team; `tz` is an IANA name, `locale` such as en-US."""

    id: str
    team: str
    name: str
    real_name: str
    tz: str = "Europe/Berlin"
    locale: str = "en-US"
    is_admin: bool = False
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation; `kind` is public, private or im, `members` are user ids, the bot's own included."""

    id: str
    team: str
    name: str
    members: frozenset[str]
    kind: str = "public"
    archived: bool = False

    @property
    def shown(self) -> str:
        """The name as Slack sends it with a payload."""
        return {"im": "directmessage", "private": "privategroup"}.get(self.kind, self.name)


@dataclass(frozen=True, slots=True)
class Team:
    """A workspace, with the app as it is installed there: no `token` means not installed."""

    id: str
    name: str
    domain: str
    bot_user: str
    bot_id: str
    token: str | None = None
    scopes: frozenset[str] = BOT_SCOPES


@dataclass(frozen=True, slots=True)
class Message:
    """A message in a channel; only `ephemeral_for` sees it where that is set; `thread` is its parent's ts."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    thread: str | None = None
    bot_id: str | None = None
    ephemeral_for: str | None = None
    edited: bool = False
    metadata: Mapping[str, Any] | None = None
    files: tuple[Json, ...] = ()
    unfurl_links: bool = True
    unfurl_media: bool = True
    values: Mapping[str, Any] = field(default_factory=dict)

    def elements(self) -> list[Json]:
        """Every element with an action_id, in reading order, its block_id added."""
        return elements(self.blocks)

    def words(self) -> str:
        """Everything that a reader sees, joined: the blocks where there are some, else the text."""
        return "\n".join(texts(self.blocks)) if self.blocks else self.text

    def as_slack(self, team: str) -> Json:
        """The message object of Slack's API."""
        given: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts, "team": team}
        if self.bot_id:
            given["bot_id"] = self.bot_id
        if self.blocks:
            given["blocks"] = list(self.blocks)
        if self.thread:
            given["thread_ts"] = self.thread
        if self.edited:
            given["edited"] = {"user": self.user, "ts": self.ts}
        if self.files:
            given["files"] = list(self.files)
        if self.metadata:
            given["metadata"] = self.metadata
        return given


@dataclass(frozen=True, slots=True)
class View:
    """A modal or a home tab; `payload` is what the bot sent, `values` what the user has filled in."""

    id: str
    team: str
    user: str
    payload: Json
    hash: str
    root: str
    previous: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def blocks(self) -> tuple[Json, ...]:
        """The blocks of the view."""
        return tuple(self.payload["blocks"])

    @property
    def title(self) -> str:
        """The title, empty for a home tab."""
        return str(self.payload.get("title", {}).get("text", ""))

    def elements(self) -> list[Json]:
        """Every element with an action_id, in reading order, its block_id added."""
        return elements(self.blocks)

    def words(self) -> str:
        """Everything that a reader sees, joined."""
        return "\n".join(texts(self.blocks))


@dataclass(frozen=True, slots=True)
class File:
    """A file that was uploaded, by the bot or by a user."""

    id: str
    team: str
    user: str
    name: str
    data: bytes = b""
    title: str = ""
    alt_text: str = ""
    media: str = "application/octet-stream"
    shared: bool = False


def elements(blocks: tuple[Json, ...]) -> list[Json]:
    """Every element with an action_id, in reading order, its block_id added."""
    found: list[Json] = []
    for block in blocks:
        inside = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
        found += [{**e, "block_id": block.get("block_id", "")} for e in inside if e and "action_id" in e]
    return found


def texts(value: Any) -> list[str]:
    """Every displayed text, in reading order, at any depth."""
    if isinstance(value, Mapping):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [word for key, inner in value.items() for word in texts(inner)]
    if isinstance(value, list | tuple):
        return [word for inner in value for word in texts(inner)]
    return []


def frozen(blocks: Any) -> tuple[Json, ...]:
    """A copy that the sender can't reach any more."""
    return tuple(json.loads(json.dumps(list(blocks))))
