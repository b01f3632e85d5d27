"""The people and other speakers of one article, as values for the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.extract._descriptions import Holders
from bot.extract._people import ArticlePerson, People
from bot.models import EntityKind, Person, Quotation
from bot.reference import Reference

_BY_ROLE = {EntityKind.ANONYMOUS}


def speaking(people: People, found: Iterable[Quotation], reference: Reference) -> Iterator[Person]:
    """Yield everybody whom the article names, then the speakers that are no named people.

    A speaker by role ("Germany's chancellor") keeps the article's words; the holder in the file of people
    is an alias, so that a search for the name finds the words too.
    """
    holders = Holders(people, reference)
    seen: set[str] = set()
    for person in people.people:
        if person.canonical not in seen:
            seen.add(person.canonical)
            yield _person(person)
    for quotation in found:
        if quotation.speaker is not None and quotation.speaker not in seen:
            seen.add(quotation.speaker)
            holder = holders.filed(quotation.speaker) if quotation.speaker_kind in _BY_ROLE else None
            aliases = (holder.name,) if holder is not None else ()
            yield Person(quotation.speaker, quotation.speaker_kind or EntityKind.ANONYMOUS, (), aliases)


def _person(person: ArticlePerson) -> Person:
    name, known = person.canonical, person.known
    forms = tuple(form for form, _ in person.forms.most_common() if form != name)
    roles = tuple(role for role, _ in person.roles.most_common())
    if known is None:
        return Person(name, EntityKind.PERSON, roles, forms)
    more = tuple(alias for alias in known.aliases if alias not in forms)
    return Person(name, known.kind, roles or known.roles, forms + more)
