"""Who asks, and how much of an answer they see at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from bot.models.policy import Policy


class Window(NamedTuple):
    """How many answers, and how many passages of narration, a door shows at first."""

    answers: int
    asides: int


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and where: what a door knows of the reader. `workspace` bounds every row that is read.

    `policy` is what the workspace's admins have decided. With a `window` only what is in it needs its words.
    """

    workspace: str
    user: str | None = None
    channel: str | None = None
    thread: str | None = None
    timezone: str = "UTC"
    locale: str = "en"
    is_admin: bool = False
    policy: Policy = field(default_factory=Policy)
    window: Window | None = None
