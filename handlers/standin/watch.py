"""What people see of this Slack, and waiting for what happens in it."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from handlers.standin.cast import a_workspace
from handlers.standin.deliveries import Ack
from handlers.standin.methods.files import as_slack
from handlers.standin.server import Server
from handlers.standin.state import Refused
from handlers.standin.values import Channel, File, Json, Message, Team, User, View

PATIENCE = 10.0  # seconds until a test gives up waiting; never part of what is tested


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an action: the payload, its acknowledgement, and where the journal stood before.

    `errors` are the sentences beside the inputs of a modal, `options` those of an external menu, `failed`
    is what Slack tells the user when the app did not answer.
    """

    kind: str
    payload: Json
    ack: Ack
    mark: int
    errors: Mapping[str, str]
    options: tuple[Json, ...] = ()
    failed: str | None = None


class Watched(Server):
    """A Slack that one can look at. Users go by name or id, channels by #name or id."""

    def __init__(
        self,
        request_url: str | None = None,
        signing_secret: str = "standin-signing-secret",
        port: int = 0,
        workspace: str = "T0STANDIN",
    ) -> None:
        super().__init__(request_url, signing_secret, port)
        self.team: Team = a_workspace(self.state, workspace)

    def environment(self) -> dict[str, str]:
        """The settings with which the bot talks to this Slack."""
        return {
            "SLACK_API_URL": self.api_url,
            "SLACK_BOT_TOKEN": self.state.teams[self.team.id].token or "",
            "SLACK_APP_TOKEN": self.state.app_token,
            "SLACK_SIGNING_SECRET": self.signing_secret,
            "SLACK_CLIENT_ID": self.state.client[0],
            "SLACK_CLIENT_SECRET": self.state.client[1],
        }

    # --- who and where ---

    def user(self, name: str = "alice") -> User:
        """The user of that name (in the first team that has one) or id; raises LookupError."""
        for user in self.state.users.values():
            if name in (user.id, user.name) and not user.is_bot:
                return user
        raise LookupError(f"nobody is called {name}")

    def channel(self, name: str, user: str = "alice") -> Channel:
        """The channel by #name or id in the user's team; `@` is the user's conversation with the bot."""
        who = self.user(user)
        if name == "@":
            return self.state.direct(who)
        try:
            return self.state.channel_of(who.team, name)
        except Refused:
            raise LookupError(f"no channel {name}") from None

    def say(
        self,
        channel: str,
        text: str,
        user: str = "alice",
        thread: str | None = None,
        files: tuple[Json, ...] = (),
    ) -> Message:
        """Write a message; nobody is told."""
        where, who = self.channel(channel, user), self.user(user)
        return self.state.post(Message(where.id, self.state.ts(), who.id, text, thread=thread, files=files))

    def uploaded(self, user: str, files: Mapping[str, bytes]) -> tuple[Json, ...]:
        """Keep files that a user shares; return them as a message carries them."""
        who = self.user(user)
        kept = [
            File(self.state.new_id("F"), who.team, who.id, name, data, media=_media(name), shared=True)
            for name, data in files.items()
        ]
        self.state.files |= {file.id: file for file in kept}
        return tuple(as_slack(self.url, file) for file in kept)

    # --- what people see ---

    def messages(self, channel: str, user: str = "alice", thread: str | None = None) -> tuple[Message, ...]:
        """What the user sees in a channel, oldest first; with `thread` that thread with its parent."""
        where, who = self.channel(channel, user), self.user(user)
        seen = [
            m
            for m in self.state.messages.values()
            if m.channel == where.id and m.ephemeral_for in (None, who.id)
        ]
        inside = [m for m in seen if (thread in (m.ts, m.thread) if thread else m.thread is None)]
        return tuple(sorted(inside, key=lambda m: m.ts))

    def modal(self, user: str = "alice") -> View | None:
        """The modal that is open on top."""
        stack = self.state.stacks.get(self.user(user).id)
        return self.state.views[stack[-1]] if stack else None

    def home(self, user: str = "alice") -> View | None:
        """The home tab that the app has published."""
        return self.state.homes.get(self.user(user).id)

    async def next(
        self,
        *kinds: str,
        after: Done | int,
        where: Callable[[Any], bool] = lambda _: True,
        seconds: float = PATIENCE,
    ) -> Any:
        """Wait for something of these kinds to happen after an action; raises TimeoutError.

        Kinds: posted, edited, deleted, opened, updated, closed, home, prompts, unfurled, call, response,
        connected, disconnected, installed, revoked.
        """
        mark = after.mark if isinstance(after, Done) else after

        def found() -> tuple[Any] | None:
            fits = (e.what for e in self.state.journal[mark:] if e.kind in kinds and where(e.what))
            what = next(fits, None)
            return None if what is None else (what,)

        return (await self.state.until(found, seconds))[0]

    async def answer(self, after: Done) -> Message:
        """Wait for the bot's next message, new or changed."""
        message = await self.next("posted", "edited", after=after, where=lambda m: m.bot_id is not None)
        assert isinstance(message, Message)
        return message

    async def view(self, after: Done) -> View:
        """Wait for the next modal, opened or filled; a modal that is still loading counts, too."""
        view = await self.next("opened", "updated", after=after)
        assert isinstance(view, View)
        return view

    def mark(self) -> int:
        """Where the journal stands."""
        return len(self.state.journal)

    def calls(self, method: str) -> list[Json]:
        """The parameters of each call of a method so far."""
        return [e.what[1] for e in self.state.journal if e.kind == "call" and e.what[0] == method]


def _media(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
