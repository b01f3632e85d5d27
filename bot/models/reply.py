"""What a subcommand answers, before any door draws it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bot.models.answer import Answer, Further, Phrase
from bot.models.digest import Theme


class Verification(StrEnum):
    """What `verify` found out about a pasted quotation."""

    VERBATIM = "verbatim"
    NEAR = "near"
    OTHER_SPEAKER = "other_speaker"
    REPORTED = "reported"
    NOT_FOUND = "not_found"


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
