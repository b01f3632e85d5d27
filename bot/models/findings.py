"""What extraction finds in an article, and what people correct in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bot.models.article import Span


class QuotationKind(StrEnum):
    """How much of the content stands between quotation marks: all, some, none."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Polarity(StrEnum):
    """How the speaker stands to the content, as the cue says it."""

    STATES = "states"
    REJECTS = "rejects"
    DENIES = "denies"
    ASKS = "asks"
    IS_ASKED = "is_asked"
    MAY_STATE = "may_state"


class EntityKind(StrEnum):
    """What a speaker or a mentioned entity is."""

    PERSON = "person"
    INSTITUTION = "institution"
    GROUP = "group"
    DOCUMENT = "document"
    ANONYMOUS = "anonymous"
    PLACE = "place"
    PROGRAMME = "programme"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker or other entity under its canonical name, with what the articles or files say of it.

    `roles` are as printed ("NATO Secretary-General"), the most telling first; `aliases` are other forms
    of the name that were found or configured.
    """

    name: str
    kind: EntityKind = EntityKind.PERSON
    roles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """An entity or key term of the terms file: one name for all its forms."""

    name: str
    kind: EntityKind = EntityKind.TERM
    abbreviations: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words attributed to a speaker: one attribution, its content in one or more spans.

    `speaker_span` is the mention as found, `speaker` the canonical name it resolves to (None: open).
    `sentence` is the range of the sentence or sentences around content and cue. `nested_in` is the
    index of the outer quotation in the same `Findings`. `reason` names the rule that found it.
    """

    kind: QuotationKind
    content: tuple[Span, ...]
    sentence: Span
    cue: Span | None = None
    cue_lemma: str | None = None
    speaker_span: Span | None = None
    speaker: str | None = None
    speaker_kind: EntityKind | None = None
    role: str | None = None
    polarity: Polarity = Polarity.STATES
    nested_in: int | None = None
    reason: str = ""
    speaker_reason: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as printed, read and never computed; `value_max` closes a range."""

    span: Span
    value: float
    value_max: float | None = None
    unit: str | None = None
    comparator: str | None = None
    baseline: str | None = None


class DateMention(NamedTuple):
    """A date expression; `normalized` is ISO 8601 (also partial, 2026-02) or the relative words."""

    span: Span
    normalized: str


class Modality(StrEnum):
    """Whether a fact is asserted, forecast, proposed or only possible."""

    ASSERTED = "asserted"
    FORECAST = "forecast"
    PROPOSAL = "proposal"
    POSSIBILITY = "possibility"


@dataclass(frozen=True, slots=True)
class Fact:
    """A verbatim sentence or clause that a third party could check against a record."""

    content: Span
    subject: Span | None
    predicate: Span | None
    object: Span | None
    sentence: Span
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    attributed_to: str | None = None
    attribution_span: Span | None = None
    modality: Modality = Modality.ASSERTED
    negated: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity or key term at a span; `quotation` indexes the quotation around it, None in narration."""

    span: Span
    kind: EntityKind
    entity: str
    quotation: int | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that extraction found in one article; `sentences` are those that cleaning left standing.

    `keyterms` are noun phrases that could name a theme, without their articles and pronouns.
    """

    quotations: tuple[Quotation, ...] = ()
    facts: tuple[Fact, ...] = ()
    mentions: tuple[Mention, ...] = ()
    people: tuple[Person, ...] = ()
    sentences: tuple[Span, ...] = ()
    keyterms: tuple[Span, ...] = ()


class Verdict(StrEnum):
    """What a person says of a quotation that the rules found."""

    SPEAKER = "speaker"
    NOT_QUOTATION = "not_quotation"


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's word on a stretch of an article, which wins over the rules.

    `span` reaches from the first to the last word of the quotation in the text with that content hash;
    `speaker` is the right one (None: nobody can tell). `by` is the user who said so.
    """

    content_hash: str
    span: Span
    verdict: Verdict
    speaker: str | None = None
    by: str | None = None
