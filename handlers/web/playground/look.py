"""What the page shows, computed from the state of the stand-in: names, times, days, groups, unread marks."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.standin import Channel, Message, Slack, User
from handlers.standin.values import Json

JOINED = 5 * 60  # seconds within which messages of one author stand together


@dataclass(frozen=True, slots=True)
class Line:
    """One message as it is shown: `first` of a group carries name and picture, `day` starts a new day."""

    message: Message
    author: str
    initials: str
    is_app: bool
    time: str
    stamp: str
    first: bool
    day: str | None
    replies: int
    hue: int


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the sidebar."""

    id: str
    name: str
    kind: str
    unread: int
    archived: bool
    has_bot: bool


def name_of(slack: Slack, ident: str) -> str:
    """The name of a user or channel; an empty string for a stranger."""
    if ident in slack.state.users:
        return slack.state.users[ident].real_name
    if ident in slack.state.channels:
        return slack.state.channels[ident].name
    return "Slackbot" if ident == "USLACKBOT" else ""


def lines(slack: Slack, found: Sequence[Message], reader: User) -> list[Line]:
    """The messages in groups and days, in the reader's time zone."""
    shown: list[Line] = []
    before: Message | None = None
    last_day: date | None = None
    for message in found:
        moment = datetime.fromtimestamp(float(message.ts), ZoneInfo(reader.tz))
        new_day = moment.date() != last_day
        shown.append(_line(slack, message, reader, moment, new_day, new_day or not _joined(before, message)))
        before, last_day = message, moment.date()
    return shown


def _joined(before: Message | None, message: Message) -> bool:
    if before is None or message.ephemeral_for or before.ephemeral_for:
        return False
    return before.user == message.user and float(message.ts) - float(before.ts) < JOINED


def _line(slack: Slack, message: Message, reader: User, moment: datetime, new_day: bool, first: bool) -> Line:
    author = name_of(slack, message.user) or message.user
    replies = [m for m in slack.state.messages.values() if m.thread == message.ts and m.ts != message.ts]
    seen = [m for m in replies if m.ephemeral_for in (None, reader.id)]
    return Line(
        message=message,
        author=author,
        initials="".join(word[0] for word in author.split()[:2]).upper(),
        is_app=bool(message.bot_id) or message.user == "USLACKBOT",
        time=moment.strftime("%H:%M"),
        stamp=moment.strftime("%A, %-d %B %Y at %H:%M"),
        first=first,
        day=_day(moment) if new_day else None,
        replies=0 if message.thread else len(seen),
        hue=zlib.crc32(message.user.encode()) % 6,
    )


def _day(moment: datetime) -> str:
    today = datetime.now(moment.tzinfo).date()
    if moment.date() == today:
        return "Today"
    return moment.strftime("%A, %-d %B")


def places(slack: Slack, reader: User, seen: dict[tuple[str, str], str]) -> list[Place]:
    """The channels that the reader is in, by name."""
    mine = [c for c in slack.state.channels.values() if reader.id in c.members and c.kind != "im"]
    return [_place(slack, channel, reader, seen) for channel in sorted(mine, key=lambda c: c.name)]


def _place(slack: Slack, channel: Channel, reader: User, seen: dict[tuple[str, str], str]) -> Place:
    bot = slack.state.teams[reader.team].bot_user
    return Place(
        channel.id,
        channel.name,
        channel.kind,
        unread(slack, channel, reader, seen),
        channel.archived,
        bot in channel.members,
    )


def unread(slack: Slack, channel: Channel, reader: User, seen: dict[tuple[str, str], str]) -> int:
    """How many messages of others came since the reader last looked."""
    since = seen.get((reader.id, channel.id), "")
    messages = slack.messages(channel.id, reader.id)
    return sum(m.ts > since and m.user != reader.id for m in messages)


def filled(values: Json, block_id: str, action_id: str) -> Json:
    """What the user has filled in at one element so far."""
    entry: Json = values.get(block_id, {}).get(action_id, {})
    return entry
