"""The people of the editable file, found by name and by the tokens of names and roles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from bot.models import Person
from bot.normalise import name_key
from bot.search.offices import Offices, Tokens


class Known(NamedTuple):
    """A person of the file with the tokens of each name and role."""

    person: Person
    names: tuple[Tokens, ...]
    roles: tuple[Tokens, ...]


class KnownPeople:
    """Who the file knows, whether an article names them or not."""

    def __init__(self, people: Sequence[Person], offices: Offices) -> None:
        self._known = [Known(p, offices.forms((p.name, *p.aliases)), offices.forms(p.roles)) for p in people]
        self._roles = {k.person.name: k.roles for k in self._known}
        self._by_token: defaultdict[str, set[int]] = defaultdict(set)
        self._by_name: dict[str, Person] = {}
        for n, (person, names, roles) in enumerate(self._known):
            for key in frozenset().union(*names, *roles):
                self._by_token[key].add(n)
            for form in (person.name, *person.aliases):
                self._by_name.setdefault(name_key(form), person)

    def hears(self, key: str) -> bool:
        """Say whether the token stands in anybody's name or role."""
        return key in self._by_token

    def person(self, name: str) -> Person | None:
        """Return whom the file calls so, by name or alias."""
        return self._by_name.get(name_key(name))

    def roles(self, person: Person) -> tuple[Tokens, ...]:
        """Return the tokens of each role of a person of the file."""
        return self._roles[person.name]

    def holding(self, asked: Tokens) -> list[Known]:
        """Return the people in whose names and roles all of these tokens stand, in the file's order."""
        if not asked or not all(key in self._by_token for key in asked):
            return []
        return [self._known[n] for n in sorted(set.intersection(*(self._by_token[key] for key in asked)))]

    def holder(self, names: Sequence[Tokens]) -> Person | None:
        """Return the one person whose office one of these names is."""
        known = [k for form in names for k in self.holding(form)]
        holders = {k.person.name: k.person for k in known if any(n in k.roles for n in names)}
        return next(iter(holders.values())) if len(holders) == 1 else None
