"""Names of people as bylines print them."""

from __future__ import annotations

import re

from bot.clean import wording

_PARTICLE = r"(?:(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ter|ten|zu|af|y) ){0,3}"
_WORD = r"[^\W\d_a-z][\w.'’-]*"
NAME = rf"(?:(?:[Dd]r|Prof|Sir|Dame|Lord|Lady)\.? )?{_WORD}(?: {_PARTICLE}{_WORD}){{0,3}}"
_PLACE = r"(?: in (?:the )?[^\W\d_a-z][\w.-]*(?: [^\W\d_a-z][\w.-]*){0,2})?"
_AND = r"(?: ?, ?(?:and )?| (?:and|und|&|with) | ?\| ?)"
NAMES = rf"{NAME}(?:{_AND}{NAME}){{0,6}}"
"""Pattern of one to seven names; `split` takes them apart."""

NAMES_IN_PLACES = re.compile(rf"{NAME}{_PLACE}(?:{_AND}{NAME}{_PLACE}){{0,4}}")
_BETWEEN = re.compile(r" ?, ?and |,| and | und | & | with |\|")
_IN_PLACE = re.compile(r" in (?:the )?[^\W\d_a-z].*$")


def split(names: str) -> tuple[str, ...]:
    """Return the names of a list of names, without places and roles; capitals become title case."""
    role = wording.pattern("bylines", "role")
    found = (_IN_PLACE.sub("", name.strip(" ,")) for name in _BETWEEN.split(names))
    return tuple(_cased(name) for name in found if name and not role.match(name.lower()))


def _cased(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 4 else name
