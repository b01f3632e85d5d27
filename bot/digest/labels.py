"""Units → labels: noun phrases of the articles that could be a theme, with the sentences under each.

The description comes first and the group follows it (as in Lingo, Osinski 2004): over short units this
gave themes with a name, where average linkage gave one group a subsection.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.digest.folding import Folding, generic
from bot.digest.units import Day
from bot.models import EntityKind, Span

COMMON = 1 / 6  # of the day's sentences: what stands in more of them is no theme of its own
_FEW = 8  # sentences that are never too many, on a day of one article
_OPENING = 0.5  # of the articles open with it: the frame of the day and no theme
_HEARD = 2  # quoted sentences from which on a person is a theme
LONGEST = 3  # folded words of a label
UNDER = 0.8  # what a sentence counts that only stands under a subheading with the label
_SUBJECT, _PHRASE, _PLACE, _WORD, _PERSON, _INSTITUTION, _HEADED = 1.5, 1.3, 0.5, 0.7, 0.6, 0.4, 1.25
_SUBJECTS = frozenset({EntityKind.TERM, EntityKind.PROGRAMME, EntityKind.DOCUMENT})
_BLAND = frozenset(
    {"prime_minister", "headquarters", "programme", "defence", "transatlantic", "organisation"}
)


@dataclass(slots=True)
class Label:
    """A candidate: its folded words, how the articles print it, and its core of units with their weights."""

    key: tuple[str, ...]
    forms: Counter[str] = field(default_factory=Counter)
    places: dict[str, tuple[int, Span]] = field(default_factory=dict)
    headed: bool = False
    core: dict[int, float] = field(default_factory=dict)
    termhood: float = 1.0
    person: bool = False

    def articles(self, day: Day) -> set[int]:
        """Return the articles in which the core stands."""
        return {day.units[n].entry for n in self.core}


def labels(day: Day, folding: Folding) -> list[Label]:
    """Return the candidates with at least two sentences under them, in the order of their keys."""
    common = _common(day)
    people = _people(day, folding)
    found: dict[tuple[str, ...], Label] = {}
    for number, span, headed in _phrases(day):
        form = " ".join(span.of(day.entries[number].article.text).split())
        if "," in form:
            continue
        for key in _keys(folding.tokens(form), common, people):
            label = found.setdefault(key, Label(key))
            label.forms[form] += 1
            label.places.setdefault(form, (number, span))
            label.headed = label.headed or headed
    _fill(day, found)
    kept = [label for _, label in sorted(found.items()) if len(label.core) > 1]
    frame = _frame(day)
    for label in kept:
        label.person = all(t in people for t in label.key)
        label.termhood = _termhood(label, folding)
    heard = _heard(day, folding)
    return [
        label
        for label in kept
        if not (frame & set(label.key) and _where(label, folding))
        and (not label.person or any(heard[t] >= _HEARD for t in label.key))
    ]


def _heard(day: Day, folding: Folding) -> Counter[str]:
    """Count the sentences in which each person is quoted, by the words of the name."""
    counts: Counter[str] = Counter()
    for unit in day.units:
        found = (day.entries[unit.entry].findings.quotations[n] for n in unit.quotations)
        counts.update({t for name in {q.speaker for q in found if q.speaker} for t in folding.tokens(name)})
    return counts


def _keys(tokens: Sequence[str], common: frozenset[str], people: frozenset[str]) -> set[tuple[str, ...]]:
    """Return what tells this phrase from others, and its last word alone: "shared values", "values"."""
    telling = {t for t in tokens if t not in generic() and t not in _BLAND and t not in common}
    whole = telling if telling <= people else set(tokens) - common
    head = {tokens[-1]} & telling if tokens else set()
    return {tuple(sorted(key)) for key in (head, whole) if key and telling and len(key) <= LONGEST}


def _frame(day: Day) -> frozenset[str]:
    """Return the words of most articles' openings: where and at what event everything happens."""
    opening: dict[int, set[str]] = {}
    for unit in day.units:
        if unit.entry not in opening:
            opening[unit.entry] = set(unit.tokens)
    counts = Counter(t for tokens in opening.values() for t in tokens)
    least = max(3, _OPENING * len(opening))
    return frozenset(t for t, n in counts.items() if n >= least)


def _where(label: Label, folding: Folding) -> bool:
    """Say whether a label is only a place or an institution."""
    kinds = {folding.kinds.get(t) for t in label.key}
    return kinds <= {EntityKind.PLACE, EntityKind.INSTITUTION}


def _common(day: Day) -> frozenset[str]:
    """Return the words of too many sentences."""
    frequency = Counter(t for unit in day.units for t in set(unit.tokens))
    limit = max(_FEW, COMMON * len(day.units))
    return frozenset(t for t, n in frequency.items() if n > limit)


def _people(day: Day, folding: Folding) -> frozenset[str]:
    names = {p.name for e in day.entries for p in e.findings.people if p.kind is EntityKind.PERSON}
    known = {t for t, kind in folding.kinds.items() if kind is EntityKind.PERSON}
    return frozenset(
        known | {t for name in names for t in folding.tokens(name)[-1:] if t not in folding.kinds}
    )


def _phrases(day: Day) -> Iterator[tuple[int, Span, bool]]:
    """Yield each noun phrase as (article, span, in a heading); copies and masked ranges give none."""
    for number, entry in enumerate(day.entries):
        if number in day.reprints:
            continue
        masks = [m.span for m in entry.article.masks]
        for span in entry.findings.keyterms:
            if not any(m.overlaps(span) for m in masks):
                yield number, span, any(h.holds(span) for h in entry.article.headings)


def _fill(day: Day, found: dict[tuple[str, ...], Label]) -> None:
    """Put the units under each label: those that hold its words, and those under a subheading that does."""
    own = _postings(enumerate(unit.tokens for unit in day.units))
    heads = _postings(enumerate(day.sections))
    below: dict[int, list[int]] = defaultdict(list)
    for n, unit in enumerate(day.units):
        below[unit.section].append(n)
    naming = Counter(s for key in _minimal(found) for s in _holding(key, heads))
    for key, label in found.items():
        for section in sorted(_holding(key, heads)):
            share = UNDER / math.sqrt(max(1, naming[section]))
            for n in below[section]:
                label.core[n] = max(label.core.get(n, 0.0), share)
        for n in _holding(key, own):
            label.core[n] = 1.0


def _minimal(found: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the keys that hold no other key: the distinct subjects."""
    keys = {frozenset(key): key for key in found}
    single = {next(iter(key)) for key in keys if len(key) == 1}
    return [key for parts, key in keys.items() if len(key) == 1 or not parts & single]


def _postings(texts: Iterable[tuple[int, Iterable[str]]]) -> dict[str, set[int]]:
    postings: dict[str, set[int]] = defaultdict(set)
    for n, tokens in texts:
        for token in tokens:
            postings[token].add(n)
    return postings


def _holding(key: tuple[str, ...], postings: dict[str, set[int]]) -> set[int]:
    return set.intersection(*(postings.get(t, set()) for t in key))


def _termhood(label: Label, folding: Folding) -> float:
    """Return how much the label looks like a subject: a known one, a phrase, a word, a place, a person."""
    kinds = {folding.kinds.get(t) for t in label.key}
    if len(label.key) > 1:
        value = _PHRASE
    elif kinds & _SUBJECTS:
        value = _SUBJECT
    elif EntityKind.PLACE in kinds:
        value = _PLACE
    elif EntityKind.INSTITUTION in kinds:
        value = _INSTITUTION
    else:
        value = _WORD
    return value * (_PERSON if label.person else 1.0) * (_HEADED if label.headed else 1.0)
