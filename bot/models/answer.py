"""One thing that was found in an article, and the sentences of ours that go with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from bot.models.article import Span
from bot.models.findings import Polarity, QuotationKind
from bot.models.place import Place


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


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of ours by its key in the catalogue, with the values that fill it."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


class Reason(str):
    """Why a source can't be read, as a value of a Phrase: said in English, translated where it is drawn."""

    __slots__ = ()
