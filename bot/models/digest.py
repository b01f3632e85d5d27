"""What a day is about, before any door draws it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from bot.models.answer import Answer, Phrase
from bot.models.article import Span


class ThemeState(StrEnum):
    """How a theme stands to the 14 days before."""

    NEW = "new"
    RISING = "rising"
    STEADY = "steady"
    FADING = "fading"
    BACK = "back"


class Member(NamedTuple):
    """A sentence that belongs to a theme."""

    article_id: int
    source: str
    span: Span


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two quotations on one theme with an explicit sign that they contradict; `sign` are words of the text.

    `kind` names the rule: rejected, negated, countered, numbers.
    """

    one: Answer
    other: Answer
    sign: str
    kind: str


@dataclass(frozen=True, slots=True)
class Theme:
    """What a day's articles have in common, in their own words.

    `title` is a slice of an article; `key` are the folded words that carry the theme from day to day.
    `counts` are its quotations on each of the 14 days before, oldest first, then today. `quotes` are by
    different speakers, the most central first; `more` holds the rest. `members` are all its sentences.
    """

    title: str
    key: tuple[str, ...]
    state: ThemeState
    articles: int
    quotations: int
    counts: tuple[int, ...]
    score: float
    quotes: tuple[Answer, ...] = ()
    more: tuple[Answer, ...] = ()
    disagreement: Disagreement | None = None
    facts: tuple[Answer, ...] = ()
    new_voices: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that report on the same event: `title` is the headline of the most central one that has one.

    `articles` are sources, the most central first; copies are not among them.
    """

    title: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A day, or several, in themes: best first. `skip` says in one phrase why there is nothing to post.

    `cut` says that there were more articles than are compared: these are the newest.
    """

    first: date
    last: date
    themes: tuple[Theme, ...] = ()
    articles: int = 0
    reprints: int = 0
    sponsored: int = 0
    undated: int = 0
    sources: int = 0
    quotations: int = 0
    cut: bool = False
    stories: tuple[Story, ...] = ()
    skip: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with the words that stand for it."""

    png: bytes
    title: str
    alt: str


class Poster(Protocol):
    """Posts a rendered message for digests and jobs; implemented in handlers.slack."""

    async def post(
        self,
        workspace: str,
        channel: str,
        text: str,
        blocks: list[dict[str, Any]],
        *,
        thread: str | None = None,
        run_id: str | None = None,
    ) -> str:
        """Post once and return the message's ts; `run_id` goes into the message's metadata.

        Raises bot.errors.PostFailed with Slack's error code, PostUnknown where nobody can tell whether Slack
        took the message.
        """
        ...

    async def upload(
        self, workspace: str, channel: str, picture: Picture, *, run_id: str, thread: str | None = None
    ) -> str:
        """Share a picture once and return its file's id; `run_id` goes into the file's name.

        Raises PostFailed with Slack's error code (`missing_scope` where files may not be uploaded) or
        PostUnknown as `post` does.
        """
        ...

    async def find(
        self, workspace: str, channel: str, run_id: str, since: datetime, thread: str | None = None
    ) -> str | None:
        """Return the ts of the message with this metadata or file, None where there surely is none.

        Raises PostFailed where the channel's history can't be read.
        """
        ...
