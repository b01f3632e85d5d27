"""The people of one article: every mention of a name, gathered under the fullest form that is printed.

Full names come first, bare surnames are matched to them over the whole article (the small model calls many
a surname anything but a person), and the file of people gives names and roles that the desk knows. Two
people with one surname stay two.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from bot.extract._agreement import by_given_name, by_title
from bot.extract._names import Name, parse_name, same_given, same_person
from bot.extract._nlp import Paragraph, Parsed
from bot.extract._roles import roles
from bot.models import EntityKind, Person, Span
from bot.normalise import fold
from bot.reference import Reference

_PARTICLES = r"(?:al|bin|de|da|dos|van|von|der|den|la|di|Ní|Ó|Mac|Mc)[ -]"
_FULL_NAME = re.compile(rf"[A-ZÀ-Þ][\w’'-]+ (?:[A-ZÀ-Þ]\. |{_PARTICLES})*[A-ZÀ-Þ][\w’'-]*\w(?:-[A-ZÀ-Þ]\w+)?")
_PARTICLE = re.compile(r"[A-ZÀ-Þ][\w’'-]+ (?:al|el|bin|ibn|van|von|der|den|de|da|dos|di|la|le|Ní|Ó|Mac)[ -]$")
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
    def agreement(self) -> str | None:
        """ "he" or "she" by the given name, printed or on file; None where it tells nothing."""
        name = parse_name(self.known.name) if self.known is not None else self.name
        return by_given_name(name.given[0]) if name is not None and name.given else None

    @property
    def role(self) -> str | None:
        """The role that the article prints most fully, else the first on file."""
        if self.roles:
            return max(self.roles, key=lambda role: (len(role.split()) > 1, self.roles[role], len(role)))
        return self.known.roles[0] if self.known is not None and self.known.roles else None

    @property
    def canonical(self) -> str:
        """The file's name, else the form printed most often, the longest of equals."""
        if self.known is not None:
            return self.known.name
        return max(self.forms, key=lambda f: (self.forms[f], len(f.split())))


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
    title: str | None = None


def people_of(parsed: Parsed, reference: Reference) -> People:
    """Return the people that an article names."""
    found = _named(parsed, reference)
    people = _gathered(found, reference)
    by_last: dict[str, list[int]] = defaultdict(list)
    for i, person in enumerate(people):
        by_last[person.name.last].append(i)
    mentions = []
    for one in sorted([*found, *_surnames(parsed, set(by_last), found)], key=lambda f: f.span):
        whose = _whose(one, people, by_last)
        if whose is not None:
            mentions.append(NameMention(one.span, whose, one.paragraph, one.token))
            if not one.heading:
                people[whose].roles.update(_roles(parsed.paragraphs[one.paragraph], one))
    return People(people, mentions)


def _roles(paragraph: Paragraph, one: _Found) -> Iterator[str]:
    piece = paragraph.doc.char_span(
        one.span.start - paragraph.start, one.span.end - paragraph.start, alignment_mode="expand"
    )
    if piece is not None:
        yield from (role for role in roles(paragraph.doc, piece.start, one.token) if role)


def _named(parsed: Parsed, reference: Reference) -> list[_Found]:
    """Find names that the model takes for persons, and those of the file of people."""
    found = []
    known = _known_names(reference)
    patterns = [p for p in (known, _FULL_NAME) if p is not None]
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
            title = by_title(
                doc.text[max(0, entity.start_char - 14) : entity.start_char] + _titles(entity.text)
            )
            found.append(_Found(span, name, index, entity.root, paragraph.heading, title))
            taken.update(range(entity.start_char, entity.end_char))
        spelled = [m for pattern in patterns for m in pattern.finditer(doc.text)]
        for match in spelled:
            piece = None if match.start() in taken else doc.char_span(*match.span(), alignment_mode="expand")
            name = parse_name(match.group()) if piece is not None and _spelled(match.group(), known) else None
            if piece is not None and name is not None:
                span = Span(at + match.start(), at + match.end())
                found.append(_Found(span, name, index, piece.root, paragraph.heading))
                taken.update(range(*match.span()))
    return found


def _with_particles(text: str, start: int) -> int:
    """Return where a name begins whose particle the model left out ("Fatima al-" before "Sayed")."""
    before = _PARTICLE.search(text[max(0, start - 40) : start])
    return start - (before.end() - before.start()) if before is not None else start


def _spelled(text: str, known: re.Pattern[str] | None) -> bool:
    """Say whether a run of capitalised words is a name on file or begins with a given name."""
    return (known is not None and known.fullmatch(text) is not None) or by_given_name(
        fold(text.split()[0])
    ) is not None


def _titles(text: str) -> str:
    """Return the title that the model took for part of a name."""
    first, _, rest = text.partition(" ")
    return f"{first} " if rest else ""


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
    """Group full names into people; headlines add nobody whom the text does not call by that surname."""
    people: list[ArticlePerson] = []
    by_last: dict[str, list[ArticlePerson]] = defaultdict(list)
    bare = {f.name.last for f in found if not f.name.given and not f.heading}
    for one in sorted((f for f in found if f.name.given), key=lambda f: f.heading):
        person = next((p for p in by_last[one.name.last] if same_person(p.name, one.name)), None)
        known = by_last[one.name.last] or one.name.last not in bare or not _given(one.name, reference)
        if one.heading and known:
            continue
        if person is None:
            person = ArticlePerson(one.name, known=_entry(one.name, reference))
            people.append(person)
            by_last[one.name.last].append(person)
        person.forms[one.name.printed] += 1
    return people + _bare(found, by_last, reference)


def _given(name: Name, reference: Reference) -> bool:
    """Say whether a name in a headline begins with a given name, not with a word in capitals."""
    return by_given_name(name.given[0]) is not None or _entry(name, reference) is not None


def _bare(
    found: list[_Found], by_last: dict[str, list[ArticlePerson]], reference: Reference
) -> list[ArticlePerson]:
    """People whom the article calls by their surname only: the file's only bearer, or the surname itself.

    That is so where nobody with a full name has the surname, where the title says that it is somebody
    else ("Mr. Novak" beside Eva Novak), and where the surname is used before the full name comes up.
    """
    given = {p.name.given[0] for people in by_last.values() for p in people if p.name.given}
    first = {f.name.last: f.span.start for f in reversed(found) if f.name.given and not f.heading}
    often = Counter(f.name.last for f in found if not f.name.given)
    people: dict[str, ArticlePerson] = {}
    for one in sorted(found, key=lambda f: f.span):
        last = one.name.last
        if one.name.given or one.heading or last in given:
            continue
        named = by_last.get(last, [])
        leads = one.span.start < first.get(last, 0) or often[last] >= 3 * sum(p.forms.total() for p in named)
        if any(_fits(p, one) for p in named) and not (leads and _other_bearer(last, named, reference)):
            continue
        person = people.setdefault(last, ArticlePerson(one.name, known=_bearer(last, reference)))
        person.forms[one.name.printed] += 1
    return list(people.values())


def _other_bearer(last: str, named: list[ArticlePerson], reference: Reference) -> bool:
    """Say whether the file of people knows a bearer of a surname who is none of these."""
    bearer = _bearer(last, reference)
    return bearer is not None and all(p.known != bearer for p in named)


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
    """Return whose name this is: title and given name must agree; of several, the first introduced."""
    fits = [i for i in by_last.get(one.name.last, ()) if _fits(people[i], one)]
    if not fits and not one.name.given:  # a given name alone
        fits = [i for i, p in enumerate(people) if p.name.given and p.name.given[0] == one.name.last]
    if len(fits) <= 1:
        return fits[0] if fits else None
    if one.name.given:
        exact = [i for i in fits if people[i].name.given == one.name.given]
        return exact[0] if exact else fits[0]
    bare = [i for i in fits if not people[i].name.given]
    if bare:
        return bare[0]
    return min(fits)  # who is introduced first is called by the surname; relatives keep their given names


def _fits(person: ArticlePerson, one: _Found) -> bool:
    if not same_given(person.name.given, one.name.given):
        return False
    return one.title is None or person.agreement in {None, one.title}
