"""The people of one article: every mention of a name, gathered under the fullest form that is printed.

Full names come first, bare surnames are matched to them over the whole article (the small model calls many
a surname anything but a person), and the file of people gives names and roles that the desk knows. Two
people with one surname stay two.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from spacy.tokens import Token

from bot.extract._names import Name, parse_name, same_given, same_person
from bot.extract._nlp import Paragraph, Parsed
from bot.models import EntityKind, Person, Span
from bot.reference import Reference

_CAPITALS = re.compile(r"[^\W\d_]*[A-ZÀ-Þ][\w’'-]*")


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name at a span; `token` is its head in the paragraph with index `paragraph`."""

    span: Span
    person: int
    paragraph: int
    token: Token

    @property
    def subject(self) -> bool:
        """Whether the name stands where subjects stand."""
        return self.token.dep_ in {"nsubj", "nsubjpass"}

    @property
    def possessive(self) -> bool:
        """Whether the name only says whose ("Rutte's spokesman")."""
        return self.token.dep_ == "poss"


@dataclass(slots=True)
class ArticlePerson:
    """A person of the article: forms of the name with their counts, roles as printed, the file's entry."""

    name: Name
    forms: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    known: Person | None = None

    @property
    def canonical(self) -> str:
        """The file's name, else the form printed most often, the longest of several."""
        if self.known is not None:
            return self.known.name
        return max(self.forms, key=lambda f: (self.forms[f] > 1, len(f.split()), self.forms[f]))


@dataclass(frozen=True, slots=True)
class People:
    """People of an article and their mentions in order."""

    people: list[ArticlePerson]
    mentions: list[NameMention]

    def within(self, span: Span) -> list[NameMention]:
        """Return the mentions that begin inside a span."""
        first = bisect_left(self.mentions, span.start, key=lambda m: m.span.start)
        last = bisect_left(self.mentions, span.end, key=lambda m: m.span.start)
        return self.mentions[first:last]

    def before(self, position: int) -> int:
        """Return how many mentions begin before a position."""
        return bisect_left(self.mentions, position, key=lambda m: m.span.start)


@dataclass(frozen=True, slots=True)
class _Found:
    span: Span
    name: Name
    paragraph: int
    token: Token
    heading: bool


def people_of(parsed: Parsed, reference: Reference) -> People:
    """Return the people that an article names."""
    found = _named(parsed, reference)
    people = _gathered(found, reference)
    by_last: dict[str, list[int]] = defaultdict(list)
    for i, person in enumerate(people):
        by_last[person.name.last].append(i)
    mentions = []
    for one in [*found, *_surnames(parsed, set(by_last), found)]:
        whose = _whose(one, people, by_last)
        if whose is not None:
            mentions.append(NameMention(one.span, whose, one.paragraph, one.token))
    mentions.sort(key=lambda m: m.span)
    return People(people, mentions)


def _named(parsed: Parsed, reference: Reference) -> list[_Found]:
    """Find names that the model takes for persons, and those of the file of people."""
    found = []
    known = _known_names(reference)
    for index, paragraph in enumerate(parsed.paragraphs):
        doc, at = paragraph.doc, paragraph.start
        taken: set[int] = set()
        for entity in doc.ents:
            if entity.label_ != "PERSON":
                continue
            name = parse_name(entity.text)
            if name is None or not _plausible(entity.text):
                continue
            span = Span(at + entity.start_char, at + entity.end_char)
            found.append(_Found(span, name, index, entity.root, paragraph.heading))
            taken.update(range(entity.start_char, entity.end_char))
        if known is None:
            continue
        for match in known.finditer(doc.text):
            piece = None if match.start() in taken else doc.char_span(*match.span(), alignment_mode="expand")
            name = parse_name(match.group()) if piece is not None else None
            if piece is not None and name is not None:
                span = Span(at + match.start(), at + match.end())
                found.append(_Found(span, name, index, piece.root, paragraph.heading))
    return found


def _plausible(text: str) -> bool:
    return text[:1].isalpha() and "\n" not in text.strip() and not any(c.isdigit() for c in text)


def _known_names(reference: Reference) -> re.Pattern[str] | None:
    names = {
        n for p in reference.people if p.kind is EntityKind.PERSON for n in (p.name, *p.aliases) if " " in n
    }
    if not names:
        return None
    return re.compile(rf"\b(?:{'|'.join(re.escape(n) for n in sorted(names, key=len, reverse=True))})\b")


def _gathered(found: list[_Found], reference: Reference) -> list[ArticlePerson]:
    """Group full names into people; headlines add nobody (their title case invents names)."""
    people: list[ArticlePerson] = []
    by_last: dict[str, list[ArticlePerson]] = defaultdict(list)
    full = [f for f in found if f.name.given]
    for one in [f for f in full if not f.heading] or full:
        person = next((p for p in by_last[one.name.last] if same_person(p.name, one.name)), None)
        if person is None:
            person = ArticlePerson(one.name)
            people.append(person)
            by_last[one.name.last].append(person)
        person.forms[one.name.printed] += 1
    for person in people:
        person.known = _entry(person.name, reference)
    return people + _bare(found, by_last, reference)


def _bare(
    found: list[_Found], by_last: dict[str, list[ArticlePerson]], reference: Reference
) -> list[ArticlePerson]:
    """People whom the article calls by their surname only: the file's only bearer, or the surname itself."""
    given = {p.name.given[0] for people in by_last.values() for p in people if p.name.given}
    people: dict[str, ArticlePerson] = {}
    for one in found:
        last = one.name.last
        if one.name.given or one.heading or by_last.get(last) or last in given:
            continue
        person = people.setdefault(last, ArticlePerson(one.name, known=_bearer(last, reference)))
        person.forms[one.name.printed] += 1
    return list(people.values())


def _entry(name: Name, reference: Reference) -> Person | None:
    for person in reference.people:
        for form in (person.name, *person.aliases):
            known = parse_name(form)
            if known is not None and known.given and same_person(known, name):
                return person
    return None


def _bearer(last: str, reference: Reference) -> Person | None:
    bearers = [
        p
        for p in reference.people
        if p.kind is EntityKind.PERSON and (known := parse_name(p.name)) is not None and known.last == last
    ]
    return bearers[0] if len(bearers) == 1 else None


def _surnames(parsed: Parsed, known: set[str], found: list[_Found]) -> list[_Found]:
    """Find capitalised words that are surnames of the article's people."""
    covered = sorted(f.span for f in found)
    result = []
    for index, paragraph in enumerate(parsed.paragraphs):
        for match in _CAPITALS.finditer(paragraph.doc.text):
            name = parse_name(match.group()) if _last(match.group()) in known else None
            start = paragraph.start + match.start()
            if name is None or _covered(covered, start):
                continue
            token = _token_at(paragraph, match.start(), match.end())
            if token is not None and token.pos_ in {"PROPN", "NOUN", "ADJ"}:
                result.append(
                    _Found(Span(start, paragraph.start + match.end()), name, index, token, paragraph.heading)
                )
    return result


def _last(word: str) -> str:
    name = parse_name(word)
    return name.last if name is not None else ""


def _covered(spans: list[Span], start: int) -> bool:
    at = bisect_left(spans, start + 1, key=lambda s: s.start) - 1
    return at >= 0 and spans[at].end > start


def _token_at(paragraph: Paragraph, start: int, end: int) -> Token | None:
    piece = paragraph.doc.char_span(start, end, alignment_mode="expand")
    return piece.root if piece is not None else None


def _whose(one: _Found, people: list[ArticlePerson], by_last: dict[str, list[int]]) -> int | None:
    fits = [i for i in by_last.get(one.name.last, ()) if same_given(people[i].name.given, one.name.given)]
    if not fits and not one.name.given:  # a given name alone
        fits = [i for i, p in enumerate(people) if p.name.given and p.name.given[0] == one.name.last]
    if len(fits) <= 1:
        return fits[0] if fits else None
    exact = [i for i in fits if one.name.given and people[i].name.given == one.name.given]
    return exact[0] if exact else max(fits, key=lambda i: sum(people[i].forms.values()))
