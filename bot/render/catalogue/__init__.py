"""Our own sentences, by language: Phrase → words. `en.toml` is complete; another language may lag behind.

A sentence names its values in braces. A number followed by a noun takes the noun's plural form of the
reader's language: ``{articles:article}`` is "1 article" or "5 articles". Dates and numbers follow the locale;
an aware datetime is shown in the reader's time zone. The result is plain text without any markup.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.models import Phrase, Reason
from bot.render.catalogue import reasons

FALLBACK = "en"
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sentences of one language; `plurals` maps a noun to its forms by CLDR plural category."""

    phrases: Mapping[str, str]
    plurals: Mapping[str, Mapping[str, str]]


def languages() -> tuple[str, ...]:
    """Return the languages that there is a catalogue for."""
    return tuple(sorted(path.stem for path in _HERE.glob("*.toml")))


@cache
def load(language: str) -> Catalogue:
    """Return the catalogue of a language; keys are ``section.name``."""
    tables = tomllib.loads((_HERE / f"{language}.toml").read_text(encoding="utf-8"))
    plurals = tables.pop("plurals", {})
    phrases = {f"{section}.{name}": text for section, table in tables.items() for name, text in table.items()}
    return Catalogue(phrases=phrases, plurals=plurals)


def say(phrase: Phrase, locale: str = FALLBACK, timezone: str = "UTC") -> str:
    """Return the sentence in the reader's language, in English where that language lacks it.

    Raises KeyError for a key or value that is missing: both are mistakes of ours that a test finds.
    """
    return filled(phrase.key, phrase.values, locale, timezone)


def filled(key: str, values: Mapping[str, Any], locale: str = FALLBACK, timezone: str = "UTC") -> str:
    """Return the sentence of a key with its values; raises KeyError as `say` does."""
    if not values:
        return fixed(key, locale)
    pairs = tuple(values.items())
    if all([_is_plain(value) for _, value in pairs]):
        return _plainly(key, pairs, locale)
    return _said(Phrase(key, values), locale, timezone)


@lru_cache(maxsize=4_096)
def fixed(key: str, locale: str = FALLBACK) -> str:
    """Return a sentence that has no values; raises KeyError as `say` does."""
    return _said(Phrase(key), locale, "UTC")


def _is_plain(value: object) -> bool:
    """Say whether a value reads alike in every time zone: a number, a name, or several names."""
    kind = type(value)
    return kind is int or kind is str or (type(value) is tuple and all([type(v) is str for v in value]))


@lru_cache(maxsize=4_096)  # a message says its headline twice: in its blocks and in its text alone
def _plainly(key: str, values: tuple[tuple[str, Any], ...], locale: str) -> str:
    return _said(Phrase(key, dict(values)), locale, "UTC")


def _said(phrase: Phrase, locale: str, timezone: str) -> str:
    reader = parsed(locale)
    for language in (reader.language, FALLBACK):
        catalogue = load(language) if language in languages_set() else None
        if catalogue is not None and phrase.key in catalogue.phrases:
            spoken = reader if language == reader.language else Locale.parse(FALLBACK)
            words = _Words(catalogue, spoken, timezone)
            return words.filled(catalogue.phrases[phrase.key], phrase.values)
    raise KeyError(phrase.key)


def reason(said: str, locale: str = FALLBACK) -> str:
    """Return why a source can't be read in the reader's language, in English where that language lacks it."""
    return reasons.translated(said, parsed(locale).language)


@cache
def languages_set() -> frozenset[str]:
    """Return `languages()` for membership tests."""
    return frozenset(languages())


@cache
def parsed(locale: str) -> Locale:
    """Return Babel's locale for Slack's ``de-DE`` or ours ``de_DE``; English for anything unknown."""
    try:
        return Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return Locale.parse(FALLBACK)


@lru_cache(maxsize=4_096)
def day(value: date, locale: str = FALLBACK) -> str:
    """Return a date in the reader's manner: "14 Feb 2026" reads "14.02.2026" in German."""
    reader = parsed(locale)
    pattern = "d MMM y" if reader.language == "en" else "medium"
    return format_date(value, format=pattern, locale=reader)


def number(value: float, locale: str = FALLBACK) -> str:
    """Return a number in the reader's manner."""
    return str(value) if type(value) is int and 0 <= value < 1_000 else _large(value, locale)


@lru_cache(maxsize=4_096)
def _large(value: float, locale: str) -> str:
    return format_decimal(value, locale=parsed(locale))


@lru_cache(maxsize=4_096)
def moment(value: datetime, locale: str = FALLBACK, timezone: str = "UTC") -> str:
    """Return an aware time in the reader's zone; UTC where the zone is unknown."""
    try:
        zone = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    there = value.astimezone(zone)
    return f"{day(there.date(), locale)}, {format_time(there, format='short', locale=parsed(locale))}"


class _Words:
    """Fills a sentence: nouns in their plural form, numbers, dates and lists by the locale."""

    def __init__(self, catalogue: Catalogue, locale: Locale, timezone: str) -> None:
        self.catalogue, self.locale, self.timezone = catalogue, locale, timezone

    def filled(self, sentence: str, values: Mapping[str, Any]) -> str:
        """Return the sentence with its values; a name never reaches into a value's attributes."""
        return "".join(
            [
                literal if name is None else literal + self._value(values[name], noun)
                for literal, name, noun in _pieces(sentence)
            ]
        )

    def _value(self, value: Any, noun: str) -> str:
        if noun:
            forms = self.catalogue.plurals[noun]
            form = forms.get(self.locale.plural_form(value), forms["other"])
            return form.replace("{n}", number(value, _name(self.locale)))
        return value if type(value) is str else self._plain(value)

    def _plain(self, value: Any) -> str:
        match value:
            case Phrase():
                return say(value, _name(self.locale), self.timezone)
            case Reason():
                return reason(value, _name(self.locale))
            case bool():
                return str(value)
            case int() | float():
                return number(value, _name(self.locale))
            case date() | time():
                return self._when(value)
            case list() | tuple():
                return format_list([self._plain(v) for v in value], locale=self.locale)
            case _:
                return str(value)

    def _when(self, value: date | time) -> str:
        match value:
            case datetime():
                return moment(value, _name(self.locale), self.timezone)
            case date():
                return day(value, _name(self.locale))
            case _:
                return format_time(value, format="short", locale=self.locale)


@cache
def _pieces(sentence: str) -> tuple[tuple[str, str | None, str], ...]:
    """Return a sentence of the catalogue in pieces: text, the value after it, the noun that it counts."""
    parsed = string.Formatter().parse(sentence)
    return tuple((literal, name, noun or "") for literal, name, noun, _ in parsed)


@cache
def _name(locale: Locale) -> str:
    return str(locale)
