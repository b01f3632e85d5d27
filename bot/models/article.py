"""What is read: bytes as they come in, and the article that cleaning makes of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import PurePath
from typing import NamedTuple


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


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes as they came in, before anyone has read them.

    `source` identifies the article for re-ingest (absolute path, canonical URL, feed item, upload);
    `media` is a MIME type such as ``text/plain``, ``text/markdown`` or ``text/html``. What a feed says
    of its item (title, publisher, published, authors) comes along and yields to what the page says.
    `encoding` is what the server declares, `item` how the feed knows it. Where the source is `described`,
    what came along is its record in somebody's archive and goes before what the page says.
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
    item: str | None = None
    described: bool = False


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

    @property
    def fingerprint(self) -> str:
        """What changes when the text does, or what is told beside it."""
        told = (self.url, self.title, self.publisher, self.authors, self.published)
        return fingerprint(self.content_hash, *told)


def fingerprint(
    content_hash: str,
    url: str | None,
    title: str | None,
    publisher: str | None,
    authors: Iterable[str],
    published: date | None,
) -> str:
    """Return the SHA-256 in hex of a text's hash and of what is told beside the text."""
    day = published.isoformat() if published else None
    told = json.dumps([content_hash, url, title, publisher, list(authors), day])
    return hashlib.sha256(told.encode()).hexdigest()


@lru_cache(maxsize=4_096)
def named(title: str | None, source: str) -> str:
    """Return what an article is called: its title, else its address or the name of its file."""
    said = " ".join((title or "").split())
    if any(c.isprintable() and c != " " for c in said):
        return said
    return PurePath(source).name if PurePath(source).is_absolute() else source
