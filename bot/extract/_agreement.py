"""He or she: what a title or a given name says of a person. No opinion is better than a wrong one."""

from __future__ import annotations

import re
from functools import cache

from bot.extract._words import lists

_MEN = re.compile(
    r"\b(?:Mr|Sir|Lord|King|Prince|Herr|Señor|Father|Brother|Congressman|[Cc]hairman|[Ss]pokesman|Councilman)\.?\s+$"
)
_PART = re.compile(r"\b[Ff]or (his|her) part,\s+$")
_WOMEN = re.compile(
    r"\b(?:Mrs|Ms|Miss|Dame|Lady|Queen|Princess|Frau|Madame|Señora|Sister|Congresswoman|[Cc]hairwoman|[Ss]pokeswoman"
    r"|Councilwoman)\.?\s+$"
)


def by_title(before: str) -> str | None:
    """Return "he" or "she" where the words before a name end in such a title, or in "for her part,"."""
    if part := _PART.search(before):
        return "he" if part[1] == "his" else "she"
    if _MEN.search(before):
        return "he"
    return "she" if _WOMEN.search(before) else None


@cache
def by_given_name(given: str) -> str | None:
    """Return "he" or "she" for a given name that nearly always goes with it; None for the others."""
    names = lists("given_names")
    found = [word for word in ("he", "she") if given in names[word]]
    return found[0] if len(found) == 1 else None
