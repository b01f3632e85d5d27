"""Names compared: what part of a name or role words may be, and forms that nobody printed; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from bot.models import EntityKind, Person
from bot.normalise import printed_words
from bot.search._words import QUALIFIERS
from bot.search.offices import Tokens

_TWO = 2  # words of an ordinary name


def held(asked: Tokens, forms: Iterable[Tokens]) -> bool:
    """Say whether a form holds all that was asked; the president is no vice president and no former one."""
    return any(asked <= form and not (form - asked) & QUALIFIERS for form in forms)


def called(person: Person, asked: Tokens, names: Sequence[Tokens]) -> bool:
    """Say whether words name this entry of the file: part of a person's name, all of any other's."""
    return held(asked, names) if person.kind is EntityKind.PERSON else asked in names


def joins(name: str, names: Collection[str]) -> bool:
    """Say whether several speak under this name and one of `names` is among them: Holm and Poulsen."""
    parts = name.split(" and ")
    return len(parts) > 1 and any(part in names for part in parts)


def joined(name: str) -> tuple[str, ...]:
    """A surname of several words in one piece: vonderleyen."""
    words = printed_words(name)
    return ("".join(words[1:]),) if len(words) > _TWO else ()


def initials(name: str) -> tuple[str, ...]:
    """The initials of an institution's or document's name: National Defense Strategy is NDS."""
    capitals = [w[0] for w in name.split() if w[:1].isupper() and w[:1].isalpha()]
    return ("".join(capitals),) if len(capitals) >= 3 else ()
