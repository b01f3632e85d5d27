"""The closed lists of wording.toml: rules that know a line by its wording, and lists for the other rules."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from bot.clean.blocks import Block

_TRIM = " .:!…>»|-"


class Wording(NamedTuple):
    """One rule of wording.toml, ready to be matched."""

    name: str
    why: str
    lines: frozenset[str]
    pattern: re.Pattern[str]
    words: int


@cache
def _lists() -> dict[str, Any]:
    file = resources.files("bot.clean").joinpath("wording.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def pattern(section: str, key: str) -> re.Pattern[str]:
    """Return the alternatives of an entry as one pattern over lower case with straight marks."""
    return _either(_lists()[section][key])


@cache
def words(section: str, key: str) -> frozenset[str]:
    """Return the words of an entry."""
    return frozenset(str(_lists()[section][key]).replace(",", " ").split())


@cache
def names(section: str, key: str) -> frozenset[str]:
    """Return the comma-separated names of an entry, case folded."""
    entry = str(_lists()[section][key]).replace("\n", " ")
    return frozenset(name.strip().casefold() for name in entry.split(","))


def languages() -> dict[str, str]:
    """Return language code → its most frequent small words."""
    found: dict[str, str] = _lists()["languages"]
    return found


@cache
def wordings() -> tuple[Wording, ...]:
    """Return the rules in the order of the file; the first that matches names the mask."""
    return tuple(
        Wording(
            name=rule["name"],
            why=rule["why"],
            lines=frozenset(rule.get("lines", ())),
            pattern=_either(rule["patterns"]),
            words=rule.get("words", 40),
        )
        for rule in _lists()["rule"]
    )


def rule_for(block: Block) -> str | None:
    """Return the name of the rule whose list or pattern this block matches, None for a part of the report.

    A block that opens and closes with quotation marks is somebody's words, whatever they are.
    """
    if not any(map(str.isalnum, block.text)):
        return "separator"
    line = block.plain.lower()
    bare = line.strip(_TRIM)
    for wording in wordings():
        if bare in wording.lines:
            return wording.name
        if block.words <= wording.words and wording.pattern.match(line):
            return None if block.is_quotation else wording.name
    return None


def _either(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns))
