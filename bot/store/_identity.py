"""When two printed names are one person; pure. Nothing is guessed from a surname alone.

Two full names are one when first name and surname agree but for spelling (transliteration, diacritics, a
doubled letter) and the middle names don't contradict: "Donald J. Trump" is "Donald Trump", "George W. Bush"
is not "George H. W. Bush". Institutions and single words are compared as they stand.
"""

from __future__ import annotations

import re

from bot.models import EntityKind
from bot.normalise import words

_PARTICLES = frozenset(
    {"al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "la", "le", "ten", "ter"}
    | {"van", "von", "zu", "zum", "zur"}
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# the same sound, written in other alphabets' customs; order matters
_SPELLINGS = (
    ("ph", "f"),
    ("kh", "h"),
    ("ck", "k"),
    ("x", "ks"),
    ("c", "k"),
    ("y", "i"),
    ("j", "i"),
    ("w", "v"),
)
_DOUBLED = re.compile(r"(.)\1+")


def spelling(word: str) -> str:
    """Return a folded word without the differences of transliteration: Zelenskyy, Zelenskiy → zelenski."""
    for printed, sound in _SPELLINGS:
        word = word.replace(printed, sound)
    return _DOUBLED.sub(r"\1", word)


def key(name: str, kind: EntityKind) -> str:
    """Return what is alike in all forms of one name: kind, first name and surname, or all the words."""
    parts = _parts(name)
    if kind is not EntityKind.PERSON or len(parts) < 2:
        return f"{kind.value}:{' '.join(words(name))}"
    return f"{kind.value}:{spelling(parts[0])} {spelling(parts[-1])}"


def agree(one: str, other: str) -> bool:
    """Say whether two names with the same key can be one person's: middle names don't contradict."""
    first, second = _middle(one), _middle(other)
    if not first or not second:
        return True
    short, long = sorted((first, second), key=len)
    return len(short) == len(long) and all(_same_middle(a, b) for a, b in zip(short, long, strict=True))


def leads_alone(name: str) -> bool:
    """Say whether a form is telling enough to identify its bearer elsewhere: it has two words or more."""
    return len(_parts(name)) >= 2


def _parts(name: str) -> list[str]:
    found = words(name)
    kept = [w for w in found if w not in _PARTICLES and w not in _SUFFIXES]
    return kept if len(kept) >= 2 else found


def _middle(name: str) -> list[str]:
    return [spelling(w) for w in _parts(name)[1:-1]]


def _same_middle(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])
