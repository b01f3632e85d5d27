"""Whom a reader means: speaker words → speakers of the workspace.

Everything known of a speaker comes from the articles (name, aliases, roles as printed) and from the editable
file of people. Words are compared as sets of stems, with places and their demonyms as one and with the few
abbreviations of office that everybody types.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.models import EntityKind, Person
from bot.normalise import name_key, token
from bot.reference import Reference
from bot.search._known import KnownPeople
from bot.search._name_words import NameWords
from bot.search._roster import Entry, Roster
from bot.search._speakers import Speakers
from bot.search._words import DROPPED, OFFICE, TITLES
from bot.search.names import called, held, initials, joined, joins
from bot.search.offices import Offices, Tokens
from bot.store.retrieval import Listed

_SHORT_WORD = 5  # letters; a shorter one is too easily a slip of something else
_GOVERNMENT = frozenset({token("government")})
_REMEMBERED = 4_096


class Directory:
    """The speakers of a workspace, and the people that the file of people knows."""

    def __init__(self, reference: Reference) -> None:
        self.offices = Offices(reference.terms)
        self._roster = Roster()
        self._known = KnownPeople(reference.people, self.offices)
        self._found: dict[tuple[str, bool, bool], Speakers] = {}
        self._words = NameWords(self.offices)
        for person in reference.people:
            self._words.count((person.name, *person.aliases, *person.roles), 1)
        self._words.count((w for w in sorted({*OFFICE, *DROPPED}) if len(w) > _SHORT_WORD), 1)

    def update(self, changes: Iterable[Listed]) -> None:
        """Take up speakers that are new, changed or gone."""
        self._found.clear()
        for listed in changes:
            if before := self._roster.listed(listed.name):
                self._roster.drop(listed.name)
                self._words.count(_called_by(before), -max(1, before.quotations))
            if listed.articles > 0:
                self._add(listed)

    def __len__(self) -> int:
        return len(self._roster)

    def hears(self, key: str) -> bool:
        """Say whether the token stands in the name or role of anybody listed or known."""
        return self._roster.hears(key) or self._known.hears(key)

    def kind(self, name: str) -> str | None:
        """Return the kind of a listed speaker."""
        return self._roster.kind(name)

    def forms(self, name: str) -> tuple[str, ...]:
        """Return how the articles and the file call this speaker: name, aliases, roles."""
        listed = self._roster.listed(name)
        person = self._known.person(name)
        found = [name]
        if listed:  # a bare title (the president) is somebody else's elsewhere
            found += [*listed.aliases, *(r for r in listed.roles if not self.offices.tokens(r) <= TITLES)]
        found += [*person.aliases, *person.roles] if person else []
        return tuple(dict.fromkeys(found))

    def quoted(self, kind: str | None = None) -> list[str]:
        """Return everybody who is quoted, or all of one kind, most quoted first."""
        return self._roster.quoted(kind)

    def beside(self, names: Iterable[str], most: int) -> tuple[int, list[str]]:
        """Return how many are quoted under a name beside these, and up to `most`, most quoted first."""
        return self._roster.beside(names, most)

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
        if self._known.holding(self.offices.tokens(typed)):
            as_typed = self._spelt(typed, by_role=False)
            if as_typed:  # the file has this very name: Scholz is no slip of school
                return self._spelt(typed, by_role) if as_typed.names else as_typed
        found = (f for s in spellings if (f := self._spelt(s, by_role)).names)
        likeliest = next(found, None)
        if likeliest is None:
            return self._spelt(spellings[0], by_role)
        names = set(likeliest.names)
        return replace(likeliest, otherwise=next((f for f in found if not names.issuperset(f.names)), None))

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
        entries = self._roster.holding(asked)
        exact = [e for e in entries if asked in e.names]
        part = [e for e in entries if held(asked, e.names) or _titled_so(asked, e)]
        if exact:
            whole = {e.name for e in exact}
            others = [e for e in part if e.name not in whole]
            fuller = [e for e in others if e.kind == EntityKind.PERSON or joins(e.name, whole)]
            members = self._members(exact, part, typed)
            if members or (len(asked) == 1 and all(e.kind == EntityKind.GROUP for e in exact)):
                fuller += [e for e in others if e.kind == EntityKind.GROUP and e not in fuller]
                each = [self._speakers(some).names for some in (members, exact, fuller)]
                return Speakers(tuple(n for names in each for n in names), exact=True, several=bool(members))
            shorter = self._surnames(asked) if any(e.kind == EntityKind.PERSON for e in exact) else []
            return self._speakers([*exact, *fuller, *shorter, *self._unnamed(exact)], exact=True)
        return self._speakers([*part, *self._unnamed(part)]) if part else Speakers()

    @staticmethod
    def _members(exact: Sequence[Entry], part: Sequence[Entry], typed: str) -> list[Entry]:
        """The NATO official, in the singular, is somebody quoted beside the NATO officials."""
        if typed.rstrip(" .?!").endswith("s") or any(e.kind != EntityKind.GROUP for e in exact):
            return []
        return [e for e in part if e.kind == EntityKind.ANONYMOUS and e not in exact]

    def _surnames(self, asked: Tokens) -> list[Entry]:
        """The same person where an article gives one name of several, if nobody else bears it."""
        found: list[Entry] = []
        for key in asked if len(asked) > 1 else ():
            alone = [e for e in self._roster.alone(key) if e.kind == EntityKind.PERSON]
            if alone and all(e in alone or held(asked, e.names) for e in self._bearers(key)):
                found += alone
        return found

    def _bearers(self, key: str) -> list[Entry]:
        return [e for e in self._roster.holding({key}) if e.kind == EntityKind.PERSON]

    def _unnamed(self, entries: Sequence[Entry]) -> list[Entry]:
        """The same people where an article gives only their office: the U.S. president."""
        people = {p.name: p for e in entries if (p := self._known.person(e.name))}
        roles = [r for p in people.values() for r in self._known.roles(p)]
        known = {e.name for e in entries}
        nameless = [
            e for e in self._with_one(roles) if e.kind == EntityKind.ANONYMOUS and e.name not in known
        ]
        return [e for e in nameless if e.identity in people]

    def _with_one(self, forms: Iterable[Tokens]) -> list[Entry]:
        """Those in whose names and roles all tokens of one of the forms stand, by name."""
        found = {e.name: e for form in forms for e in self._roster.holding(form)}
        return [found[name] for name in sorted(found)]

    def _nameless(self, found: Speakers) -> bool:
        """Say whether an article gave only an office (the NATO chief): its holder may be named elsewhere."""
        return found.exact and all(self.kind(n) == EntityKind.ANONYMOUS for n in found.names)

    def _titled(self, asked: Tokens) -> Speakers:
        """A title before a name that nobody printed there: President Rutte."""
        bare = asked - TITLES
        if not bare or bare == asked:
            return Speakers()
        people = [
            e for e in self._roster.holding(bare) if e.kind == EntityKind.PERSON and held(bare, e.names)
        ]
        return self._speakers(people)

    def _unheard(self, asked: Tokens, by_role: bool) -> Speakers:
        """Somebody of the file whom no article names, though one may give the office alone."""
        known = self._known.holding(asked)
        named = [(p, roles) for p, names, roles in known if called(p, asked, names)]
        if named or not by_role:
            office = {e.name: e for p, roles in named for e in self._of_person(p, roles)}
            found = self._speakers([e for e in office.values() if e.kind == EntityKind.ANONYMOUS])
            return Speakers(found.names, tuple(p.name for p, _ in named), True, found.several)
        return Speakers(known=tuple(p.name for p, _, r in known if held(asked, r)), by_role=True)

    def _described(self, asked: Tokens, named: Sequence[str] = ()) -> Speakers:
        """By role: as printed or as the file has it, also of a speaker whom the articles leave unnamed."""
        found = {e.name: e for e in self._roster.holding(asked) if held(asked, e.roles) or e.name in named}
        for person, _, roles in self._known.holding(asked):
            if held(asked, roles):
                for entry in self._of_person(person, roles):
                    found[entry.name] = entry
        if not found:
            return Speakers()
        speakers = self._speakers(list(found.values()))
        return Speakers(speakers.names, speakers.known, True, speakers.several)

    def _of_person(self, person: Person, roles: Sequence[Tokens]) -> list[Entry]:
        keys = {name_key(f) for f in (person.name, *person.aliases)}
        called = [e for key in keys for e in self._roster.holding(self.offices.tokens(key))]
        found = [e for e in called if name_key(e.name) in keys]
        return found + [e for e in self._with_one(roles) if any(r in e.names for r in roles)]

    def _speakers(self, entries: Sequence[Entry], *, exact: bool = False) -> Speakers:
        ordered = sorted(entries, key=lambda e: (-e.quotations, e.name))
        names = tuple(e.name for e in ordered if e.quotations > 0)
        silent = tuple(e.name for e in ordered if e.quotations <= 0)
        return Speakers(names, silent, several=_several(ordered[: len(names)]), exact=exact)

    def _add(self, listed: Listed) -> None:
        person = self._known.person(listed.name)
        pieces = joined(listed.name) if listed.kind == EntityKind.PERSON else ()
        aliases = (*listed.aliases, *(person.aliases if person else ()), *initials(listed.name), *pieces)
        names = self.offices.forms((listed.name, *aliases))
        roles = self.offices.forms((*listed.roles, *(person.roles if person else ())))
        holder = person or self._known.holder(names)
        self._roster.put(listed, names, roles, holder.name if holder else listed.name)
        self._words.count(_called_by(listed), max(1, listed.quotations))


def _several(entries: Sequence[Entry]) -> bool:
    """Say whether they are more than one person, however each is written; who speaks with another is one."""
    names = {e.name for e in entries}
    alone = [e for e in entries if not joins(e.name, names - {e.name})]
    return len({name_key(e.identity) for e in alone}) > 1


def _called_by(listed: Listed) -> tuple[str, ...]:
    pieces = joined(listed.name) if listed.kind == EntityKind.PERSON else ()
    return (listed.name, *listed.aliases, *listed.roles, *pieces)


def _titled_so(asked: Tokens, entry: Entry) -> bool:
    """Former Attorney General Eric Holder is Holder, whatever stands before the name."""
    return (
        entry.kind == EntityKind.PERSON and not asked & TITLES and any(asked <= name for name in entry.names)
    )
