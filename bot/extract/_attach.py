"""Marked words find their cue: every sentence-like region between quotation marks goes to the nearest cue.

The cost of a pair is the distance in characters, with the conventions of news prose: a comma or colon
before the opening mark, a comma inside the closing one, no sentence border between the two.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from bot.extract._drafts import Draft
from bot.extract._marks import Region
from bot.models import Span

_REACH = 140  # characters between a cue and the words that it introduces
_DEAREST = 110
_BORDER = re.compile(r"[.!?][”\"’']*\s+[A-Z“\"‘]")
_SENTENCE_END = re.compile(r"[,.?!…—–-]$")
_PLAINEST = {"say", "tell", "add", "write", "ask", "reply", "tweet", "continue"}


@dataclass(frozen=True, slots=True)
class Attached:
    """A draft's position with the regions that it introduces."""

    draft: int
    regions: tuple[Region, ...]


def sentence_like(text: str, region: Region) -> bool:
    """Say whether marked words stand for themselves, rather than being a word or two inside a sentence."""
    inner = region.inner.of(text).strip()
    words = len(inner.split())
    return words >= 12 or (words >= 4 and bool(_SENTENCE_END.search(inner)))


def nearest(text: str, region: Region, drafts: list[Draft], order: list[int]) -> int | None:
    """Return the index of the draft whose cue introduces the region; `order` holds the cues' starts."""
    low = bisect_left(order, region.outer.start - _REACH - 20)
    high = bisect_left(order, region.outer.end + _REACH)
    best: tuple[float, int] | None = None
    for i in range(low, high):
        cost = _cost(text, region, drafts[i])
        if cost is not None and (best is None or cost < best[0]):
            best = (cost, i)
    return best[1] if best is not None and best[0] < _DEAREST else None


def _cost(text: str, region: Region, draft: Draft) -> float | None:
    before = draft.cue.end <= region.outer.start
    gap = Span(draft.cue.end, region.outer.start) if before else Span(region.outer.end, draft.cue.start)
    if gap.start > gap.end or gap.end - gap.start > _REACH:
        return None
    between = gap.of(text)
    cost = float(len(between))
    if "\n" in between and not (before and re.search(r":\s*$", between)):
        return None
    if _BORDER.search(between):
        cost += 80
    if before and re.search(r"[,:]\s*$", between):
        cost -= 30
    if not before:
        cost -= 10 if re.match(r"\s*[A-Za-z]", between) else 0
        cost -= 40 if region.inner.of(text).rstrip().endswith(",") else 0
    if draft.lemma in _PLAINEST:
        cost -= 15
    if draft.speaker is None:
        cost += 40
    return cost
