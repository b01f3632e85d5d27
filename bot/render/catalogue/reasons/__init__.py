"""Why a source can't be read, in the reader's language: the stages say it in English and it is stored so.

A reason that no sentence of the language fits stays as it was said: better English than nothing.
"""

from __future__ import annotations

import re
import string
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from babel.numbers import format_decimal

_HERE = Path(__file__).parent
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")


@lru_cache(maxsize=1_024)
def translated(reason: str, language: str) -> str:
    """Return a reason in a language such as de; numbers are grouped as there."""
    for pattern, sentence in _sentences(language):
        if found := pattern.fullmatch(reason):
            return sentence.format_map({k: _grouped(v, language) for k, v in found.groupdict().items()})
    return reason


@cache
def _sentences(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the patterns of English reasons with their sentences, the more exact ones first."""
    path = _HERE / f"{language}.toml"
    if not path.exists():
        return ()
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple((_pattern(said), found[said]) for said in sorted(found, key=_slots))


def _slots(said: str) -> tuple[int, int]:
    return said.count("{"), -len(said)


def _pattern(said: str) -> re.Pattern[str]:
    parts = string.Formatter().parse(said)
    return re.compile(
        "".join(re.escape(w) + (f"(?P<{name}>.+?)" if name else "") for w, name, *_ in parts), re.S
    )


def _grouped(value: str, language: str) -> str:
    return format_decimal(value.replace(",", ""), locale=language) if _GROUPED.fullmatch(value) else value
