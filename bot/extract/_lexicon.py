"""Names, spellings, demonyms and abbreviations of the files of terms and people, found in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.extract._numerals import ONES, TENS
from bot.models import EntityKind, Span
from bot.normalise import WORD, fold
from bot.reference import Reference

_NUMBERS = frozenset({*ONES, *TENS})  # "two-thirds" stands among the terms for search, and names nothing


@dataclass(frozen=True, slots=True)
class Form:
    """One form of an entity's name; `also` stands for it only where the article has named it."""

    words: tuple[str, ...]
    printed: str
    entity: str
    kind: EntityKind
    also: bool = False

    def fits(self, text: str) -> bool:
        """Say whether the case of a slice agrees: "US" is not "us", "Pole" not "pole"."""
        letters = [c for c in self.printed if c.isalpha()]
        if all(c.isupper() for c in letters):
            return all(c.isupper() for c in text if c.isalpha())
        first = next((c for c in self.printed.removeprefix("the ") if c.isalpha()), "")
        return not first.isupper() or next(c for c in text if c.isalpha()).isupper()


Forms = dict[str, list[Form]]


@lru_cache(maxsize=8)
def forms(reference: Reference) -> Forms:
    """Return the forms of the reference by their first word, longest first."""
    table: Forms = defaultdict(list)
    for term in reference.terms:
        named = (term.name, *term.abbreviations, *term.spellings, *term.demonyms)
        _add(table, term.name, term.kind, named, also=False)
        _add(table, term.name, term.kind, term.also, also=True)
    for person in reference.people:
        if person.kind is not EntityKind.PERSON:
            _add(table, person.name, person.kind, (person.name, *person.aliases), also=False)
    for found in table.values():
        found.sort(key=lambda form: -len(form.words))
    return dict(table)


def _add(table: Forms, entity: str, kind: EntityKind, printed: tuple[str, ...], *, also: bool) -> None:
    for text in printed:
        words = tuple(fold(word) for word in WORD.findall(text.removeprefix("the ") if not also else text))
        if words and not _NUMBERS.intersection(words):
            table[words[0]].append(Form(words, text, entity, kind, also))


@dataclass(frozen=True, slots=True)
class Match:
    """A form at a span of the text it was looked for in."""

    span: Span
    form: Form


def matches(table: Forms, text: str) -> Iterator[Match]:
    """Yield the forms that stand in a text, the longest at each place, none inside another."""
    spans = [match.span() for match in WORD.finditer(text)]
    words = [fold(text[start:end]) for start, end in spans]
    behind = 0
    for at, word in enumerate(words):
        if at < behind:
            continue
        for form in table.get(word, ()):
            end = at + len(form.words)
            if tuple(words[at:end]) != form.words:
                continue
            span = Span(spans[at][0], _dotted(text, spans[end - 1][1], form))
            if form.fits(span.of(text)):
                yield Match(span, form)
                behind = end
                break


def _dotted(text: str, end: int, form: Form) -> int:
    """Take in the last point of "U.S."."""
    return end + 1 if form.printed.endswith(".") and text[end : end + 1] == "." else end
