"""The words that people are called by, and what a misspelt one may mean: speaker words → their readings."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import islice, product

from bot.normalise import printed_words, token
from bot.search._slips import plausible
from bot.search.offices import Offices
from bot.search.vocabulary import Vocabulary

_RARE = 5  # a word that stands for so many quotations is a slip only of a far commoner one
_WAYS = 3  # to mend a word
_SURE = 4  # letters; a shorter word is too easily another one
_READ, _TRIED = 81, 8  # readings of all words together: looked at, and returned


class NameWords:
    """Counts the words of names, aliases and roles."""

    def __init__(self, offices: Offices) -> None:
        self._offices = offices
        self._counted = Vocabulary()

    def count(self, texts: Iterable[str], times: int) -> None:
        """Count a word as often as those are quoted who are called so: a frequent name is the likelier."""
        for text in texts:
            for word in printed_words(text):
                self._counted.update([(word, self._counted.count(word) + times)])

    def readings(self, typed: str) -> list[str]:
        """Return the ways to read speaker words, the likeliest first: as typed, and with slips mended."""
        ways = [self._ways(w.lstrip("\ue000")) for w in printed_words(typed)]
        every = islice(product(*map(enumerate, ways)), _READ)
        likeliest = sorted(every, key=lambda way: sum(n for n, _ in way))[:_TRIED]
        return [" ".join(w for _, w in way) for way in likeliest] or [""]

    def _ways(self, word: str) -> list[str]:
        count = self._counted.count(word)
        frequent = count >= _RARE
        if self._offices.knows(word) or (frequent and not self._counted.may_be_outnumbered(word)):
            return [word]
        near = [n for n in self._counted.near(word) if n.word != word and _meant(word, n.word)][:_WAYS]
        if not count:  # a form that nobody has; its stem may be somebody's (Democrats), or a slip's (Bradly)
            stem = len(word) < _SURE or self._counted.token_count(token(word))
            return [*(n.word for n in near), *([word] if stem or not near else [])]
        # a rare name beside one that is far commoner is a slip, too
        first = [n.word for n in near if n.score > math.log1p(count) + 1]
        return [*first, word, *(n.word for n in near if n.word not in first and not frequent)]


def _meant(typed: str, name: str) -> bool:
    """Say whether a name may be typed so; of a short one, a letter after the first is missing (Bsh, Cru)."""
    if len(typed) >= _SURE:
        return plausible(typed, name)
    shortened = (name[:n] + name[n + 1 :] for n in range(1, len(name)))
    return len(typed) == _SURE - 1 and typed in shortened
