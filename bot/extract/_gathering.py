"""The people of one article: every mention of a name, gathered under the fullest form that is printed.

Full names come first, bare surnames are matched to them over the whole article, and the file of people gives
names and roles that the desk knows. Two people with one surname stay two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from bot.extract._agreement import by_given_name
from bot.extract._found_names import FoundName, named, surnames
from bot.extract._names import Name, parse_name, same_given, same_person
from bot.extract._nlp import Paragraph, Parsed
from bot.extract._people import ArticlePerson, NameMention, People
from bot.extract._roles import roles
from bot.models import EntityKind, Person
from bot.reference import Reference


def people_of(parsed: Parsed, reference: Reference) -> People:
    """Return the people that an article names."""
    found = named(parsed, reference)
    people = _gathered(found, reference)
    by_last: dict[str, list[int]] = defaultdict(list)
    for i, person in enumerate(people):
        by_last[person.name.last].append(i)
    mentions = []
    for one in sorted([*found, *surnames(parsed, set(by_last), found)], key=lambda f: f.span):
        whose = _whose(one, people, by_last)
        if whose is not None:
            mentions.append(NameMention(one.span, whose, one.paragraph, one.token))
            if not one.heading:
                people[whose].roles.update(_roles(parsed.paragraphs[one.paragraph], one))
    return People(people, mentions)


def _roles(paragraph: Paragraph, one: FoundName) -> Iterator[str]:
    piece = paragraph.doc.char_span(
        one.span.start - paragraph.start, one.span.end - paragraph.start, alignment_mode="expand"
    )
    if piece is not None:
        yield from (role for role in roles(paragraph.doc, piece.start, one.token) if role)


def _gathered(found: list[FoundName], reference: Reference) -> list[ArticlePerson]:
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
    found: list[FoundName], by_last: dict[str, list[ArticlePerson]], reference: Reference
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


def _whose(one: FoundName, people: list[ArticlePerson], by_last: dict[str, list[int]]) -> int | None:
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


def _fits(person: ArticlePerson, one: FoundName) -> bool:
    if not same_given(person.name.given, one.name.given):
        return False
    return one.title is None or person.agreement in {None, one.title}
