"""From drafts to attributions: borders snapped, sourceless ones dropped, overlaps decided, nesting kept.

What two cues claim at once goes to the one with marked words, else to the longer content. One attribution
may stand inside another's content ("an official said that the minister had warned …").
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import chain

from bot.extract._according import REASON as ACCORDING
from bot.extract._borders import snapped
from bot.extract._drafts import Draft
from bot.extract._kinds import can_speak
from bot.extract._marks import Region
from bot.extract._mood import happened
from bot.extract._nouns import REASON as UNDER_NOUN
from bot.extract._people import People
from bot.extract._verbs import AFTER, AROUND, UNDER
from bot.models import Span

_NESTING = {UNDER, AROUND, AFTER, ACCORDING, UNDER_NOUN}
_HOLDING = {
    *("find", "show", "see", "view"),
    *("think", "believe", "hope", "fear", "feel", "expect", "doubt", "suspect", "worry"),
}
_NEIGHBOURS = 12  # attributions that one may stand in, counted in the article's order
_SHARED = 0.3  # part of a content that another attribution may claim as well


def selected(text: str, drafts: list[Draft], marked: list[Region], people: People) -> list[Draft]:
    """Return the drafts that stand as attributions, in order of their content."""
    kept: dict[int, list[Draft]] = defaultdict(list)  # by paragraph, which keeps the time linear
    bordered = _bordered(text, drafts, marked, people)
    for draft in sorted(bordered, key=lambda d: (not d.marked, -size(d))):
        near = (other for i in (-1, 0, 1) for other in kept.get(draft.paragraph + i, ()))
        rivals = [o for o in near if _meet(draft, o) and not _may_nest(draft, o) and not _may_nest(o, draft)]
        if _overlap(draft, rivals) <= _SHARED * size(draft):
            kept[draft.paragraph].append(draft)
    return sorted(chain.from_iterable(kept.values()), key=lambda d: d.content)


def _bordered(text: str, drafts: list[Draft], marked: list[Region], people: People) -> list[Draft]:
    result = []
    for draft in drafts:
        snaps = [snapped(text, span, marked) for span in draft.content]
        spans = [piece for span in snaps for piece in [_beside(span, draft.cue)] if piece.start < piece.end]
        if spans and (draft.marked or attributable(draft, people)):
            result.append(replace(draft, content=tuple(spans)))
    return result


def attributable(draft: Draft, people: People) -> bool:
    """Say whether words without quotation marks have a source that can speak."""
    if draft.source is None or draft.speaker is None:
        return False
    if not can_speak(draft.source) and not people.within(draft.speaker):
        return False
    return draft.reason in _NESTING or draft.head is None or happened(draft.head)


def _beside(span: Span, cue: Span) -> Span:
    """Keep the longer part of a content that the cue cuts in two."""
    if not span.holds(cue):
        return span
    return max(Span(span.start, cue.start), Span(cue.end, span.end), key=lambda s: s.end - s.start)


def _meet(a: Draft, b: Draft) -> bool:
    return a.content[0].start < b.content[-1].end and b.content[0].start < a.content[-1].end


def _overlap(draft: Draft, others: list[Draft]) -> int:
    return sum(
        max(0, min(a.end, b.end) - max(a.start, b.start))
        for other in others
        for a in draft.content
        for b in other.content
    )


def _may_nest(inner: Draft, outer: Draft) -> bool:
    """Say whether one attribution may stand inside another's content."""
    return inner.reason in _NESTING and inner.lemma not in _HOLDING and inside(inner, outer)


def inside(inner: Draft, outer: Draft) -> bool:
    """Say whether a draft's cue stands in another's content."""
    return any(span.holds(inner.cue) for span in outer.content)


def nests(drafts: list[Draft]) -> list[int | None]:
    """Return for each draft the index of the smallest one around it."""
    return [_around(i, drafts) for i in range(len(drafts))]


def _around(index: int, drafts: list[Draft]) -> int | None:
    inner = drafts[index]
    if inner.carried:
        return None
    low, high = max(index - _NEIGHBOURS, 0), index + _NEIGHBOURS
    outer = [i for i in range(low, min(high, len(drafts))) if i != index and inside(inner, drafts[i])]
    return min(outer, key=lambda i: size(drafts[i])) if outer else None


def size(draft: Draft) -> int:
    """Return the length of a draft's content in characters."""
    return sum(end - start for start, end in draft.content)
