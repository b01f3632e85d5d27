"""The editable files of people and terms: what the articles may leave unsaid and a desk knows.

    [[person]]                                   [[term]]
    name = "Mark Rutte"                          name = "Greenland"
    kind = "person"                              kind = "place"
    roles = ["NATO Secretary-General"]           demonyms = ["Greenlandic", "Greenlander"]
    aliases = ["Marc Rutte"]                     abbreviations = [] · spellings = [] · also = ["the island"]

`also` names what stands for the term only where the article has named it. A role in the file belongs to
one holder at a time. Nothing outside these files and the articles is known.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import SettingError
from bot.models import EntityKind, Person, Term


@dataclass(frozen=True, slots=True)
class Reference:
    """People and terms as configured."""

    people: tuple[Person, ...] = ()
    terms: tuple[Term, ...] = ()


def load(people: Path, terms: Path) -> Reference:
    """Read both files; raises SettingError with file, entry and reason."""
    return Reference(
        people=tuple(
            Person(
                name=_text(people, entry, "name"),
                kind=_kind(people, entry, EntityKind.PERSON),
                roles=_texts(people, entry, "roles"),
                aliases=_texts(people, entry, "aliases"),
            )
            for entry in _entries(people, "person")
        ),
        terms=tuple(
            Term(
                name=_text(terms, entry, "name"),
                kind=_kind(terms, entry, EntityKind.TERM),
                abbreviations=_texts(terms, entry, "abbreviations"),
                spellings=_texts(terms, entry, "spellings"),
                demonyms=_texts(terms, entry, "demonyms"),
                also=_texts(terms, entry, "also"),
            )
            for entry in _entries(terms, "term")
        ),
    )


def _entries(path: Path, table: str) -> list[dict[str, Any]]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingError(f"{path} does not exist; restore it or point the setting elsewhere.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"{path} is not valid TOML: {error}.") from error
    entries = data.get(table, [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise SettingError(f"{path}: entries are written as [[{table}]].")
    return entries


def _text(path: Path, entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise SettingError(f"{path}: an entry lacks its {key!r}: {entry}.")
    return value


def _texts(path: Path, entry: dict[str, Any], key: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise SettingError(f"{path}: {key!r} of {entry.get('name')!r} must be a list of texts.")
    return tuple(value)


def _kind(path: Path, entry: dict[str, Any], default: EntityKind) -> EntityKind:
    value = entry.get("kind", default.value)
    try:
        return EntityKind(value)
    except ValueError as error:
        known = ", ".join(k.value for k in EntityKind)
        raise SettingError(f"{path}: kind {value!r} of {entry.get('name')!r} is none of {known}.") from error
