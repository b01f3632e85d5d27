"""A group's title, in the words of its articles: a noun phrase, a subheading, or a name and its subject.

A single place or person says too little ("Ukraine"), so a subject of the same sentences follows it
("Ukraine: weapons"), or a heading that begins with it stands for it ("Russia remains the challenge"). A
subheading stands where its words cover the group better than any phrase.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from bot.digest.choice import Group
from bot.digest.folding import Folding
from bot.digest.labels import Label
from bot.digest.units import Day
from bot.models import EntityKind

LONGEST = 80  # characters
_WORDS = 3
_FRONT = 3  # folded words of a heading among which a person must stand to be its subject
_RARE = 0.34  # of the members hold the label's words: then it is a subheading's word
_MOST = 0.6  # of the members stand under one subheading
_STRONG = 2.0  # a subject that says less gives way to a heading of the articles' own
_HONORIFIC = re.compile(r"^(Mr|Mrs|Ms|Dr|Sir)\.? (?=\w)")
_NAMES = frozenset({EntityKind.PLACE, EntityKind.INSTITUTION, EntityKind.PERSON})


def title(group: Group, day: Day, folding: Folding, others: Sequence[Label]) -> str:
    """Return a title in the sources' words; `others` are labels that may name a place's subject."""
    if not group.paired and (heading := _subheading(group, day)):
        return heading
    name = _capital(_form(group.label))
    if group.paired and len(both := f"{name} and {_form(group.paired)}") <= LONGEST:
        return both
    if not is_name(group.label, folding):
        return name
    strength, subject = _subject(group, folding, [*group.joined, *others])
    if (group.label.person or strength < _STRONG) and (heading := _heading_with(group, day)):
        return heading
    return f"{name}: {subject}" if subject else name


def is_name(label: Label, folding: Folding) -> bool:
    """Say whether a label is a single person, place or institution."""
    return label.person or (len(label.key) == 1 and folding.kinds.get(label.key[0]) in _NAMES)


def _subheading(group: Group, day: Day) -> str:
    """Return the subheading under which most members stand, where the label's words are rare in them."""
    sections = Counter(day.units[n].section for n in group.members if day.units[n].section >= 0)
    if not sections:
        return ""
    section, count = max(sections.items(), key=lambda item: (item[1], -item[0]))
    own = sum(set(group.label.key) <= set(day.units[n].tokens) for n in group.members)
    if count < _MOST * len(group.members) or own >= _RARE * len(group.members):
        return ""
    number, span = day.headings[section]
    text = " ".join(span.of(day.entries[number].article.text).split())
    return text if len(text) <= LONGEST else ""


def _heading_with(group: Group, day: Day) -> str:
    """Return the heading with the label that has most members under it, of equals the shortest.

    The label begins it, or it is the headline of the article in which most members stand and names a place.
    """
    numbers = Counter(day.units[n].entry for n in group.members)
    under = Counter(day.units[n].section for n in group.members)

    def home(number: int) -> bool:
        return not group.label.person and numbers[number] > len(group.members) / 2

    found = [
        (-under[section], len(text), text)
        for section, ((number, span), tokens) in enumerate(zip(day.headings, day.sections, strict=True))
        if number in numbers and set(group.label.key) <= set(tokens[: None if home(number) else _FRONT])
        for text in [" ".join(span.of(day.entries[number].article.text).split())]
        if len(text) <= LONGEST
    ]
    return min(found, default=(0, 0, ""))[2]


def _form(label: Label) -> str:
    """Return how the articles print the label: often, in two to four words, names in full."""

    def worth(form: str) -> tuple[float, int, str]:
        size = len(form.split())
        long = 0.3 if size > _WORDS else 1.0
        return (long * (1 + math.log(label.forms[form])) * math.sqrt(min(size, 3)), -len(form), form)

    return _HONORIFIC.sub("", max(label.forms, key=worth))


def _subject(group: Group, folding: Folding, labels: Sequence[Label]) -> tuple[float, str]:
    """Return how much the phrase says that says most about the members and little about anything else."""
    best: tuple[float, str] = (0.0, "")
    for label in labels:
        kinds = {folding.kinds.get(t) for t in label.key}
        if label.person or kinds <= _NAMES or set(label.key) & set(group.label.key):
            continue
        inside = [w for n, w in label.core.items() if n in group.members and w == 1.0]
        if len(inside) < (1 if label.headed else 2):
            continue
        purity = sum(inside) / sum(label.core.values())
        best = max(best, (sum(inside) * math.sqrt(label.termhood) * purity, _form(label)))
    return best


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
