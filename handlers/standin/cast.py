"""A small workspace to start with: people, channels, and the app installed."""

from __future__ import annotations

import re

from handlers.standin.state import State
from handlers.standin.values import Channel, Team, User

PEOPLE = (
    ("alice", "Alice Weber", "Europe/Berlin", "en-US", False),
    ("bruno", "Bruno Costa", "America/New_York", "de-DE", False),
    ("carla", "Carla Okafor", "Europe/London", "en-GB", True),
)


def a_workspace(state: State, ident: str = "T0STANDIN", name: str = "Newsdesk") -> Team:
    """Add a team with three people (alice, bruno, carla the admin) and five channels.

    #general and #munich have the bot as a member, #random and the private board don't, #archive is archived.
    """
    tail = re.sub(r"[^A-Z0-9]", "", ident.removeprefix("T").upper())
    team = Team(ident, name, name.lower(), f"U{tail}BOT", f"B{tail}", token=f"xoxb-{tail}-1")
    state.teams[ident] = team
    bot = User(team.bot_user, ident, "msc", "msc-bot", is_bot=True)
    people = [User(f"U{tail}{i}", ident, *person) for i, person in enumerate(PEOPLE)]
    state.users |= {user.id: user for user in (bot, *people)}
    all_of_us = frozenset(user.id for user in people)
    with_bot = all_of_us | {bot.id}
    channels = (
        Channel(f"C{tail}1", ident, "general", with_bot),
        Channel(f"C{tail}2", ident, "munich", with_bot),
        Channel(f"C{tail}3", ident, "random", all_of_us),
        Channel(f"C{tail}4", ident, "archive", with_bot, archived=True),
        Channel(f"G{tail}5", ident, "board", all_of_us, kind="private"),
    )
    state.channels |= {channel.id: channel for channel in channels}
    return team
