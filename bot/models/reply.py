"""What search answers, before any door draws it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.models.article import Span
from bot.models.findings import Polarity, QuotationKind
from bot.models.place import Place
from bot.models.policy import Policy

if TYPE_CHECKING:
    from bot.models.digest import Theme


@dataclass(frozen=True, slots=True)
class Answer:
    """One verbatim answer with its speaker, source and place.

    `kind` is quote, fact or mention (narration: no speaker is claimed). `text` joins the slices named
    by `spans` with " […] "; `place` tells where in the article. `why` lists the parts of the score for
    --explain.
    """

    kind: str
    text: str
    spans: tuple[Span, ...]
    article_id: int
    source: str
    score: float
    place: Place = field(default_factory=Place)
    speaker: str | None = None
    role: str | None = None
    cue: str | None = None
    polarity: Polarity | None = None
    quotation_kind: QuotationKind | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    fetched: datetime | None = None
    sponsored: bool = False
    also_in: tuple[str, ...] = ()
    why: tuple[tuple[str, float], ...] = ()

    @property
    def context(self) -> str:
        """The passage around, verbatim, at most 600 characters."""
        return self.place.context


class Further(NamedTuple):
    """An answer that was found but not asked for yet: who it is by and where it stands, not its words."""

    kind: str
    article_id: int
    speaker: str | None = None
    role: str | None = None


class Verification(StrEnum):
    """What `verify` found out about a pasted quotation."""

    VERBATIM = "verbatim"
    NEAR = "near"
    OTHER_SPEAKER = "other_speaker"
    REPORTED = "reported"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of ours by its key in the catalogue, with the values that fill it."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


class Reason(str):
    """Why a source can't be read, as a value of a Phrase: said in English, translated where it is drawn."""

    __slots__ = ()


class DiffWord(NamedTuple):
    """A word of a near quotation: op is same, missing (asked, not printed) or added (printed, not asked)."""

    op: str
    word: str


@dataclass(frozen=True, slots=True)
class Section:
    """A titled list of lines (help, sources); a line is a phrase of ours or text of an article."""

    title: Phrase | None
    lines: tuple[Phrase | str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a subcommand answers, before any door draws it.

    `answers` are ranked, best first, and are all there are: doors page through them. `narration` keeps
    what the articles say in their own voice apart; `nearest` is what exists but is not the answer.
    To an asker who sees a window alone, `further` are the answers after those of the window, and `asides`
    counts the narration after it.
    `themes` are drawn as cards, `themes_shown` at a time, where a door can; `sections` say the same in lines.
    `understood` says how the question was read, for whoever asks for an explanation.
    `choices` are complete questions to ask instead (ambiguous name, did you mean), shown as buttons.
    """

    question: str
    headline: Phrase
    answers: tuple[Answer, ...] = ()
    narration: tuple[Answer, ...] = ()
    nearest: tuple[Answer, ...] = ()
    verdict: bool | None = None
    verification: Verification | None = None
    diff: tuple[DiffWord, ...] = ()
    choices: tuple[str, ...] = ()
    notes: tuple[Phrase, ...] = ()
    sections: tuple[Section, ...] = ()
    articles_searched: int = 0
    understood: tuple[Phrase, ...] = ()
    themes: tuple[Theme, ...] = ()
    themes_shown: int = 5
    further: tuple[Further, ...] = ()
    asides: int = 0


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
