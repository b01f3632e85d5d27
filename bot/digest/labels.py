"""Units → labels: noun phrases of the articles that could be a theme, with the sentences under each.

The description comes first and the group follows it (as in Lingo, Osinski 2004): over short units this
gave themes with a name, where average linkage gave one group a subsection.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.digest.bland import bland
from bot.digest.folding import Folding
from bot.digest.units import Day
from bot.models import EntityKind

UNDER = 0.8  # what a sentence counts that only stands under a subheading with the label
_SUBJECT, _PHRASE, _PLACE, _WORD, _PERSON, _HEADED = 1.5, 1.3, 0.7, 0.7, 0.7, 1.25
_SUBJECTS = frozenset({EntityKind.TERM, EntityKind.PROGRAMME, EntityKind.DOCUMENT})


@dataclass(slots=True)
class Label:
    """A candidate: its folded words, how the articles print it, and its core of units with their weights."""

    key: tuple[str, ...]
    forms: Counter[str] = field(default_factory=Counter)
    headed: bool = False
    core: dict[int, float] = field(default_factory=dict)
    termhood: float = 1.0  # how much it looks like a subject
    person: bool = False  # nothing but a name
    known: bool = False  # a subject of the terms file
    telling: bool = False  # a phrase or a name; a bare word may mean anything elsewhere
    spoken: bool = False  # stands in a sentence and not only in headings

    def articles(self, day: Day) -> set[int]:
        """Return the articles in which the core stands."""
        return {day.units[n].entry for n in self.core}


def labels(day: Day, folding: Folding) -> list[Label]:
    """Return the candidates with at least two sentences under them, in the order of their keys."""
    plain = bland(day, folding)
    found: dict[tuple[str, ...], Label] = {}
    for (form, headed), times in Counter(_printed(day)).items():
        for key in plain.keys(folding.phrase(form)) if "," not in form else ():
            label = found.setdefault(key, Label(key))
            label.forms[form] += times
            label.headed = label.headed or headed
    _fill(day, found)
    kept = [label for _, label in sorted(found.items()) if len(label.core) > 1 and label.spoken]
    for label in kept:
        label.person = set(label.key) <= plain.people
        label.telling = len(label.key) > 1 or label.key[0] in folding.kinds
        label.known = any(folding.kinds.get(t) in _SUBJECTS for t in label.key)
        label.termhood = _termhood(label, folding)
    return kept


def _printed(day: Day) -> Iterator[tuple[str, bool]]:
    """Yield each noun phrase as printed, and whether in a heading; copies and masked ranges give none."""
    for number, entry in enumerate(day.entries):
        if number in day.reprints:
            continue
        masks, headings = [m.span for m in entry.article.masks], entry.article.headings
        for span in entry.findings.keyterms:
            if not masks or not any(m.overlaps(span) for m in masks):
                headed = any(h.start <= span.start and span.end <= h.end for h in headings)
                yield " ".join(span.of(entry.article.text).split()), headed


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
            label.spoken = True


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
    elif label.known:
        value = _SUBJECT
    elif EntityKind.PLACE in kinds:
        value = _PLACE
    else:
        value = _WORD
    value = _PERSON if label.person else value
    return value * (_HEADED if label.headed else 1.0)
