"""Units → tf-idf vectors over folded 1- and 2-grams, with half of their paragraph's and subheading's."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.digest.units import Day

AROUND = 0.5  # what paragraph and subheading add to a sentence's own vector (measured best)

Vector = dict[int, float]
Matrix = NDArray[np.float64]


class Space:
    """The day's vectors, kept sparse: rows of unit length, one a unit; holds the arrays."""

    def __init__(self, day: Day) -> None:
        own = [_grams(unit.tokens) for unit in day.units]
        frequency = Counter(g for grams in own for g in grams)
        self.number = {g: i for i, g in enumerate(sorted(frequency))}
        self._with: dict[str, list[int]] = {}
        for gram, column in self.number.items():
            for word in gram.split():
                self._with.setdefault(word, []).append(column)
        total = max(1, len(own))
        self._idf = {g: math.log((1 + total) / n) for g, n in frequency.items()}
        around = self._around(day, own)
        heads = [self._vector(_grams(tokens)) for tokens in day.sections]
        rows = [
            _unit(_sum(self._vector(grams), around[u.paragraph], heads[u.section] if u.section >= 0 else {}))
            for u, grams in zip(day.units, own, strict=True)
        ]
        self.rows = rows
        lengths = [len(row) for row in rows]
        self._of = np.repeat(np.arange(len(rows)), lengths)
        self._columns = np.fromiter((c for row in rows for c in row), np.int64, sum(lengths))
        self._values = np.fromiter((v for row in rows for v in row.values()), np.float64, sum(lengths))

    def _around(self, day: Day, own: Sequence[Counter[str]]) -> dict[int, Vector]:
        together: dict[int, Counter[str]] = {}
        for unit, grams in zip(day.units, own, strict=True):
            together.setdefault(unit.paragraph, Counter()).update(grams)
        return {paragraph: self._vector(grams) for paragraph, grams in together.items()}

    def _vector(self, grams: Counter[str]) -> Vector:
        weights = {
            self.number[g]: (1 + math.log(n)) * self._idf[g] for g, n in grams.items() if g in self.number
        }
        return _unit(weights)

    def cohesion(self, weights: dict[int, float], key: tuple[str, ...]) -> float:
        """Return how much units share besides the words of `key`: about 1 when nothing, more when much.

        The length of their mean vector without those words, times the square root of their number: unrelated
        units of any number come out alike.
        """
        total: Vector = {}
        for n in sorted(weights):
            for column, value in self.rows[n].items():
                total[column] = total.get(column, 0.0) + weights[n] * value
        without = {column for word in key for column in self._with.get(word, ())}
        squares = math.fsum(v * v for c, v in total.items() if c not in without)
        return math.sqrt(squares * len(weights)) / math.fsum(weights.values())

    def centroid(self, weights: dict[int, float]) -> Matrix:
        """Return the mean vector of units by weight, of unit length."""
        total = np.zeros(max(1, len(self.number)))
        for n in sorted(weights):
            for column, value in self.rows[n].items():
                total[column] += weights[n] * value
        length = float(np.linalg.norm(total))
        return total / length if length else total

    def nearness(self, centroid: Matrix) -> Matrix:
        """Return the cosine of every unit with a centroid."""
        products = self._values * centroid[self._columns]
        return np.bincount(self._of, products, len(self.rows)).astype(np.float64)


def _grams(tokens: Sequence[str]) -> Counter[str]:
    return Counter([*tokens, *(f"{a} {b}" for a, b in pairwise(tokens))])


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(math.fsum(v * v for v in vector.values()))
    return {c: v / length for c, v in sorted(vector.items())} if length else {}


def _sum(own: Vector, *around: Vector) -> Vector:
    total = dict(own)
    for vector in around:
        for column, value in vector.items():
            total[column] = total.get(column, 0.0) + AROUND * value
    return total
