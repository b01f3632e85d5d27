"""Whom a reader means: speaker words → speakers of the workspace.

Everything known of a speaker comes from the articles (name, aliases, roles as printed) and from the editable
file of people. Words are compared as sets of stems, with places and their demonyms as one and with the few
abbreviations of office that everybody types.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.models import EntityKind, Person
from bot.normalise import name_key, token
from bot.reference import Reference
from bot.search._name_words import NameWords
from bot.search._speakers import Speakers
from bot.search._words import DROPPED, OFFICE, TITLES
from bot.search.names import called, held, initials, joined
from bot.search.offices import Offices, Tokens
from bot.store.retrieval import Listed


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    identity: str
    kind: str
    quotations: int
    names: tuple[Tokens, ...]
    roles: tuple[Tokens, ...]
    everything: Tokens


_SHORT_WORD = 5  # letters; a shorter one is too easily a slip of something else
_GOVERNMENT = frozenset({token("government")})
_REMEMBERED = 4_096
_Known = tuple[Person, tuple[Tokens, ...], tuple[Tokens, ...]]


class Directory:
    """The speakers of a workspace, and the people that the file of people knows."""

    def __init__(self, reference: Reference) -> None:
        self.offices = Offices(reference.terms)
        self._listed: dict[str, Listed] = {}
        self._found: dict[tuple[str, bool, bool], Speakers] = {}
        self._entries: dict[str, _Entry] = {}
        self._by_token: defaultdict[str, set[str]] = defaultdict(set)
        self._known = [(p, self._forms(p.name, p.aliases), self._roles(p.roles)) for p in reference.people]
        self._roles_of = {p.name: roles for p, _, roles in self._known}
        self._known_by_token: defaultdict[str, set[int]] = defaultdict(set)
        for n, (_, names, roles) in enumerate(self._known):
            for key in frozenset().union(*names, *roles):
                self._known_by_token[key].add(n)
        self._person_of: dict[str, Person] = {}
        for person in reference.people:
            for form in (person.name, *person.aliases):
                self._person_of.setdefault(name_key(form), person)
        self._words = NameWords(self.offices)
        for person in reference.people:
            self._words.count((person.name, *person.aliases, *person.roles), 1)
        self._words.count((w for w in sorted({*OFFICE, *DROPPED}) if len(w) > _SHORT_WORD), 1)

    def update(self, changes: Iterable[Listed]) -> None:
        """Take up speakers that are new, changed or gone."""
        self._found.clear()
        for listed in changes:
            before = self._entries.pop(listed.name, None)
            if before:
                self._forget(before, self._listed.pop(listed.name))
            if listed.articles > 0:
                self._add(listed)

    def __len__(self) -> int:
        return len(self._entries)

    def hears(self, key: str) -> bool:
        """Say whether the token stands in the name or role of anybody listed or known."""
        return bool(self._by_token.get(key)) or key in self._known_by_token

    def kind(self, name: str) -> str | None:
        """Return the kind of a listed speaker."""
        entry = self._entries.get(name)
        return entry.kind if entry else None

    def forms(self, name: str) -> tuple[str, ...]:
        """Return how the articles and the file call this speaker: name, aliases, roles."""
        listed = self._listed.get(name)
        person = self._person_of.get(name_key(name))
        found = [name]
        if listed:  # a bare title (the president) is somebody else's elsewhere
            found += [*listed.aliases, *(r for r in listed.roles if not self.offices.tokens(r) <= TITLES)]
        found += [*person.aliases, *person.roles] if person else []
        return tuple(dict.fromkeys(found))

    def quoted(self) -> list[str]:
        """Return everybody who is quoted, most quoted first."""
        entries = [e for e in self._entries.values() if e.quotations > 0]
        return [e.name for e in sorted(entries, key=lambda e: (-e.quotations, e.name))]

    def find(self, typed: str, *, by_role: bool = True, mend: bool = True) -> Speakers:
        """Return whom `typed` means: a whole name before a part of one, a name before a role.

        `mend` corrects slips against everything known of people.
        """
        key = (typed, by_role, mend)
        if key not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[key] = self._find(typed, by_role, mend)
        return self._found[key]

    def _find(self, typed: str, by_role: bool, mend: bool) -> Speakers:
        spellings = self._words.readings(typed) if mend else [typed]
        if typed and (as_typed := self._spelt(typed, by_role=False)).known and not as_typed.names:
            return as_typed  # the file has this very name: Scholz is no slip of school
        found = [f for s in spellings if (f := self._spelt(s, by_role)).names]
        if not found:
            return self._spelt(spellings[0], by_role)
        other = next((f for f in found[1:] if not set(f.names) <= set(found[0].names)), None)
        return replace(found[0], otherwise=other)

    def _spelt(self, typed: str, by_role: bool) -> Speakers:
        return replace(self._meant(typed, by_role), words=typed)

    def _meant(self, typed: str, by_role: bool) -> Speakers:
        asked = self.offices.tokens(typed)
        if not asked:
            return Speakers()
        found = self._named(asked, typed)
        if by_role and (not found or asked <= TITLES or self._nameless(found)):
            found = self._described(asked, found.names) or found or self._titled(asked)
        found = found if found.names or found.known else self._unheard(asked, by_role)
        return found or self._country(asked, typed)

    def _country(self, asked: Tokens, typed: str) -> Speakers:
        """The country that a capital or a government speaks for: Paris, the French government."""
        if place := self.offices.stands_for(typed):
            return self._named(self.offices.tokens(place), place)
        return (
            self._named(asked - _GOVERNMENT, typed) if asked & _GOVERNMENT and len(asked) > 1 else Speakers()
        )

    def _named(self, asked: Tokens, typed: str) -> Speakers:
        entries = self._holding(asked)
        exact = [e for e in entries if asked in e.names]
        part = [e for e in entries if held(asked, e.names) or _titled_so(asked, e)]
        if exact:
            whole = {e.name for e in exact}
            fuller = [e for e in part if e.kind == EntityKind.PERSON and e.name not in whole]
            members = self._members(exact, part, typed)
            if members or (len(asked) == 1 and all(e.kind == EntityKind.GROUP for e in exact)):
                fuller += [e for e in part if e.kind == EntityKind.GROUP and e.name not in whole]
                each = [self._speakers(some).names for some in (members, exact, fuller)]
                return Speakers(tuple(n for names in each for n in names), exact=True, several=bool(members))
            shorter = self._surnames(asked) if any(e.kind == EntityKind.PERSON for e in exact) else []
            return self._speakers([*exact, *fuller, *shorter, *self._unnamed(exact)], exact=True)
        return self._speakers([*part, *self._unnamed(part)]) if part else Speakers()

    @staticmethod
    def _members(exact: Sequence[_Entry], part: Sequence[_Entry], typed: str) -> list[_Entry]:
        """The NATO official, in the singular, is somebody quoted beside the NATO officials."""
        if typed.rstrip(" .?!").endswith("s") or any(e.kind != EntityKind.GROUP for e in exact):
            return []
        return [e for e in part if e.kind == EntityKind.ANONYMOUS and e not in exact]

    def _surnames(self, asked: Tokens) -> list[_Entry]:
        """The same person where an article gives one name of several, if nobody else bears it."""
        found: list[_Entry] = []
        for key in asked if len(asked) > 1 else ():
            bearers = [e for e in self._holding(frozenset({key})) if e.kind == EntityKind.PERSON]
            alone = [e for e in bearers if e.names[0] == {key}]
            if all(e in alone or held(asked, e.names) for e in bearers):
                found += alone
        return found

    def _unnamed(self, entries: Sequence[_Entry]) -> list[_Entry]:
        """The same people where an article gives only their office: the U.S. president."""
        people = {p.name: p for e in entries if (p := self._person_of.get(name_key(e.name)))}
        roles = [r for p in people.values() for r in self._roles_of[p.name]]
        held = [self._entries[n] for n in sorted({n for r in roles for n in self._names_with(r)})]
        known = {e.name for e in entries}
        nameless = [e for e in held if e.kind == EntityKind.ANONYMOUS and e.name not in known]
        return [e for e in nameless if e.identity in people]

    def _nameless(self, found: Speakers) -> bool:
        """Say whether an article gave only an office (the NATO chief): its holder may be named elsewhere."""
        return found.exact and all(self.kind(n) == EntityKind.ANONYMOUS for n in found.names)

    def _titled(self, asked: Tokens) -> Speakers:
        """A title before a name that nobody printed there: President Rutte."""
        bare = asked - TITLES
        if not bare or bare == asked:
            return Speakers()
        people = [e for e in self._holding(bare) if e.kind == EntityKind.PERSON and held(bare, e.names)]
        return self._speakers(people)

    def _unheard(self, asked: Tokens, by_role: bool) -> Speakers:
        """Somebody of the file whom no article names, though one may give the office alone."""
        known = self._knowing(asked)
        named = [(p, roles) for p, names, roles in known if called(p, asked, names)]
        if named or not by_role:
            office = {e.name: e for p, roles in named for e in self._of_person(p, roles)}
            found = self._speakers([e for e in office.values() if e.kind == EntityKind.ANONYMOUS])
            return Speakers(found.names, tuple(p.name for p, _ in named), True, found.several)
        return Speakers(known=tuple(p.name for p, _, r in known if held(asked, r)), by_role=True)

    def _knowing(self, asked: Tokens) -> list[_Known]:
        """The people of the file whose names and roles have all of these words."""
        sets = [self._known_by_token.get(t, set()) for t in asked]
        return [self._known[n] for n in sorted(set.intersection(*sets))] if sets else []

    def _described(self, asked: Tokens, named: Sequence[str] = ()) -> Speakers:
        """By role: as printed or as the file has it, also of a speaker whom the articles leave unnamed."""
        found = {e.name: e for e in self._holding(asked) if held(asked, e.roles) or e.name in named}
        for person, _, roles in self._knowing(asked):
            if held(asked, roles):
                for entry in self._of_person(person, roles):
                    found[entry.name] = entry
        if not found:
            return Speakers()
        speakers = self._speakers(list(found.values()))
        return Speakers(speakers.names, speakers.known, True, speakers.several)

    def _of_person(self, person: Person, roles: Sequence[Tokens]) -> list[_Entry]:
        keys = {name_key(f) for f in (person.name, *person.aliases)}
        found = [e for e in (self._entries.get(n) for n in self._same(keys)) if e]
        unnamed = {n for role in roles for n in self._names_with(role)}
        return found + [e for n in sorted(unnamed) if any(r in (e := self._entries[n]).names for r in roles)]

    def _same(self, keys: set[str]) -> list[str]:
        return [n for key in keys for n in self._names_with(self.offices.tokens(key)) if name_key(n) in keys]

    def _names_with(self, tokens: Tokens) -> set[str]:
        sets = sorted((self._by_token.get(t, set()) for t in tokens), key=len)
        return set.intersection(*sets) if sets else set()

    def _holding(self, asked: Tokens) -> list[_Entry]:
        return [self._entries[n] for n in sorted(self._names_with(asked))]

    def _speakers(self, entries: Sequence[_Entry], *, exact: bool = False) -> Speakers:
        ordered = sorted(entries, key=lambda e: (-e.quotations, e.name))
        names = tuple(e.name for e in ordered if e.quotations > 0)
        silent = tuple(e.name for e in ordered if e.quotations <= 0)
        people = {name_key(e.identity) for e in ordered if e.quotations > 0}
        return Speakers(names, silent, several=len(people) > 1, exact=exact)

    def _identity(self, name: str, names: Sequence[Tokens]) -> str:
        """Return the person of the file whose name or office this is, else the name itself."""
        if person := self._person_of.get(name_key(name)):
            return person.name
        known = [k for form in names for k in self._knowing(form)]
        holders = list(dict.fromkeys(p.name for p, _, roles in known if any(n in roles for n in names)))
        return holders[0] if len(holders) == 1 else name

    def _add(self, listed: Listed) -> None:
        person = self._person_of.get(name_key(listed.name))
        aliases = (*listed.aliases, *(person.aliases if person else ()), *initials(listed.name))
        aliases += joined(listed.name) if listed.kind == EntityKind.PERSON else ()
        names = self._forms(listed.name, aliases)
        roles = self._roles((*listed.roles, *(person.roles if person else ())))
        single = len(names) == 1 and not roles  # most; the same set twice would be a fifth of the memory
        everything = names[0] if single else frozenset().union(*names, *roles)
        identity = self._identity(listed.name, names)
        made = _Entry(listed.name, identity, listed.kind, listed.quotations, names, roles, everything)
        self._entries[listed.name] = made
        self._listed[listed.name] = listed
        for key in everything:
            self._by_token[key].add(listed.name)
        self._words.count(_called_by(listed), max(1, listed.quotations))

    def _forget(self, entry: _Entry, listed: Listed) -> None:
        for key in entry.everything:
            self._by_token[key].discard(entry.name)
        self._words.count(_called_by(listed), -max(1, listed.quotations))

    def _forms(self, name: str, aliases: Iterable[str]) -> tuple[Tokens, ...]:
        return tuple(dict.fromkeys(self.offices.tokens(form) for form in (name, *aliases)))

    def _roles(self, roles: Iterable[str]) -> tuple[Tokens, ...]:
        return tuple(dict.fromkeys(self.offices.tokens(role) for role in roles))


def _called_by(listed: Listed) -> tuple[str, ...]:
    pieces = joined(listed.name) if listed.kind == EntityKind.PERSON else ()
    return (listed.name, *listed.aliases, *listed.roles, *pieces)


def _titled_so(asked: Tokens, entry: _Entry) -> bool:
    """Former Attorney General Eric Holder is Holder, whatever stands before the name."""
    return (
        entry.kind == EntityKind.PERSON and not asked & TITLES and any(asked <= name for name in entry.names)
    )
