"""How likely a typed word is another one with slips of the keyboard or of spelling; pure."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.search._english import is_word
from bot.search._words import NEIGHBOURS, SOUNDS

_SPELT = 1.3  # a letter that sounds alike: a mistake of spelling, rarer than one of the fingers
_STRAY = 1.4  # a letter too many that lies near none of its neighbours
_OTHER = 2.0  # another letter: another word
_TOLERATED = 1.45  # of the number of slips; a single other letter is above it
_LONG = 9  # letters; hardly two long words differ in one letter
_SURE_FROM = 7  # letters; a shorter word with another first letter and one more slip is another word
_INSTEAD = {a + b: _SPELT for group in SOUNDS for a in group for b in group if a != b} | {
    a + b: 1.0 for a, near in NEIGHBOURS.items() for b in near
}


@lru_cache(maxsize=16_384)
def cost(typed: str, word: str) -> float:
    """Return what it takes to mistype `word` as `typed`: 1 a slip, more for one that fingers rarely make.

    Optimal string alignment in which a swap, a letter left out, a doubled or neighbouring key cost 1.
    """
    extra = [_extra(typed, at) for at in range(len(typed))]
    before: list[float] = []
    above = [float(n) for n in range(len(word) + 1)]
    for i, t in enumerate(typed):
        row = [above[0] + extra[i]]
        for j, w in enumerate(word):
            best = above[j] if t == w else above[j] + _INSTEAD.get(t + w, _OTHER)
            best = min(best, row[j] + 1.0, above[j + 1] + extra[i])
            if i and j and t == word[j - 1] and w == typed[i - 1]:
                best = min(best, before[j - 1] + 1.0)
            row.append(best)
        before, above = above, row
    return above[-1]


def plausible(typed: str, word: str) -> bool:
    """Say whether `word` may be `typed` with slips: swapped, dropped, doubled, neighbouring or like letters.

    A replaced letter that is neither makes another word of it: Iran is no slip of Iraq. In a long word that
    is none of the language it is still a slip: establihhment.
    """
    distance = OSA.distance(typed, word)
    if typed[0] != word[0] and len(typed) < _SURE_FROM and distance > 1:
        return False  # voters are no others
    if distance == 1 and len(typed) >= _LONG and not is_word(typed):
        return True
    return cost(typed, word) <= _TOLERATED * distance


def _extra(typed: str, at: int) -> float:
    """What a letter too many costs: the same or a neighbouring key is soon touched as well."""
    around = typed[max(0, at - 1) : at] + typed[at + 1 : at + 2]
    near = any(c == typed[at] or c in NEIGHBOURS.get(typed[at], "") for c in around)
    return 1.0 if near else _STRAY
