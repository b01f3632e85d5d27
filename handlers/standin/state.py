"""What Slack remembers: tables of frozen values, a journal of what happened, and one clock."""

from __future__ import annotations

import asyncio
import itertools
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from bot.render.validate import INTERACTIVE
from handlers.standin.values import Channel, File, Json, Message, Team, User, View, frozen

TRIGGER_LIFE = 3.0  # seconds
RESPONSE_LIFE = 30 * 60.0
RESPONSE_USES = 5
APP_ID = "A0MSCBOT"


class Refused(Exception):
    """A Web API method refuses; `code` is Slack's error, `more` goes beside it into the answer."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


class Entry(NamedTuple):
    """Something that happened: posted, edited, deleted, opened, updated, closed, home, prompts, call …"""

    number: int
    kind: str
    what: Any


@dataclass(slots=True)
class ResponseUrl:
    """An address for late answers: `target` is the message that it may replace."""

    user: str
    channel: str
    until: float
    target: str | None = None
    uses: int = 0


@dataclass(slots=True)
class Trigger:
    """Allows one modal within three seconds."""

    user: str
    until: float
    view: str | None = None
    used: bool = False


@dataclass(slots=True)
class State:
    """Everything. Changed only inside the event loop; `skew` is how far tests have moved the clock."""

    teams: dict[str, Team] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: dict[tuple[str, str], Message] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    stacks: dict[str, list[str]] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    prompts: dict[str, list[Json]] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    responses: dict[str, ResponseUrl] = field(default_factory=dict)
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)
    journal: list[Entry] = field(default_factory=list)
    app_token: str = "xapp-1-standin"
    client: tuple[str, str] = ("1.2", "standin-client-secret")
    skew: float = 0.0
    _counter: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    # --- time and names ---

    def now(self) -> float:
        """Seconds since 1970, as far as this Slack is concerned."""
        return time.time() + self.skew

    def ts(self) -> str:
        """A message's time stamp; no two are equal and later ones are greater."""
        return f"{int(self.now())}.{next(self._counter):06d}"

    def new_id(self, letter: str) -> str:
        """An id such as V0000000012."""
        return f"{letter}0{next(self._counter):09d}"

    # --- the journal ---

    def happened(self, kind: str, what: Any) -> None:
        """Write into the journal and wake up whoever waits."""
        self.journal.append(Entry(len(self.journal), kind, what))
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, found: Callable[[], Any], seconds: float) -> Any:
        """Wait until `found()` is true and return its value; raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not (value := found()):
                await self._changed.wait()
            return value

    # --- messages ---

    def post(self, message: Message) -> Message:
        """Keep a message and give its blocks the ids that it lacks."""
        message = replace(message, blocks=self._named(message.blocks))
        self.messages[message.channel, message.ts] = message
        self.happened("posted", message)
        return message

    def edit(self, message: Message, **changes: Any) -> Message:
        """Replace a message by a changed one."""
        if "blocks" in changes:
            changes["blocks"] = self._named(changes["blocks"])
        changed = replace(message, edited=True, **changes)
        self.messages[message.channel, message.ts] = changed
        self.happened("edited", changed)
        return changed

    def delete(self, message: Message) -> None:
        """Forget a message."""
        del self.messages[message.channel, message.ts]
        self.happened("deleted", message)

    def _named(self, blocks: Any) -> tuple[Json, ...]:
        """The blocks with the block and action ids that Slack adds where the sender gave none."""
        copied = frozen(blocks)
        for block in copied:
            block.setdefault("block_id", secrets.token_urlsafe(4))
            for element in [*block.get("elements", ()), block.get("accessory"), block.get("element")]:
                if element and element.get("type") in INTERACTIVE:
                    element.setdefault("action_id", secrets.token_urlsafe(4))
        return copied

    def channel_of(self, team: str, name: str) -> Channel:
        """The channel by id, #name, or the user of a direct message; raises Refused as Slack does."""
        if name in self.users:
            return self.direct(self.users[name])
        for channel in self.channels.values():
            if channel.team == team and name in {channel.id, channel.name, f"#{channel.name}"}:
                return channel
        raise Refused("channel_not_found")

    def direct(self, user: User) -> Channel:
        """The direct conversation of a user with the bot; made when it is first needed."""
        channel = Channel(
            f"D{user.id[1:]}", user.team, user.id, frozenset({user.id, self.teams[user.team].bot_user}), "im"
        )
        return self.channels.setdefault(channel.id, channel)

    # --- views ---

    def keep_view(self, team: str, user: str, payload: Json, previous: View | None = None) -> View:
        """Keep a new view, with the ids that its blocks lack."""
        ident = self.new_id("V")
        payload = {**payload, "blocks": list(self._named(payload["blocks"]))}
        view = View(
            id=ident,
            team=team,
            user=user,
            payload=payload,
            hash=f"{self.ts()}.{secrets.token_hex(4)}",
            root=previous.root if previous else ident,
            previous=previous.id if previous else None,
        )
        self.views[ident] = view
        return view

    def change_view(self, view: View, payload: Json) -> View:
        """Give a view a new payload and hash; what the user filled in stays where the ids stay."""
        payload = {**payload, "blocks": list(self._named(payload["blocks"]))}
        kept = {block["block_id"] for block in payload["blocks"]}
        changed = replace(
            view,
            payload=payload,
            hash=f"{self.ts()}.{secrets.token_hex(4)}",
            values={block: value for block, value in view.values.items() if block in kept},
        )
        self.views[view.id] = changed
        return changed

    # --- permissions to answer later ---

    def new_trigger(self, user: str, view: str | None = None) -> str:
        """A trigger_id for a user; `view` is the modal in which the click happened."""
        name = f"{next(self._counter)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self.triggers[name] = Trigger(user, self.now() + TRIGGER_LIFE, view)
        return name

    def use_trigger(self, name: str) -> Trigger:
        """Use a trigger_id up; raises Refused when it is unknown, late or used."""
        trigger = self.triggers.get(name)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self.now() > trigger.until:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger

    def new_response(self, user: str, channel: str, target: Message | None = None) -> str:
        """The secret part of a response_url."""
        name = f"{self.users[user].team}/{next(self._counter)}/{secrets.token_urlsafe(18)}"
        self.responses[name] = ResponseUrl(
            user,
            channel,
            self.now() + RESPONSE_LIFE,
            target.ts if target else None,
        )
        return name
