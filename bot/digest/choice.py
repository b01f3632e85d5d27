"""Labels → groups: which labels together say most of the day, greedily, each sentence counted once.

A label that mostly repeats a chosen one joins it instead of standing beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bot.digest.labels import Label
from bot.digest.units import Day
from bot.digest.vectors import Space, cosine

SPREAD = 0.25  # what each further article adds to a label's worth
ABSORBED = 0.6  # of a label's core in a chosen one: it says the same
LEAST = 1.0  # of gain: less says nothing new
AKIN = 0.55  # cosine of a smaller label with a chosen one: they speak of the same
TOUCHING = 0.33  # of a label's core must be the group's, however near they are
SMALLER = 0.7  # of the chosen core: a label that is not smaller is a theme of its own
LOOKED_AT = 120  # labels: sixteen are chosen
LOOSE, BOUND = 0.75, 1.15  # cohesion of chance company, and of a subject
LEAST_BOUND, MOST_BOUND = 0.3, 1.5
COVERED = 0.7  # of a sentence's weight is used up by the first theme that holds it; it may join another


@dataclass(slots=True)
class Group:
    """A chosen label with the labels that joined it; `members` are units with their weight in it."""

    label: Label
    gain: float
    members: dict[int, float]
    joined: list[Label] = field(default_factory=list)
    paired: Label | None = None  # the other of two slight subjects that are one theme


def choose(day: Day, space: Space, candidates: Sequence[Label], most: int) -> list[Group]:
    """Return up to `most` groups, the one that says most first; the order of `candidates` does not matter."""
    free = np.array([unit.weight for unit in day.units])
    worth = [_Worth(label, day) for label in candidates]
    left = {w.label.key: w for w in _strongest(space, worth, free)}
    chosen: list[Group] = []
    gains = {key: w.gain(free) for key, w in left.items()}
    while left and len(chosen) < most:
        key = max(left, key=lambda k: (gains[k], k))
        if gains[key] < LEAST:
            break
        group = Group(left.pop(key).label, gains[key], {})
        _join(group, space, left)
        chosen.append(group)
        for n, weight in group.members.items():
            free[n] *= 1 - COVERED * weight
        gains = {k: w.gain(free) for k, w in left.items()}
    return chosen


class _Worth:
    """What a label says of the day: its core as arrays, for it is weighed once for each chosen group."""

    def __init__(self, label: Label, day: Day) -> None:
        self.label = label
        self._units = np.fromiter(label.core, dtype=np.intp, count=len(label.core))
        self._weights = np.fromiter(label.core.values(), dtype=np.float64, count=len(label.core))
        self._spread = 1 + SPREAD * (len(label.articles(day)) - 1)

    def gain(self, free: NDArray[np.float64]) -> float:
        """Return what the label adds where `free` is left of each unit's weight."""
        return float((self._weights * free[self._units]).sum()) * self.label.termhood * self._spread


def _strongest(space: Space, worth: Sequence[_Worth], free: NDArray[np.float64]) -> list[_Worth]:
    """Return the labels worth a closer look, their termhood by what their sentences share besides them.

    Known subjects need no such proof; a name or a word that any sentence may hold does.
    """
    ranked = sorted(worth, key=lambda w: (-w.gain(free), w.label.key))[:LOOKED_AT]
    for label in (w.label for w in ranked):
        bound = (space.cohesion(label.core, label.key) - LOOSE) / (BOUND - LOOSE)
        label.termhood *= max(1.0 if label.known else LEAST_BOUND, min(MOST_BOUND, bound))
    return ranked


def _join(group: Group, space: Space, left: dict[tuple[str, ...], _Worth]) -> None:
    """Take in the labels that say the same: most of their core is the group's, or they are near to it."""
    group.members = dict(group.label.core)
    core = group.label.core
    mean = space.mean(core)
    for key in sorted(left):
        label = left[key].label
        if len(label.core) > SMALLER * len(core) or label.person:
            continue
        shared = sum(min(w, core[n]) for n, w in label.core.items() if n in core)
        same = shared >= ABSORBED * sum(label.core.values())
        touching = shared >= TOUCHING * len(label.core)
        if same or (touching and cosine(mean, space.mean(label.core)) >= AKIN):
            group.joined.append(left.pop(key).label)
            for n, weight in label.core.items() if label.telling else ():
                group.members[n] = max(group.members.get(n, 0.0), weight if same else AKIN * weight)
