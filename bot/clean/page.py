"""What is read from a source before the rules for text judge it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Page:
    """The text to store and what the source says of itself besides: in meta tags, in a mail's head."""

    text: str
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    url: str | None = None
    notes: tuple[str, ...] = ()


def line(text: str | None) -> str | None:
    """Return `text` on one line, None for nothing."""
    return " ".join(text.split()) or None if text else None
