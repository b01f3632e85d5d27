"""Marked words find their cue: every sentence-like region between quotation marks goes to the cue that
introduces it.

First come cues whose clause holds the region anyway, then the nearest cue, then the cue of the marked words
just before ("A," he said. "B"). The cost of a pair is the distance in characters, with the conventions of
news prose: a comma or colon before the opening mark, a comma inside the closing one, no sentence border
between the two.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass

from bot.extract._drafts import Draft
from bot.extract._marks import Region
from bot.models import Span

_REACH = 140  # characters between a cue and the words that it introduces
_WINDOW = 1_500  # characters between a cue and the words that its clause holds
_DEAREST = 110.0
_DOUBTFUL = 40.0
_BESIDE = -5.0
_SHORT = re.compile(r"[,?!.…—]$")
_BORDER = re.compile(r"[.!?][”\"’']*\s+[A-Z“\"‘]")
_SENTENCE_END = re.compile(r"[,.?!…—–-]$")
_PLAINEST = {"say", "tell", "add", "write", "ask", "reply", "tweet", "continue"}


@dataclass(frozen=True, slots=True)
class Attachment:
    """Regions by the index of the draft that introduces them; `carried` follow a speaker without a cue."""

    regions: dict[int, list[Region]]
    carried: list[tuple[Region, int]]


def sentence_like(text: str, region: Region) -> bool:
    """Say whether marked words stand for themselves, rather than being a word or two inside a sentence."""
    inner = region.inner.of(text).strip()
    words = len(inner.split())
    return words >= 12 or (words >= 4 and bool(_SENTENCE_END.search(inner)))


def attach(text: str, drafts: list[Draft], marked: list[Region]) -> Attachment:
    """Give each sentence-like region to a draft; `drafts` are in order of their cues."""
    order = [d.cue.start for d in drafts]
    regions: dict[int, list[Region]] = defaultdict(list)
    carried: list[tuple[Region, int]] = []
    last: tuple[int, Region] | None = None
    for region in marked:
        whole = sentence_like(text, region)
        if not whole and not _SHORT.search(region.inner.of(text).rstrip()):
            continue
        found = (_introducing if whole else _adjacent)(text, region, drafts, order, last)
        if found is None and not whole:
            continue
        if found is not None:
            regions[found].append(region)
        elif last is not None and _next_paragraph(text, last[1], region):
            found = last[0]
            if last[1].closed:
                carried.append((region, found))
            else:
                regions[found].append(region)
        last = (found, region) if found is not None else None
    return Attachment(regions, carried)


def _introducing(
    text: str, region: Region, drafts: list[Draft], order: list[int], last: tuple[int, Region] | None
) -> int | None:
    near, cost = _nearest(text, region, drafts, order)
    holder = _holder(region, drafts, order)
    if holder is not None and (
        near is None or drafts[holder].cue.start < region.outer.start or _inside(drafts[near], drafts[holder])
    ):
        return holder
    if (
        (near is None or cost > _DOUBTFUL)
        and last is not None
        and _follows(text, drafts[last[0]], last[1], region)
    ):
        return last[0]
    return near if near is not None else holder


def _adjacent(
    text: str, region: Region, drafts: list[Draft], order: list[int], last: tuple[int, Region] | None
) -> int | None:
    """Return the cue right beside a few marked words that end like a sentence ("No," he said)."""
    near, cost = _nearest(text, region, drafts, order)
    held = _holder(region, drafts, order)
    if near is not None and cost <= _BESIDE and held in {None, near}:
        return near
    ends = region.inner.of(text).rstrip()[-1:] in ".?!"
    return last[0] if ends and last is not None and _follows(text, drafts[last[0]], last[1], region) else None


def _inside(inner: Draft, outer: Draft) -> bool:
    return any(span.holds(inner.cue) for span in outer.content)


def _holder(region: Region, drafts: list[Draft], order: list[int]) -> int | None:
    """Return the draft with the longest clause that holds the region."""
    low = bisect_left(order, region.outer.start - _WINDOW)
    high = bisect_left(order, region.outer.end + _WINDOW)
    best: tuple[int, int] | None = None
    for i in range(low, high):
        for span in drafts[i].content:
            holds = span.start <= region.inner.start + 1 and region.inner.end - 2 <= span.end
            if holds and (best is None or span.end - span.start > best[0]):
                best = (span.end - span.start, i)
    return best[1] if best is not None else None


def _nearest(text: str, region: Region, drafts: list[Draft], order: list[int]) -> tuple[int | None, float]:
    low = bisect_left(order, region.outer.start - _REACH - 20)
    high = bisect_left(order, region.outer.end + _REACH)
    best: tuple[float, int] | None = None
    for i in range(low, high):
        cost = _cost(text, region, drafts[i])
        if cost is not None and cost < _DEAREST and (best is None or cost < best[0]):
            best = (cost, i)
    return (best[1], best[0]) if best is not None else (None, _DEAREST)


def _cost(text: str, region: Region, draft: Draft) -> float | None:
    before = draft.cue.end <= region.outer.start
    gap = Span(draft.cue.end, region.outer.start) if before else Span(region.outer.end, draft.cue.start)
    if gap.start > gap.end or gap.end - gap.start > _REACH:
        return None
    between = gap.of(text)
    if "\n" in between and not (before and re.search(r":\s*$", between)):
        return None
    cost = len(between) + (_cost_before(between) if before else _cost_after(text, region, between))
    if _BORDER.search(between):
        cost += 80
    if draft.lemma in _PLAINEST:
        cost -= 15
    return cost + (40 if draft.speaker is None else 0)


def _cost_before(between: str) -> float:
    return -30.0 if re.search(r"[,:]\s*$", between) else 0.0


def _cost_after(text: str, region: Region, between: str) -> float:
    cost = -10.0 if re.match(r"\s*[A-Za-z]", between) else 0.0
    inner = region.inner.of(text).rstrip()
    if inner.endswith("."):
        cost += 80
    return cost - (40 if inner.endswith(",") else 0)


def _follows(text: str, draft: Draft, previous: Region, region: Region) -> bool:
    """Say whether a region comes right after the sentence of the marked words before it."""
    start = max(previous.outer.end, draft.sentence.end)
    between = text[min(start, region.outer.start) : region.outer.start]
    return "\n" not in text[previous.outer.end : region.outer.start] and len(between.split()) <= 2


def _next_paragraph(text: str, previous: Region, region: Region) -> bool:
    """Say whether a region opens the paragraph after the one that the previous marked words stand in."""
    between = text[previous.outer.end : region.outer.start]
    breaks = between.count("\n") - between.count("\n\n")
    if "\n" not in between or not between.endswith("\n") or breaks > 1 + between.count("\n\n"):
        return False
    line_end = text.find("\n", region.outer.end)
    rest = text[region.outer.end : line_end if line_end >= 0 else len(text)]
    return len(rest.split()) <= 2 and len(between.split()) <= 40
