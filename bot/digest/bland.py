"""What titles no theme: bland words, what stands everywhere, the event's own frame, people who are silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.digest.folding import Folding, generic
from bot.digest.units import Day
from bot.models import EntityKind

COMMON = 1 / 6  # of the day's sentences: what stands in more of them is no theme of its own
LONGEST = 3  # folded words of a label
_FEW = 8  # sentences that are never too many, on a day of one article
_OPENING = 0.33  # of the articles open with it: the frame of the day and no theme
_HEARD = 2  # quoted sentences from which on a person is a theme
_SPEAKS = 0.3  # of the sentences with a name quote its bearer
_BLAND = frozenset(
    {"prime_minister", "headquarters", "programme", "defence", "transatlantic", "organisation"}
)


@dataclass(frozen=True, slots=True)
class Bland:
    """The folded words of a day that say nothing by themselves, and the persons among the others."""

    common: frozenset[str]
    frame: frozenset[str]
    people: frozenset[str]
    heard: frozenset[str]
    kinds: dict[str, EntityKind]

    def keys(self, tokens: Sequence[str]) -> set[tuple[str, ...]]:
        """Return what tells a phrase from others, and its last word alone: "shared values", "values"."""
        telling = {t for t in tokens if t not in generic() and t not in _BLAND and t not in self.common}
        whole = telling if telling <= self.people else set(tokens) - self.common
        head = {tokens[-1]} & telling if tokens else set()
        found = {tuple(sorted(key)) for key in (head, whole) if key and telling and len(key) <= LONGEST}
        return {key for key in found if self._names(key)}

    def _names(self, key: tuple[str, ...]) -> bool:
        """Say whether the key names a subject: no silent person, no institution, nothing of the frame.

        "The president of the European Commission" names one no more than the commission does.
        """
        if set(key) <= self.people:
            return bool(set(key) & self.heard)
        kinds = {self.kinds.get(t) for t in key if t not in generic()}
        if kinds == {EntityKind.INSTITUTION}:
            return False
        return not (kinds <= {EntityKind.PLACE, EntityKind.INSTITUTION} and set(key) & self.frame)


def bland(day: Day, folding: Folding) -> Bland:
    """Return what is bland on a day."""
    return Bland(
        _common(day), _frame(day, folding), _people(day, folding), _heard(day, folding), folding.kinds
    )


def _common(day: Day) -> frozenset[str]:
    frequency = Counter(t for unit in day.units for t in set(unit.tokens))
    limit = max(_FEW, COMMON * len(day.units))
    return frozenset(t for t, n in frequency.items() if n > limit)


def _frame(day: Day, folding: Folding) -> frozenset[str]:
    """Return the words of many articles' openings: where and at what event everything happens."""
    opening: dict[int, set[str]] = {}
    for unit in day.units:
        if unit.entry not in opening:
            headline = folding.tokens(day.entries[unit.entry].article.title or "")
            opening[unit.entry] = {*unit.tokens, *headline}
    counts = Counter(t for tokens in opening.values() for t in tokens)
    least = max(min(3, len(opening)), 2, _OPENING * len(opening))
    return frozenset(t for t, n in counts.items() if n >= least)


def _people(day: Day, folding: Folding) -> frozenset[str]:
    names = {p.name for e in day.entries for p in e.findings.people if p.kind is EntityKind.PERSON}
    known = {t for t, kind in folding.kinds.items() if kind is EntityKind.PERSON}
    surnames = {t for name in names for t in folding.tokens(name)[-1:]}
    return frozenset(known | {t for t in surnames if t not in folding.kinds})


def _heard(day: Day, folding: Folding) -> frozenset[str]:
    """Return the words of the names of those who are quoted more than once, and not only spoken about."""
    counts: Counter[str] = Counter()
    named = Counter(t for unit in day.units for t in set(unit.tokens))
    for unit in day.units:
        found = (day.entries[unit.entry].findings.quotations[n] for n in unit.quotations)
        counts.update({t for name in {q.speaker for q in found if q.speaker} for t in folding.tokens(name)})
    return frozenset(t for t, n in counts.items() if n >= max(_HEARD, _SPEAKS * named[t]))
