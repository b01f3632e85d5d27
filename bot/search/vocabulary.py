"""The words of a workspace, held in memory, and what a misspelt one may mean.

A word is corrected against the corpus, not row by row: a 32-bit mask of its letters is a necessary condition
for an edit distance, rapidfuzz's OSA decides on what survives (1.0 ms against 395 ms for a scan of 352k
words, measured). Words lie in one bucket a length; changes since the last version are added in place.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.normalise import token
from bot.search._slips import cost
from bot.search._words import SUFFIXES

_LONGEST = 24
_FAR = 3.0  # 20 times as likely
_COSTED = 10  # words whose letters are compared one by one
_ENDING_IN = {last: tuple(s for s in SUFFIXES if s[-1] == last) for last in {s[-1] for s in SUFFIXES}}
_LIKE_D = ("as", "is", "ns", "us")  # invasion and invade, decision and decide, extension and extend


class Near(NamedTuple):
    """A word of the corpus near a typed one."""

    score: float
    word: str
    distance: int


class _Bucket:
    """Words of one length with their masks and counts; grows by doubling."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.masks: NDArray[np.uint32] = np.zeros(16, np.uint32)
        self.counts: NDArray[np.int32] = np.zeros(16, np.int32)

    def add(self, word: str, count: int) -> int:
        slot = len(self.words)
        if slot == len(self.masks):
            self.masks = np.concatenate([self.masks, np.zeros_like(self.masks)])
            self.counts = np.concatenate([self.counts, np.zeros_like(self.counts)])
        self.words.append(word)
        self.masks[slot] = letter_mask(word)
        self.counts[slot] = count
        return slot


class Vocabulary:
    """Words with the number of passages that hold them."""

    def __init__(self) -> None:
        self._buckets: dict[int, _Bucket] = {}
        self._slots: dict[str, int] = {}
        self._tokens: dict[str, int] = {}
        self._sorted: list[str] = []
        self._sorted_at = 0
        self._most = 0  # passages of the commonest word

    def __len__(self) -> int:
        return len(self._slots)

    def update(self, changes: Iterable[tuple[str, int]]) -> None:
        """Set the counts of words; 0 takes a word out."""
        for word, count in changes:
            if len(word) > _LONGEST:
                continue
            before = self._set(word, max(count, 0))
            self._most = max(self._most, count)
            if count != before:
                key = token(word)
                self._tokens[key] = self._tokens.get(key, 0) + max(count, 0) - before

    def count(self, word: str) -> int:
        """Return in how many passages this very word stands."""
        slot = self._slots.get(word)
        return int(self._buckets[len(word)].counts[slot]) if slot is not None else 0

    def token_count(self, key: str) -> int:
        """Return in about how many passages a word with this token stands."""
        return self._tokens.get(key, 0)

    def may_be_outnumbered(self, word: str) -> bool:
        """Say whether any word is common enough for `word` to be rather a slip of it."""
        return _far_above(math.log1p(self._most) - _weight(word), self.count(word))

    def outnumbers(self, other: str, word: str) -> bool:
        """Say whether `word`, though the corpus has it, is rather a slip of `other`: Omaha, typed moaha."""
        slips = OSA.distance(word, other)
        return _far_above(_score(word, other, slips, self.count(other)), self.count(word))

    def near(self, word: str, limit: int = 8) -> list[Near]:
        """Return the words within 1 slip (2 from five letters on), best first.

        Order: log(1 + count) − 4 a slip as `cost` weighs it, less 1.5 for another first letter, less one more
        a slip in words under six letters; frequency decides among equals (measured on 24k quotations: R@5 of
        misspelt questions .95 → .99).
        """
        most = 1 if len(word) < 5 else 2
        found: list[Near] = []
        for length in range(max(3, len(word) - most), min(_LONGEST, len(word) + most) + 1):
            bucket = self._buckets.get(length)
            if bucket is not None:
                found += _within(bucket, word, most)
        likely = sorted(found, key=_order)[:_COSTED]
        return sorted((_weighed(word, n) for n in likely), key=_order)[:limit]

    def kin(self, key: str) -> list[str]:
        """Return other tokens of one family: marriage and married, migrant and migration."""
        root = _root(key)
        if len(root) < 4:
            return []
        ordered = self._ordered()
        common = root[:-1] if len(root) > 4 else root  # invasion and invade part in their last letter
        start = bisect_left(ordered, common)
        found = []
        for other in ordered[start : start + 400]:
            if not other.startswith(common):
                break
            if other != key and self._tokens.get(other, 0) > 0 and _root(other) == root:
                found.append(other)
        return found

    def beginning(self, start: str, limit: int = 6) -> list[str]:
        """Return the tokens that begin with `start`, when there are few of them."""
        ordered = self._ordered()
        at = bisect_left(ordered, start)
        found = [
            t for t in ordered[at : at + limit + 1] if t.startswith(start) and self._tokens.get(t, 0) > 0
        ]
        return found if len(found) <= limit else []

    def _ordered(self) -> list[str]:
        grown = len(self._tokens) - self._sorted_at
        if grown and (len(self._tokens) < 20_000 or grown * 50 > self._sorted_at):
            self._sorted = sorted(self._tokens)
            self._sorted_at = len(self._tokens)
        return self._sorted

    def _set(self, word: str, count: int) -> int:
        bucket = self._buckets.get(len(word))
        if bucket is None:
            bucket = self._buckets[len(word)] = _Bucket()
        slot = self._slots.get(word)
        if slot is None:
            self._slots[word] = bucket.add(word, count)
            return 0
        before = int(bucket.counts[slot])
        bucket.counts[slot] = count
        return before


def letter_mask(word: str) -> int:
    """Return a bit for each letter of `word`; digits and other signs share the last six."""
    mask = 0
    for c in word:
        mask |= 1 << (ord(c) - 97 if "a" <= c <= "z" else 26 + ord(c) % 6)
    return mask


def _within(bucket: _Bucket, word: str, most: int) -> list[Near]:
    size = len(bucket.words)
    masks = bucket.masks[:size]
    asked = np.uint32(letter_mask(word))
    kept = (np.bitwise_count(masks & ~asked) <= most) & (np.bitwise_count(asked & ~masks) <= most)
    kept &= bucket.counts[:size] > 0
    slots = np.nonzero(kept)[0].tolist()
    if not slots:
        return []
    words = [bucket.words[s] for s in slots]
    distances = process.cdist([word], words, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)[0]
    return [
        Near(
            _score(word, words[n], int(distances[n]), int(bucket.counts[slots[n]])),
            words[n],
            int(distances[n]),
        )
        for n in np.nonzero(distances <= most)[0].tolist()
    ]


def _order(near: Near) -> tuple[float, str]:
    return (-near.score, near.word)


def _far_above(score: float, count: int) -> bool:
    return score > math.log1p(count) + _FAR


def _score(typed: str, word: str, distance: int, count: int) -> float:
    return math.log1p(count) - _weight(typed) * distance - 1.5 * (typed[0] != word[0])


def _weighed(typed: str, near: Near) -> Near:
    """Replace the number of slips by what they cost."""
    more = cost(typed, near.word) - near.distance
    return near._replace(score=near.score - _weight(typed) * more)


def _weight(typed: str) -> float:
    return 5.0 if len(typed) < 6 else 4.0


@lru_cache(maxsize=65_536)
def _root(key: str) -> str:
    """Strip derivational endings from a stem, as long as four letters remain."""
    changed = True
    while changed:
        changed = False
        for suffix in _ENDING_IN.get(key[-1], ()):
            if key.endswith(suffix) and len(key) - len(suffix) >= 4:
                key, changed = key[: -len(suffix)], True
                break
    if len(key) > 4 and key[-1] == key[-2]:
        return key[:-1]
    return key[:-1] + "d" if len(key) > 4 and key.endswith(_LIKE_D) else key
