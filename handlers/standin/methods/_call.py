"""What a Web API method gets, and what it may ask of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from handlers.standin.state import Refused, State
from handlers.standin.values import Channel, Json, Message, Team, User


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the team that the token belongs to, and the parameters (JSON already parsed)."""

    state: State
    team: Team
    name: str
    params: Mapping[str, Any]
    base: str  # address of this Slack, without a slash at the end

    def need(self, name: str) -> Any:
        """A parameter that must be there."""
        value = self.params.get(name)
        if value in (None, ""):
            raise Refused("invalid_arguments", **messages([f"[ERROR] missing required field: {name}"]))
        return value

    def channel(self, posting: bool = False) -> Channel:
        """The channel named by the call, as far as the bot may see it, or with `posting` write there."""
        channel = self.state.channel_of(self.team.id, str(self.need("channel")))
        inside = self.team.bot_user in channel.members
        if channel.kind == "private" and not inside:
            raise Refused("channel_not_found")
        if posting and channel.archived:
            raise Refused("is_archived")
        if posting and not inside:
            raise Refused("not_in_channel")
        return channel

    def user(self) -> User:
        """The user named by the call."""
        user = self.state.users.get(str(self.need("user")))
        if user is None or user.team != self.team.id:
            raise Refused("user_not_found")
        return user

    def message(self, channel: Channel) -> Message:
        """The message named by `ts`, which must be the bot's own to be changed."""
        found = self.state.messages.get((channel.id, str(self.need("ts"))))
        if found is None or found.ephemeral_for:
            raise Refused("message_not_found")
        if found.bot_id != self.team.bot_id:
            raise Refused("cant_update_message" if self.name == "chat.update" else "cant_delete_message")
        return found


@dataclass(frozen=True, slots=True)
class Method:
    """A Web API method: `scope` is needed by the token; `token` is bot, app or none."""

    run: Callable[[Call], Json]
    scope: str | None = None
    token: str = "bot"


def messages(lines: list[str]) -> Json:
    """Slack's response_metadata."""
    return {"response_metadata": {"messages": lines}}
