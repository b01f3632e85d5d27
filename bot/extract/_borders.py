"""Borders of content: whole marked regions, no stray words beside them, no unpaired marks."""

from __future__ import annotations

import re
from bisect import bisect_left

from bot.extract._drafts import trimmed
from bot.extract._marks import Region
from bot.models import Span

_FEW = 3
_WORD = re.compile(r"\w+")
_FULL = re.compile(r"[,.?!…—]$")


def snapped(text: str, span: Span, regions: list[Region]) -> Span:
    """Move a content's borders to those of the marked regions that it touches.

    A content that cuts into a short region takes it whole; a few words that spill over a region which
    ends like a sentence are cut off; so are a few words before a comma or colon that introduces one.
    """
    start, end = span
    for region in touching(span, regions):
        s, e = region.outer
        inner = region.inner.of(text).rstrip()
        if s < start < e and (_words(text, s, start) <= _FEW or e - s < 400):
            start = s
        if s < end < e and (_words(text, end, e) <= _FEW or e - s < 400):
            end = e
        if e < end and start <= s and _FULL.search(inner) and _words(text, e, end) <= _FEW:
            end = e
        introduced = start < s and _words(text, start, s) <= 4 and re.search(r"[,:]\s*$", text[start:s])
        if introduced and _words(text, s, e) >= 4:
            start = s
    return trimmed(text, Span(start, end))


def touching(span: Span, regions: list[Region]) -> list[Region]:
    """Return the regions that overlap a span; `regions` are in order and don't overlap each other."""
    at = max(bisect_left(regions, span.start, key=lambda r: r.outer.start) - 1, 0)
    found = []
    while at < len(regions) and regions[at].outer.start < span.end:
        if regions[at].outer.overlaps(span):
            found.append(regions[at])
        at += 1
    return found


def _words(text: str, start: int, end: int) -> int:
    return len(_WORD.findall(text, start, end))
