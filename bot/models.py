"""The frozen values that the stages hand to each other.

Every position is a half-open range of code points in `Article.text`; nothing here holds text that is
not a slice of an article, a name, or a label of ours. ORM rows never leave `bot.store`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, Protocol


class Span(NamedTuple):
    """Half-open range of code points in an article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the slice of `text` that this span names."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Say whether the two ranges share a code point."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Say whether `other` lies inside this range."""
        return self.start <= other.start and other.end <= self.end


# --- fetch → clean -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes as they came in, before anyone has read them.

    `source` identifies the article for re-ingest (absolute path, canonical URL, feed item, upload);
    `media` is a MIME type such as ``text/plain``, ``text/markdown`` or ``text/html``. What a feed says
    of its item (title, publisher, published, authors) comes along and yields to what the page says.
    `encoding` is what the server declares.
    """

    source: str
    data: bytes
    media: str
    fetched: datetime
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    encoding: str | None = None


# --- clean → extract -----------------------------------------------------------------------------------


class Mask(NamedTuple):
    """A range that cleaning left out of extraction, with the name of the rule that did it."""

    span: Span
    rule: str


class FlagKind(StrEnum):
    """What an article says of itself."""

    SPONSORED = "sponsored"
    OPINION = "opinion"


class Flag(NamedTuple):
    """A property of the article, with the sentence that says so."""

    kind: FlagKind
    span: Span


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article: the stored text never changes, masks and flags point into it.

    `published` is a local date as printed; None where the article gives none. `headings` are the ranges
    of headline and subheadings. `content_hash` is the SHA-256 of `text` in hex. `notes` are sentences for
    the reader about what is odd in the source, such as a damaged encoding.
    """

    source: str
    text: str
    content_hash: str
    fetched: datetime
    media: str = "text/plain"
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    language: str = "en"
    headings: tuple[Span, ...] = ()
    masks: tuple[Mask, ...] = ()
    flags: tuple[Flag, ...] = ()
    notes: tuple[str, ...] = ()


# --- extract → store -----------------------------------------------------------------------------------


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


# --- search → render -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """One verbatim answer with its speaker, source and place.

    `kind` is quote, fact or mention (narration: no speaker is claimed). `text` joins the slices named
    by `spans` with " […] "; `context` is the passage around, verbatim, at most 600 characters. `why`
    lists the parts of the score for --explain. `paragraph` of `paragraphs` is the place in the article.
    """

    kind: str
    text: str
    spans: tuple[Span, ...]
    article_id: int
    source: str
    score: float
    context: str = ""
    context_span: Span | None = None
    finding_id: int | None = None
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
    paragraph: int = 0
    paragraphs: int = 0
    sponsored: bool = False
    also_in: tuple[str, ...] = ()
    why: tuple[tuple[str, float], ...] = ()


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


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and where: what a door knows of the reader. `workspace` bounds every row that is read."""

    workspace: str
    user: str | None = None
    channel: str | None = None
    thread: str | None = None
    timezone: str = "UTC"
    locale: str = "en"
    is_admin: bool = False


# --- digest → render -----------------------------------------------------------------------------------


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
    skip: Phrase | None = None


# --- posting from inside -------------------------------------------------------------------------------


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

    async def find(
        self, workspace: str, channel: str, run_id: str, since: datetime, thread: str | None = None
    ) -> str | None:
        """Return the ts of the message with this metadata, None where channel and thread surely have none.

        Raises PostFailed where the channel's history can't be read.
        """
        ...
