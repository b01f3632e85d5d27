"""Who is listed in a workspace, found by the words of names and roles; held small.

A speaker is a number into columns: 393,000 speakers take 100 MB instead of 300 (measured). The words of a
speaker's names and roles are one string of tokens; sets are made of it only for whom a question asks.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from heapq import nsmallest
from sys import intern
from typing import NamedTuple

from bot.normalise import name_key
from bot.search._voices import Voices
from bot.search.offices import Tokens
from bot.store.retrieval import Listed

_FORM, _ROLE = "|", "\n"  # before another form of the name, before a role; no token holds one of them
_SPELLINGS = 4  # of one name among the most quoted
_MADE = 8_192  # entries that are kept: one question looks at the same ones several times


class Entry(NamedTuple):
    """A listed speaker as a question sees it; `identity` is the person of the file, else the name itself."""

    name: str
    identity: str
    kind: str
    quotations: int
    names: tuple[Tokens, ...]
    roles: tuple[Tokens, ...]


class Printed(NamedTuple):
    """What the articles call a speaker beside the name."""

    roles: tuple[str, ...]
    aliases: tuple[str, ...]


_NOTHING = Printed((), ())  # most have neither


class Roster:
    """The listed speakers of a workspace."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._names: list[str] = []
        self._kinds: list[str] = []
        self._articles = array("i")
        self._quotations = array("i")
        self._forms: list[str] = []
        self._printed: dict[int, Printed] = {}
        self._identities: dict[int, str] = {}
        self._bearers: dict[str, array[int]] = {}
        self._free: list[int] = []
        self._made: dict[int, Entry] = {}
        self._voices = Voices()

    def __len__(self) -> int:
        return len(self._numbers)

    def hears(self, key: str) -> bool:
        """Say whether the token stands in anybody's name or role."""
        return key in self._bearers

    def kind(self, name: str) -> str | None:
        """Return the kind of a speaker; None for one who is not listed."""
        number = self._numbers.get(name)
        return None if number is None else self._kinds[number]

    def listed(self, name: str) -> Listed | None:
        """Return a speaker as the workspace lists it; None for one who is not listed."""
        number = self._numbers.get(name)
        if number is None:
            return None
        roles, aliases = self._printed.get(number, _NOTHING)
        count, quotations = self._articles[number], self._quotations[number]
        return Listed(self._names[number], self._kinds[number], roles, aliases, count, quotations)

    def entry(self, name: str) -> Entry | None:
        """Return a speaker by the name that it is listed under."""
        number = self._numbers.get(name)
        return None if number is None else self._entry(number)

    def holding(self, asked: Iterable[str]) -> list[Entry]:
        """Return, by name, the speakers in whose names and roles all of these tokens stand."""
        return [self._entry(n) for n in sorted(self._with(asked), key=self._names.__getitem__)]

    def alone(self, key: str) -> list[Entry]:
        """Return, by name, the speakers whose whole name is this token."""
        first = (key + _FORM, key + _ROLE)
        bearers = self._bearers.get(key, ())
        found = [n for n in bearers if (forms := self._forms[n]) == key or forms.startswith(first)]
        return [self._entry(n) for n in sorted(found, key=self._names.__getitem__)]

    def quoted(self, kind: str | None = None) -> list[str]:
        """Return everybody who is quoted, or all of one kind, most quoted first."""
        some = (n for n in self._numbers.values() if self._quotations[n] > 0)
        found = [(-self._quotations[n], self._names[n]) for n in some if kind in {None, self._kinds[n]}]
        return [name for _, name in sorted(found)]

    def beside(self, names: Iterable[str], most: int) -> tuple[int, list[str]]:
        """Return how many are quoted under a name beside these, and up to `most` of them, most quoted first.

        Whoever is spelt in several ways counts once, in the most quoted spelling.
        """
        wanted = _SPELLINGS * most
        count, numbers = self._voices.beside(names, self._quotations, wanted)
        first = nsmallest(wanted, ((-self._quotations[n], self._names[n]) for n in numbers))
        found: dict[str, str] = {}
        for _, name in first:
            found.setdefault(name_key(name), name)
        return count, list(found.values())[:most]

    def put(self, listed: Listed, names: Sequence[Tokens], roles: Sequence[Tokens], identity: str) -> None:
        """List a speaker who is not listed yet, under the tokens of its names and roles."""
        number = self._numbers[listed.name] = self._slot()
        self._names[number] = listed.name
        self._kinds[number] = intern(str(listed.kind))
        self._articles[number] = listed.articles
        self._quotations[number] = listed.quotations
        self._forms[number] = _packed(names, roles)
        self._voices.put(number, listed)
        if listed.roles or listed.aliases:
            self._printed[number] = Printed(listed.roles, listed.aliases)
        if identity != listed.name:
            self._identities[number] = identity
        for key in _every(names, roles):
            self._bearers.setdefault(key, array("I")).append(number)

    def drop(self, name: str) -> None:
        """Take out a speaker who is listed."""
        number = self._numbers.pop(name)
        for key in _every(*_unpacked(self._forms[number])):
            bearers = self._bearers[key]
            bearers.remove(number)
            if not bearers:
                del self._bearers[key]
        self._names[number] = self._forms[number] = ""
        self._printed.pop(number, None)
        self._identities.pop(number, None)
        self._made.pop(number, None)
        self._voices.drop(number)
        self._free.append(number)

    def _slot(self) -> int:
        if self._free:
            return self._free.pop()
        for column in (self._names, self._kinds, self._forms):
            column.append("")
        for counts in (self._articles, self._quotations):
            counts.append(0)
        return len(self._names) - 1

    def _with(self, asked: Iterable[str]) -> Iterable[int]:
        """Return the numbers of those in whose names and roles all of these tokens stand."""
        bearers = sorted((self._bearers.get(key, array("I")) for key in asked), key=len)
        return set(bearers[0]).intersection(*bearers[1:]) if bearers else ()

    def _entry(self, number: int) -> Entry:
        found = self._made.get(number)
        if found is None:
            if len(self._made) >= _MADE:
                self._made.clear()
            found = self._made[number] = self._made_of(number)
        return found

    def _made_of(self, number: int) -> Entry:
        name = self._names[number]
        names, roles = _unpacked(self._forms[number])
        identity = self._identities.get(number, name)
        return Entry(name, identity, self._kinds[number], self._quotations[number], names, roles)


def _packed(names: Iterable[Tokens], roles: Iterable[Tokens]) -> str:
    """Return the tokens of names, and of roles, as one string."""
    return _FORM.join(map(" ".join, names)) + "".join(_ROLE + " ".join(role) for role in roles)


def _unpacked(forms: str) -> tuple[tuple[Tokens, ...], tuple[Tokens, ...]]:
    if _ROLE not in forms and _FORM not in forms:
        return (_tokens(forms),), ()
    names, *roles = forms.split(_ROLE)
    return tuple(map(_tokens, names.split(_FORM))), tuple(map(_role, roles))


@lru_cache(maxsize=4_096)  # many have the same role, few the same name
def _role(form: str) -> Tokens:
    return _tokens(form)


def _tokens(form: str) -> Tokens:
    return frozenset(form.split())


def _every(names: Iterable[Tokens], roles: Iterable[Tokens]) -> Tokens:
    return frozenset().union(*names, *roles)
