"""Units → tf-idf vectors over folded 1- and 2-grams, with half of their paragraph's and subheading's.

A day of 500 articles has 12,000 sentences, and only those of the labels that are looked at need a vector:
sentences, paragraphs and subheadings are weighed once, rows are put together when they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bot.digest.units import Day

AROUND = 0.5  # what paragraph and subheading add to a sentence's own vector (measured best)
MOST = 80  # units that a mean is taken over
_AT_ONCE = 500  # units whose rows are put together at once

Vector = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Sparse:
    """Rows of unit length: those of row `n` are `grams[starts[n]:starts[n + 1]]` and their `values`."""

    starts: Numbers
    grams: Numbers
    values: Vector

    def take(self, rows: Numbers) -> tuple[Numbers, Numbers, Vector]:
        """Return the entries of `rows` as (place in `rows`, gram, value); a row below 0 is empty."""
        places = np.flatnonzero(rows >= 0)
        first = self.starts[rows[places]]
        sizes = self.starts[rows[places] + 1] - first
        at = np.arange(sizes.sum()) + np.repeat(first - np.cumsum(sizes) + sizes, sizes)
        return np.repeat(places, sizes), self.grams[at], self.values[at]


class Space:
    """The day's vectors: sparse rows of unit length, dense means."""

    def __init__(self, day: Day) -> None:
        units = len(day.units)
        self._numbers: dict[str, int] = {}
        owners, firsts, seconds = self._grams([unit.tokens for unit in day.units])
        above, *theirs = self._grams(day.sections)
        words = len(self._numbers) + 1
        names, grams = np.unique(firsts * words + seconds, return_inverse=True)
        self._first, self._second = np.divmod(names, words)
        pairs = np.unique(owners * len(names) + grams)
        idf = np.log((1 + units) / np.bincount(pairs % max(1, len(names)), minlength=len(names)))
        self._sections = np.array([unit.section for unit in day.units], dtype=np.int64)
        paragraphs = np.array([unit.paragraph for unit in day.units], dtype=np.int64)
        _, self._paragraphs = np.unique(paragraphs, return_inverse=True)
        self._own = _weighed(owners, grams, idf, units)
        self._around = _weighed(self._paragraphs[owners], grams, idf, units)
        heads = theirs[0] * words + theirs[1]
        places = np.minimum(np.searchsorted(names, heads), max(0, len(names) - 1))
        said = names[places] == heads if len(names) else np.zeros(0, dtype=bool)
        self._above = _weighed(above[said], places[said], idf, len(day.sections))

    def _grams(self, texts: Sequence[Sequence[str]]) -> tuple[Numbers, Numbers, Numbers]:
        """Return all 1- and 2-grams as (text, word, next word), 0 for no next word."""
        numbers = self._numbers
        found = (numbers.setdefault(t, len(numbers) + 1) for t in chain.from_iterable(texts))
        words = np.fromiter(found, dtype=np.int64)
        owners = np.repeat(np.arange(len(texts)), [len(tokens) for tokens in texts])
        inside = owners[1:] == owners[:-1]
        return (
            np.concatenate([owners, owners[1:][inside]]),
            np.concatenate([words, words[:-1][inside]]),
            np.concatenate([np.zeros_like(words), words[1:][inside]]),
        )

    def _rows(self, units: Sequence[int]) -> Iterator[tuple[int, Numbers, Numbers, Vector]]:
        """Yield rows, some at a time: where they stand in `units`, and their entries as `take` gives them."""
        for start in range(0, len(units), _AT_ONCE):
            asked = np.array(units[start : start + _AT_ONCE], dtype=np.int64)
            own = self._own.take(asked)
            around = self._around.take(self._paragraphs[asked])
            above = self._above.take(self._sections[asked])
            rows = np.concatenate([own[0], around[0], above[0]])
            grams = np.concatenate([own[1], around[1], above[1]])
            values = np.concatenate([own[2], AROUND * around[2], AROUND * above[2]])
            width = len(self._first)
            keys, where = np.unique(rows * width + grams, return_inverse=True)
            rows, grams = np.divmod(keys, width)
            total = np.bincount(where, weights=values).astype(np.float64)
            yield start, *_normal(rows, grams, total, len(asked))

    def mean(self, weights: Mapping[int, float]) -> Vector:
        """Return the mean vector of units by weight, of unit length."""
        total = self._sum(sample(weights))
        return total / (np.sqrt((total * total).sum()) or 1.0)

    def cohesion(self, weights: Mapping[int, float], key: Sequence[str]) -> float:
        """Return how much units share besides the words of `key`: about 1 when nothing, more when much.

        The length of their mean vector without those words, times the square root of their number: unrelated
        units of any number come out alike.
        """
        weights = sample(weights)
        total = self._sum(weights)
        words = [self._numbers[word] for word in key if word in self._numbers]
        held = np.flatnonzero(total)
        other = held[~(np.isin(self._first[held], words) | np.isin(self._second[held], words))]
        squares = (total[other] ** 2).sum()
        return float(np.sqrt(squares * len(weights))) / sum(weights[n] for n in sorted(weights))

    def _sum(self, weights: Mapping[int, float]) -> Vector:
        units = sorted(weights)
        share = np.array([weights[n] for n in units])
        total = np.zeros(len(self._first))
        for start, rows, grams, values in self._rows(units):
            total += np.bincount(grams, weights=values * share[start + rows], minlength=len(total))
        return total

    def nearness(self, mean: Vector, units: Iterable[int]) -> dict[int, float]:
        """Return the cosine of units with a mean vector."""
        ordered = sorted(units)
        near = np.zeros(len(ordered))
        for start, rows, grams, values in self._rows(ordered):
            found = np.bincount(rows, weights=values * mean[grams])
            near[start : start + len(found)] = found
        return dict(zip(ordered, near.tolist(), strict=True))


def cosine(one: Vector, other: Vector) -> float:
    """Return the cosine of two mean vectors."""
    return float((one * other).sum())


def sample(weights: Mapping[int, float]) -> Mapping[int, float]:
    """Return at most `MOST` of the units, evenly over the day: a mean needs no more."""
    if len(weights) <= MOST:
        return weights
    step = len(weights) / MOST
    ordered = sorted(weights)
    return {ordered[int(i * step)]: weights[ordered[int(i * step)]] for i in range(MOST)}


def _weighed(owners: Numbers, grams: Numbers, idf: Vector, many: int) -> _Sparse:
    """Return the tf-idf rows of texts whose grams these are, one entry each time that one stands there."""
    keys, counts = np.unique(owners * len(idf) + grams, return_counts=True)
    rows, grams = np.divmod(keys, max(1, len(idf)))
    rows, grams, values = _normal(rows, grams, (1 + np.log(counts)) * idf[grams], many)
    return _Sparse(np.searchsorted(rows, np.arange(many + 1)), grams, values)


def _normal(rows: Numbers, grams: Numbers, values: Vector, many: int) -> tuple[Numbers, Numbers, Vector]:
    """Return rows of unit length; a row of nothing but zeros stays one."""
    lengths = np.sqrt(np.bincount(rows, weights=values * values, minlength=many))
    return rows, grams, values / np.where(lengths > 0, lengths, 1.0)[rows]
