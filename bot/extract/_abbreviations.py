"""Short forms that the article itself explains: "Coastal Repair Fund (CRF)", "known as the GIUK gap".

The letters must be the initials of the words before the bracket (Schwartz and Hearst 2003, in its strict
form), so that "(right)" or "(Berlin)" explain nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.models import Span

_SMALL = frozenset({"of", "for", "the", "and", "on", "to", "in", "de", "la", "&"})
_BRACKET = re.compile(r"\s\(\s?[“\"‘']?(?:the |or )?(?P<short>[A-Z][A-Za-z&-]{1,9})[”\"’']?\s?\)")
_AFTER = re.compile(
    r",?\s(?:known as|or|called|abbreviated(?: as| to)?) (?:the )?(?P<short>[A-Z][A-Za-z&-]{0,8}[A-Z])\b"
)
_WORD = re.compile(r"[^\s,.;:()“”\"]+")
_KNOWN = re.compile(
    r"\b(?:known as|called|dubbed|nicknamed) (?:the )?[“\"‘]?"
    r"(?P<name>(?:[A-Z][\w-]+ ?)+(?:gap|plan|fund|line|list|deal|corridor|pact|group|format|belt|wall)?)"
    r"(?=[”\"’).,;\s])"
)


class Explained(NamedTuple):
    """A short form with the long name that the article gives it; the places of both in the text."""

    short: str
    long: str
    long_span: Span
    short_span: Span


def explained(text: str) -> Iterator[Explained]:
    """Yield the abbreviations that a text explains, in brackets or after "known as"."""
    for match in (*_BRACKET.finditer(text), *_AFTER.finditer(text)):
        short = match["short"]
        if sum(c.isupper() for c in short) < 2:
            continue
        start = _initials(text, match.start(), short)
        if start is not None:
            long = Span(start, match.start())
            yield Explained(short, long.of(text), long, Span(*match.span("short")))


def _initials(text: str, end: int, short: str) -> int | None:
    """Walk back over the words before a bracket until their initials spell the short form."""
    letters = [c.lower() for c in short if c.isalpha()]
    for word in reversed(list(_WORD.finditer(text, max(0, end - 120), end))):
        if letters and word[0][0].lower() == letters[-1]:
            letters.pop()
        elif word[0].lower() not in _SMALL:
            return None
        if not letters:
            return word.start() if word[0][0].isupper() else None
    return None


def nicknames(text: str) -> Iterator[Span]:
    """Yield the names that something is "known as"."""
    for match in _KNOWN.finditer(text):
        name = match["name"].rstrip()
        yield Span(match.start("name"), match.start("name") + len(name))
