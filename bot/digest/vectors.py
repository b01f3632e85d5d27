"""Units → tf-idf vectors over folded 1- and 2-grams, with half of their paragraph's and subheading's.

A day of 500 articles has 12,000 sentences, and only those of the labels that are looked at need a vector:
rows are made when they are first asked for.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from bot.digest.units import Day

AROUND = 0.5  # what paragraph and subheading add to a sentence's own vector (measured best)

MOST = 80  # units that a mean is taken over

Vector = dict[str, float]


class Space:
    """The day's vectors, sparse and of unit length; holds those that were made."""

    def __init__(self, day: Day) -> None:
        self._day = day
        self._frequency = Counter(g for unit in day.units for g in set(_grams(unit.tokens)))
        self._together: dict[int, list[int]] = defaultdict(list)
        for n, unit in enumerate(day.units):
            self._together[unit.paragraph].append(n)
        self._rows: dict[int, Vector] = {}
        self._paragraphs: dict[int, Vector] = {}
        self._sections: dict[int, Vector] = {}

    def row(self, n: int) -> Vector:
        """Return the vector of a unit."""
        if n not in self._rows:
            unit = self._day.units[n]
            own = self._vector(unit.tokens)
            alone = len(self._together[unit.paragraph]) == 1
            around = [own if alone else self._paragraph(unit.paragraph), self._section(unit.section)]
            total = dict(own)
            for vector in around:
                for gram, value in vector.items():
                    total[gram] = total.get(gram, 0.0) + AROUND * value
            self._rows[n] = _unit(total)
        return self._rows[n]

    def _paragraph(self, number: int) -> Vector:
        if number not in self._paragraphs:
            units = (self._day.units[n] for n in self._together[number])
            self._paragraphs[number] = self._vector(*(unit.tokens for unit in units))
        return self._paragraphs[number]

    def _section(self, number: int) -> Vector:
        if number < 0:
            return {}
        if number not in self._sections:
            self._sections[number] = self._vector(self._day.sections[number])
        return self._sections[number]

    def _vector(self, *texts: Sequence[str]) -> Vector:
        counts = Counter(g for tokens in texts for g in _grams(tokens) if g in self._frequency)
        total = 1 + len(self._day.units)
        return _unit({g: (1 + math.log(n)) * math.log(total / self._frequency[g]) for g, n in counts.items()})

    def mean(self, weights: Mapping[int, float]) -> Vector:
        """Return the mean vector of units by weight, of unit length."""
        return _unit(self._sum(sample(weights)))

    def cohesion(self, weights: Mapping[int, float], key: Sequence[str]) -> float:
        """Return how much units share besides the words of `key`: about 1 when nothing, more when much.

        The length of their mean vector without those words, times the square root of their number: unrelated
        units of any number come out alike.
        """
        words = set(key)
        weights = sample(weights)
        squares = math.fsum(v * v for g, v in self._sum(weights).items() if words.isdisjoint(g.split()))
        return math.sqrt(squares * len(weights)) / math.fsum(weights.values())

    def _sum(self, weights: Mapping[int, float]) -> Vector:
        total: Vector = {}
        for n in sorted(weights):
            weight = weights[n]
            for gram, value in self.row(n).items():
                total[gram] = total.get(gram, 0.0) + weight * value
        return total

    def nearness(self, mean: Vector, units: Iterable[int]) -> dict[int, float]:
        """Return the cosine of units with a mean vector."""
        return {n: cosine(self.row(n), mean) for n in units}


def cosine(one: Vector, other: Vector) -> float:
    """Return the cosine of two vectors of unit length."""
    if len(other) < len(one):
        one, other = other, one
    return math.fsum(value * other[gram] for gram, value in one.items() if gram in other)


def sample(weights: Mapping[int, float]) -> Mapping[int, float]:
    """Return at most `MOST` of the units, evenly over the day: a mean needs no more."""
    if len(weights) <= MOST:
        return weights
    step = len(weights) / MOST
    ordered = sorted(weights)
    return {ordered[int(i * step)]: weights[ordered[int(i * step)]] for i in range(MOST)}


def _grams(tokens: Sequence[str]) -> list[str]:
    return [*tokens, *(f"{a} {b}" for a, b in pairwise(tokens))]


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(math.fsum(v * v for v in vector.values()))
    return {gram: value / length for gram, value in vector.items()} if length else {}
