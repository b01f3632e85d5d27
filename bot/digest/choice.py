"""Labels → groups: which labels together say most of the day, greedily, each sentence counted once.

A label that mostly repeats a chosen one joins it instead of standing beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

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


def choose(day: Day, space: Space, candidates: Sequence[Label], most: int) -> list[Group]:
    """Return up to `most` groups, the one that says most first; the order of `candidates` does not matter."""
    free = [unit.weight for unit in day.units]
    left = {label.key: label for label in _strongest(day, space, candidates, free)}
    chosen: list[Group] = []
    gains = {key: _gain(day, label, free) for key, label in left.items()}
    while left and len(chosen) < most:
        key = max(left, key=lambda k: (gains[k], k))
        if gains[key] < LEAST:
            break
        group = Group(left.pop(key), gains[key], {})
        _join(group, space, left)
        chosen.append(group)
        for n, weight in group.members.items():
            free[n] *= 1 - COVERED * weight
        gains = {k: _gain(day, label, free) for k, label in left.items()}
    return chosen


def _strongest(day: Day, space: Space, candidates: Sequence[Label], free: Sequence[float]) -> list[Label]:
    """Return the labels worth a closer look, their termhood by what their sentences share besides them.

    Known subjects need no such proof; a name or a word that any sentence may hold does.
    """
    ranked = sorted(candidates, key=lambda label: (-_gain(day, label, free), label.key))[:LOOKED_AT]
    for label in ranked:
        bound = (space.cohesion(label.core, label.key) - LOOSE) / (BOUND - LOOSE)
        label.termhood *= max(1.0 if label.known else LEAST_BOUND, min(MOST_BOUND, bound))
    return ranked


def _gain(day: Day, label: Label, free: Sequence[float]) -> float:
    worth = sum(weight * free[n] for n, weight in label.core.items())
    return worth * label.termhood * (1 + SPREAD * (len(label.articles(day)) - 1))


def _join(group: Group, space: Space, left: dict[tuple[str, ...], Label]) -> None:
    """Take in the labels that say the same: most of their core is the group's, or they are near to it."""
    group.members = dict(group.label.core)
    core = group.label.core
    mean = space.mean(core)
    for key in sorted(left):
        label = left[key]
        if len(label.core) > SMALLER * len(core) or label.person:
            continue
        shared = sum(min(w, core[n]) for n, w in label.core.items() if n in core)
        same = shared >= ABSORBED * sum(label.core.values())
        touching = shared >= TOUCHING * len(label.core)
        if same or (touching and cosine(mean, space.mean(label.core)) >= AKIN):
            group.joined.append(left.pop(key))
            for n, weight in label.core.items() if label.telling else ():
                group.members[n] = max(group.members.get(n, 0.0), weight if same else AKIN * weight)
