"""Groups → fewer groups: two slight subjects that stand side by side in the text are one theme of both.

"Freedom of expression" with five sentences and "civilisational erasure" with four, in the same paragraphs of
the same articles, are one dispute; by themselves both are narrow, and a digest has few places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from bot.digest.choice import Group
from bot.digest.units import Day

SLIGHT = 5  # members up to which a theme is narrow
BESIDE = 2  # sentences between two that stand side by side
_SHARE = 0.5  # of the smaller one's members


def paired(day: Day, groups: Sequence[Group], least: float) -> list[Group]:
    """Return the groups, slight neighbours as one; members are the units of a weight of at least `least`."""
    slight = [(n, g, _members(g, least)) for n, g in enumerate(groups) if _subject(g)]
    slight = [found for found in slight if len(found[2]) <= SLIGHT]
    found = sorted(
        (-_nearness(day, own, other), n, m) for (n, _, own), (m, _, other) in combinations(slight, 2)
    )
    gone: set[int] = set()
    for nearness, n, m in found:
        if -nearness >= _SHARE and not gone & {n, m} and groups[n].paired is groups[m].paired is None:
            _pair(groups[n], groups[m])
            gone.add(m)
    return [group for n, group in enumerate(groups) if n not in gone]


def _subject(group: Group) -> bool:
    """Say whether a group is about a known subject or a phrase: a name beside a name says nothing."""
    label = group.label
    return not label.person and (label.known or len(label.key) > 1)


def _members(group: Group, least: float) -> Mapping[int, float]:
    return {n: weight for n, weight in group.members.items() if weight >= least}


def _nearness(day: Day, one: Mapping[int, float], other: Mapping[int, float]) -> float:
    """Return the share of the smaller one's members beside which one of the other's stands."""
    fewer, more = sorted((one, other), key=len)
    beside = [n for n in fewer if any(_together(day, n, m) for m in more)]
    return len(beside) / max(1, len(fewer))


def _together(day: Day, n: int, m: int) -> bool:
    return abs(n - m) <= BESIDE and day.units[n].entry == day.units[m].entry


def _pair(group: Group, other: Group) -> None:
    group.paired = other.label
    group.joined += [other.label, *other.joined]
    for n, weight in other.members.items():
        group.members[n] = max(group.members.get(n, 0.0), weight)
