"""Values about the people of one article: who they are, by which forms they are named, and where."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Token

from bot.extract._agreement import by_given_name
from bot.extract._names import Name, parse_name
from bot.models import Person, Span


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
