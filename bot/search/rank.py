"""How well a passage answers, from stored tokens alone: the same integers give the same order everywhere.

Score: 0.75 of the weight that is covered; of one or two words 0.25 of likeness in order (rapidfuzz), of more
how many of them stand in line; and small bonuses that only break near-ties: directness, a phrase as typed,
what a fact must hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from bot.models import QuotationKind
from bot.search.stretch import Stretch
from bot.search.terms import Alternative
from bot.search.topics import LONG, Group
from bot.store.passages import AROUND, BEFORE, CONTENT, SPEAKER, prefix
from bot.store.retrieval import Found

AROUND_STRENGTH = 0.6
BEFORE_STRENGTH = 0.5
_WHOLE = 0.95  # strength from which the words of an alternative may stand apart
_NOWHERE = "\0"
_PAIR = 2
_TOGETHER = 0.2
_IN_ORDER = 0.25
_IN_LINE, _OF_MANY = 0.45, 1.0  # of the share of words in line: of a few words, of a remembered stretch
_COMPARED = 48  # passages whose order of words is compared as well
_NEARBY = (AROUND, SPEAKER, CONTENT)
_DIRECT = {QuotationKind.DIRECT: 0.03, QuotationKind.MIXED: 0.02, QuotationKind.INDIRECT: 0.0, None: 0.0}


_Seen = dict[tuple[Any, ...], tuple[Any, ...]]


class Ranked(NamedTuple):
    """A passage with its score and what it is made of.

    `own` is the share of the asked weight that stands in the passage's own words, `reach` counts the rest of
    the sentence as well, at a lower strength. `matched` are the groups found in its own words, `touched`
    those found in or around them.
    """

    found: Found
    score: float
    own: float
    reach: float
    matched: tuple[int, ...]
    parts: tuple[tuple[str, float], ...]
    touched: tuple[int, ...] = ()


_ranked: Callable[[Iterable[Any]], Ranked] = partial(tuple.__new__, Ranked)  # half of what Ranked(…) costs


@dataclass(frozen=True, slots=True)
class _Needles:
    """An alternative as strings to look for in stored tokens."""

    strength: float
    own: str
    near: tuple[tuple[str, tuple[str, ...], str], ...]


def rank(
    found: Sequence[Found], groups: Sequence[Group], number: int, bonus: Sequence[float]
) -> list[Ranked]:
    """Return the passages best first; `bonus` adds to each passage's score."""
    asked = [t for g in groups for t in g.surest.tokens]
    kinds = {f.kind for f in found}
    needles = {k: [(g.weight, _needles(g, prefix(number, k))) for g in groups] for k in kinds}
    seen: _Seen = {}
    made = [_covered(f, needles[f.kind], b, seen) for f, b in zip(found, bonus, strict=True)]
    made.sort(key=_order)
    several = len(groups) > _PAIR
    return sorted(_lined_up(made, groups, number) if several else _compared(made, asked, number), key=_order)


def in_line(r: Ranked, groups: Sequence[Group]) -> float:
    """Return about how many of the groups stand in line in a ranked passage; of one or two nobody asks."""
    return dict(r.parts).get("in line", 0.0) / _worth(groups) * len(groups)


def _worth(groups: Sequence[Group]) -> float:
    return _OF_MANY if len(groups) > LONG else _IN_LINE


def _lined_up(made: Sequence[Ranked], groups: Sequence[Group], number: int) -> list[Ranked]:
    """Add how many of the words stand in line: of several that says more than how alike the letters are."""
    most = _worth(groups)
    stretches = {kind: Stretch(groups, prefix(number, kind)) for kind in {r.found.kind for r in made}}
    return [_gained(r, "in line", most * stretches[r.found.kind].in_line(r.found.tokens)) for r in made]


def _compared(made: Sequence[Ranked], asked: Sequence[str], number: int) -> list[Ranked]:
    """Add the likeness in order to the first passages."""
    return [_ordered(r, asked, number) for r in made[:_COMPARED]] + list(made[_COMPARED:])


def _order(r: Ranked) -> tuple[float, int, int]:
    return (-r.score, -r.found.article_id, r.found.id)


def says(tokens: str, alternative: Alternative, before: str) -> bool:
    """Say whether the passage's own words hold the alternative; `tokens` has a space at both ends."""
    return _own(alternative, before) in tokens


def _needles(group: Group, before: str) -> list[_Needles]:
    """Return the group's alternatives, the strongest first."""
    return [
        _Needles(
            a.strength,
            _own(a, before),
            _near_needles(a, before),
        )
        for a in sorted(group.alternatives, key=lambda a: -a.strength)
    ]


def _near_needles(alternative: Alternative, before: str) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Return what to look for around, first the bare word; a role's words that stand apart mean nobody."""
    if len(alternative.tokens) > 1 and alternative.strength < _WHOLE:
        return ((_NOWHERE, (), _NOWHERE),)
    return tuple(
        (f"{t} ", tuple(f" {before}{space}{t} " for space in _NEARBY), f" {before}{BEFORE}{t} ")
        for t in alternative.tokens
    )


def _own(alternative: Alternative, before: str) -> str:
    return " " + " ".join([f"{before}{CONTENT}{t}" for t in alternative.tokens]) + " "


def _covered(
    found: Found, needles: Sequence[tuple[float, list[_Needles]]], bonus: float, seen: _Seen
) -> Ranked:
    """Score a passage by what it covers of the question, whatever the order of the words.

    Few passages differ in what they cover, so what follows from it is `seen` before.
    """
    tokens = f" {found.tokens} "
    met = tuple([_strengths(tokens, alternatives) for _, alternatives in needles])
    key = (met, found.quotation, bonus)
    if key not in seen:
        seen[key] = _cover([weight for weight, _ in needles], met, _DIRECT[found.quotation], bonus)
    return _ranked((found, *seen[key]))


def _cover(
    weights: Sequence[float], met: Sequence[tuple[float, float]], direct: float, bonus: float
) -> tuple[Any, ...]:
    """Return what a passage's rank says of it, in the order of its fields."""
    total = sum(weights)
    own = sum([w * strength for w, (strength, _) in zip(weights, met, strict=True)])
    reach = sum([w * max(pair) for w, pair in zip(weights, met, strict=True)])
    own, reach = (own / total, reach / total) if total else (1.0, 1.0)  # nothing asked: all of it is there
    matched = tuple([n for n, (strength, _) in enumerate(met) if strength >= 0.75])
    touched = tuple([n for n, pair in enumerate(met) if any(pair)])
    score = round(0.75 * reach + 0.05 * own + direct + bonus, 6)
    parts = (("words", 0.75 * reach), ("own words", 0.05 * own), ("direct", direct), ("fit", bonus))
    return score, own, reach, matched, parts, touched


def _gained(r: Ranked, name: str, more: float) -> Ranked:
    score, parts = round(r.score + more, 6), (*r.parts, (name, more))
    return _ranked((r.found, score, r.own, r.reach, r.matched, parts, r.touched))


def _ordered(r: Ranked, asked: Sequence[str], number: int) -> Ranked:
    """Add the likeness in order, only as far as the passage covers what was asked."""
    if not r.reach:
        return r
    alike, together = _in_order(asked, f" {r.found.tokens} ", prefix(number, r.found.kind))
    likeness = _IN_ORDER * r.reach * alike
    score = round(r.score + likeness + together, 6)
    parts = (*r.parts, ("order", likeness), ("side by side", together))
    return _ranked((r.found, score, r.own, r.reach, r.matched, parts, r.touched))


def _in_order(asked: Sequence[str], tokens: str, before: str) -> tuple[float, float]:
    """Return how like the words are in their order, and the gain of those side by side."""
    if len(asked) == 1 and f" {before}{CONTENT}{asked[0]} " in tokens:
        return 1.0, 0.0  # a word that stands there is as like as can be: nothing needs to be compared
    said = own_words(tokens, before)
    together = _TOGETHER * _longest_run(asked, f" {said} ") / len(asked) if len(asked) > 1 else 0.0
    return _likeness(" ".join(asked), said), together


def _strengths(tokens: str, alternatives: Sequence[_Needles]) -> tuple[float, float]:
    """Return how well a group is met in the passage's own words, and in the rest of its sentence."""
    for a in alternatives:
        if a.own in tokens:
            return a.strength, 0.0
    around = 0.0
    for a in alternatives:
        if a.strength * AROUND_STRENGTH <= around:
            break
        around = max(around, a.strength * _near(tokens, a))
    return 0.0, around


def _near(tokens: str, needles: _Needles) -> float:
    """Return how near the alternative is: in the rest of the sentence, in the one before, not at all."""
    reach = AROUND_STRENGTH
    for bare, nearby, before in needles.near:
        if bare not in tokens:  # one look instead of four: most passages hold few of a question's words
            return 0.0
        if any(place in tokens for place in nearby):
            continue
        if before not in tokens:
            return 0.0
        reach = BEFORE_STRENGTH
    return reach


def own_words(tokens: str, before: str) -> str:
    """Return the passage's own words, bare; `tokens` has a space at both ends."""
    mark = f" {before}{CONTENT}"
    end = tokens.find(" ", tokens.rfind(mark) + 1)
    return tokens[: max(end, 0)].replace(mark, " ").strip()


def _likeness(asked: str, said: str) -> float:
    return float(fuzz.partial_ratio(asked, said) + fuzz.token_set_ratio(asked, said)) / 200


def _longest_run(asked: Sequence[str], said: str) -> int:
    """Return how many of the asked words stand side by side as asked; 0 where no two do."""
    longest, start = 1, 0
    for end in range(2, len(asked) + 1):
        start = max(start, end - longest - 1)
        if f" {' '.join(asked[start:end])} " in said:
            longest = end - start
    return longest if longest > 1 else 0
