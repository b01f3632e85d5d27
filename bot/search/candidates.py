"""Which passages are looked at: boolean questions to the engine's index, newest first, with limits.

First all groups together (side by side as typed, then anywhere); where that is not enough, the postings of
the rarest groups within a budget, added up here. What is common never costs more than the budget.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.search.question import Days
from bot.search.terms import Alternative
from bot.search.topics import LONG, Group
from bot.store.expressions import Every, Expression, Near, OneOf, Phrase, Word
from bot.store.matching import Sought, matching, quoting
from bot.store.passages import (
    AROUND,
    BEFORE,
    CONTENT,
    QUOTE,
    SPEAKER,
    day_tags,
    name_token,
    prefix,
    tokens_of,
)
from bot.store.reader import Reader
from bot.store.retrieval import State

BUDGET = 16_000
_FEW = 48  # 50 candidates rank as well as 500 (measured)
_OF_ONE = 32  # of a single thing, where each that has it in its own words answers; a reply shows 25
_STANDS = 0.6  # strength from which who says a form of the thing has said the thing
_ANSWERS = 0.75  # strength from which a form of the thing answers as the thing itself
_MANY = 64  # of a long topic; more give the same answers (measured)
_REACH = 3  # words from one to another that is looked for near it
_NEWEST_OF_TWO, _MOST_PAIRS = 1_000, 24  # passages with two words near each other; pairs that are looked for
_READ = 1_000_000  # postings that are read for them
_CLOSEST = 100  # of those passages, the ones worth ranking
_COMMON, _SPARE = 0.02, 4  # share of the passages; times as many ids as are expected to be enough
_RECENT = 20_000  # ids in which a common filter, as of days, has enough
_NAMED = 12
_MONTHS = 120


class _Weighed(NamedTuple):
    """What counts for a passage that meets an expression; of those the newest, up to a limit."""

    expression: Expression
    weight: float
    limit: int


def speaker_filter(names: Sequence[str]) -> Expression:
    """Return an expression that every passage of these speakers meets; of many, also some of others'."""
    if len(names) <= _NAMED:
        return OneOf(tuple(Word(name_token(n)) for n in names))
    shared = frozenset.intersection(*map(_tokens_of_name, names))
    if shared:
        return Every(tuple(Word(SPEAKER + t) for t in sorted(shared)))
    return OneOf(tuple(Word(name_token(n)) for n in names[: 4 * _NAMED]))


@lru_cache(maxsize=8_192)  # whoever is asked for by a name that many share is asked for again
def _tokens_of_name(name: str) -> frozenset[str]:
    return frozenset(tokens_of(name))


def day_filter(days: Days, today: date) -> Expression:
    """Return the expression for articles dated within `days`, and for those without a date."""
    last = min(days.last or today, today)
    first = days.first or last - timedelta(_MONTHS * 30)
    return OneOf(tuple(Word(t) for t in (*day_tags(None), *_calendar(first, last))))


async def gather(
    reader: Reader,
    state: State,
    groups: Sequence[Group],
    filters: Sequence[Expression],
    *,
    kinds: Sequence[str],
    around: bool,
) -> list[int]:
    """Return the ids of passages worth ranking, the likeliest first: 48, of one thing 32, of many 64."""
    known = [g for g in groups if g.known]
    most = _most(known, around=around)
    if not known:
        if groups or not filters:
            return []
        since = max(0, state.newest - _RECENT)  # of all that a frequent speaker said the end is enough
        return await _newest(reader, state, [Every(tuple(filters))], kinds, most, since)
    ids = await _together(reader, state, known, filters, kinds, most, around=around)
    if len(ids) < most and len(known) > 1:
        rarest = _rarest(known, [_group(g, around=around) for g in known], state.passages)
        # of two, whatever has both was found above
        close = _close(known, state.passages) if len(known) > 2 else []
        for kind in kinds:
            near = await _summed(reader, state, close, filters, kind, _CLOSEST)
            ids += near
            if len(near) < _CLOSEST:
                ids += await _summed(reader, state, rarest, filters, kind, most)
    return list(dict.fromkeys(ids))[: most * (2 + len(kinds))]


async def speakers(
    reader: Reader, workspace: str, number: int, groups: Sequence[Group], filters: Sequence[Expression]
) -> set[str]:
    """Return everybody who is quoted with all groups in their own words, however many they are."""
    if not groups or not all(g.known for g in groups):
        return set()
    said = [_one_of([_said(a) for a in g.alternatives if a.strength >= _STANDS]) for g in groups]
    return await quoting(reader, workspace, prefix(number, QUOTE), Every((*filters, *said)))


def _most(groups: Sequence[Group], *, around: bool) -> int:
    if len(groups) == 1 and not around and all(a.strength >= _ANSWERS for a in groups[0].alternatives):
        return _OF_ONE
    return _FEW if len(groups) <= LONG else _MANY


async def _together(
    reader: Reader,
    state: State,
    groups: Sequence[Group],
    filters: Sequence[Expression],
    kinds: Sequence[str],
    most: int,
    *,
    around: bool,
) -> list[int]:
    """Return passages with every group, those as typed first; of a long topic only those as typed."""
    surest = [g.surest for g in groups]
    typed: Expression = Every((*filters, *map(_said, surest)))
    side_by_side: Expression = Every((*filters, _phrase([t for a in surest for t in a.tokens])))
    if len(groups) > LONG:  # sums find what has most of the words
        return await _newest(reader, state, [side_by_side, typed], kinds, most)
    since = _since(groups[0], state, most) if len(groups) == 1 and not filters else 0
    every = [Every((*filters, *(_group(g, around=around) for g in groups)))]
    widest = await _newest(reader, state, every, kinds, most, since)
    if len(widest) < most:  # these are all, and what is nearer is among them
        return widest
    nearer = [side_by_side] if len(groups) > 1 else []
    nearer.append(typed)
    if around:
        nearer.append(Every((*filters, *(_group(g, around=False) for g in groups))))
    nearer = [e for e in nearer if e != every[0]]  # one word without other forms
    if not nearer:
        return widest
    return list(dict.fromkeys([*await _newest(reader, state, nearer, kinds, most, since), *widest]))


def _since(group: Group, state: State, most: int) -> int:
    """Return an id after which there are probably enough passages with a common group; 0 for a rare one."""
    share = min(_expected(group, state.passages) / max(state.passages, 1), 1.0)
    ids_a_passage = state.newest / max(state.passages, 1)  # other workspaces have theirs in between
    return max(0, state.newest - int(_SPARE * most / share * ids_a_passage)) if share >= _COMMON else 0


async def _newest(
    reader: Reader,
    state: State,
    asked: Sequence[Expression],
    kinds: Sequence[str],
    most: int,
    since: int = 0,
) -> list[int]:
    """Return the newest passages of each expression and kind, in the order of the expressions."""
    questions = [Sought(prefix(state.number, kind), e, most, since) for e in asked for kind in kinds]
    found = await matching(reader, questions)
    return list(dict.fromkeys(i for joined in found for i in _ids(joined)))


def _rarest(groups: Sequence[Group], expressions: Sequence[Expression], passages: int) -> list[_Weighed]:
    """Return the rarest groups, as far as the budget of postings goes."""
    order = sorted(range(len(groups)), key=lambda n: (-groups[n].weight, n))[:12]
    left, asked = BUDGET, list[_Weighed]()
    for n in order:
        expected = _expected(groups[n], passages)
        limit = min(left, max(BUDGET // 2, 1)) if expected > left else min(left, expected + 1_000)
        if limit <= 0 or (asked and expected > left):  # the newest of too many say nothing
            break
        asked.append(_Weighed(expressions[n], groups[n].weight, limit))
        left -= min(expected, limit)
    return asked


async def _summed(
    reader: Reader,
    state: State,
    asked: Sequence[_Weighed],
    filters: Sequence[Expression],
    kind: str,
    most: int,
) -> list[int]:
    """Return the passages with the greatest sum of the weights of the expressions that they meet."""
    if not asked:
        return []
    before = prefix(state.number, kind)
    queries = [Sought(before, Every((*filters, a.expression)), a.limit) for a in asked]
    lists = [_array(joined) for joined in await matching(reader, queries)]
    weights = [np.full(len(ids), a.weight) for ids, a in zip(lists, asked, strict=True)]
    ids = np.concatenate(lists)
    if not len(ids):
        return []
    unique, places = np.unique(ids, return_inverse=True)
    sums = np.round(np.bincount(places, np.concatenate(weights)), 6)
    return [int(i) for i in unique[np.lexsort((-unique, -sums))[:most]]]


def _group(group: Group, *, around: bool) -> Expression:
    return _one_of([part for a in _widest(group.alternatives) for part in _ways(a, around)])


def _widest(alternatives: Sequence[Alternative]) -> list[Alternative]:
    """Leave out what another one finds as well: Mark Rutte where Rutte is looked for."""
    alone = {a.tokens[0] for a in alternatives if len(a.tokens) == 1}
    return [a for a in alternatives if len(a.tokens) == 1 or alone.isdisjoint(a.tokens)]


def _ways(alternative: Alternative, around: bool) -> list[Expression]:
    ways: list[Expression] = [_said(alternative)]
    if around:
        for space in (AROUND, BEFORE, SPEAKER):
            ways.append(_every([Word(space + t) for t in alternative.tokens]))
    return ways


def _said(alternative: Alternative) -> Expression:
    return _phrase(alternative.tokens)


def _phrase(tokens: Sequence[str]) -> Expression:
    """The words side by side, in their order."""
    return Word(CONTENT + tokens[0]) if len(tokens) == 1 else Phrase(tuple(CONTENT + t for t in tokens))


def _close(groups: Sequence[Group], passages: int) -> list[_Weighed]:
    """Two words as near to each other as they were typed, or nearer: what is remembered of a sentence.

    Other words may stand between them, which are remembered wrongly. Even of common words few passages have
    two so near, so the newest of them are enough; the rarest are looked for first, within a budget.
    """
    pairs = [
        (one, other, gap)
        for gap in range(1, _REACH + 1)
        for one, other in zip(groups, groups[gap:], strict=False)
    ]
    left, found = _READ, list[_Weighed]()
    for one, other, gap in sorted(pairs, key=lambda pair: -(pair[0].weight + pair[1].weight)):
        left -= _expected(one, passages) + _expected(other, passages)
        if left < 0 or len(found) == _MOST_PAIRS:
            break
        a, b = CONTENT + one.surest.tokens[-1], CONTENT + other.surest.tokens[0]
        if a != b:
            found.append(_Weighed(Near(a, b, gap - 1), one.weight + other.weight, _NEWEST_OF_TWO))
    return found


def _every(parts: Sequence[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else Every(tuple(parts))


def _one_of(parts: Sequence[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else OneOf(tuple(parts))


def _expected(group: Group, passages: int) -> int:
    """About how many passages hold the group, from its weight: the weight is log(1 + N / (1 + n))."""
    return int(passages / max(np.expm1(group.weight), 1e-6))


def _ids(joined: str) -> list[int]:
    return [int(i) for i in joined.split(",")] if joined else []


def _array(joined: str) -> NDArray[np.int64]:
    return np.fromstring(joined, np.int64, sep=",") if joined else np.empty(0, np.int64)


def _calendar(first: date, last: date) -> list[str]:
    """Return the tags of the days from `first` to `last`; whole months by their own tag."""
    tags, day = [], first
    while day <= last:
        following = (day.replace(day=1) + timedelta(32)).replace(day=1)
        if day.day == 1 and following - timedelta(1) <= last:
            tags.append(day_tags(day)[1])
            day = following
        else:
            tags.append(day_tags(day)[0])
            day += timedelta(1)
    return tags
