"""Personal names as printed: titles off, given name and surname told apart, spellings compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.extract._words import word_list
from bot.normalise import fold

_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*\.?")
_POSSESSIVE = re.compile(r"[’']s?$")
_ARTICLE = re.compile(r"^(?:al|el|ar|as|ash|ad|an)-", re.I)  # "al-Sayed", whom articles also call Sayed
_SUFFIXES = frozenset({"jr", "ii", "iii", "iv"})
_PARTICLES = frozenset(
    [
        "von",
        "van",
        "der",
        "den",
        "de",
        "da",
        "dos",
        "del",
        "della",
        "di",
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "la",
        "le",
        "ter",
        "ten",
        "af",
        "av",
        "zu",
    ]
)


@dataclass(frozen=True, slots=True)
class Name:
    """A personal name: `given` tokens (empty for a bare surname), `surname` with particles, `suffix`."""

    given: tuple[str, ...]
    surname: str
    suffix: str
    printed: str

    @property
    def last(self) -> str:
        """The surname's last word, by which articles refer back ("Leyen", "Sayed")."""
        return _ARTICLE.sub("", self.surname.split()[-1])


@lru_cache(maxsize=1)
def titles() -> frozenset[str]:
    """Words that stand before a name and are no part of it."""
    return word_list("titles.txt")


@lru_cache(maxsize=8192)
def parse_name(printed: str) -> Name | None:
    """Read a name as printed, without titles and possessive; None where no name is left."""
    text = _POSSESSIVE.sub("", " ".join(printed.split()).strip(" ,.–—-“”\"‘’'()"))
    words = [m.group() for m in _TOKEN.finditer(text)]
    while words and _plain(words[0]) in titles():
        words = words[1:]
    suffix = ""
    if words and _plain(words[-1]) in _SUFFIXES | {"sr"}:
        suffix = _plain(words.pop())
    if (
        not words
        or len(words) > 6
        or not _ARTICLE.sub("", words[-1])[:1].isupper()
        or not words[0][:1].isalpha()
    ):
        return None
    cut = len(words) - 1
    if cut and _plain(words[0]) in _PARTICLES:  # "Van den Berg said": a surname that begins a sentence
        cut = 0
    while cut > 0 and _plain(words[cut - 1]) in _PARTICLES and (cut - 1 > 0 or not words[0][:1].isupper()):
        cut -= 1
    shown = " ".join(words) + (
        f" {suffix.capitalize() + '.' if suffix in {'jr', 'sr'} else suffix.upper()}" if suffix else ""
    )
    return Name(
        given=tuple(_plain(w) for w in words[:cut]),
        surname=" ".join(_plain(w) for w in words[cut:]),
        suffix=suffix if suffix != "sr" else "",
        printed=shown,
    )


def _plain(word: str) -> str:
    return fold(word).strip(".'")


def same_given(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Say whether two given names can be one person's: equal, a short form, an initial, a middle name."""
    if not a or not b:
        return True
    if a[0] == b[0] or a[0] in b or b[0] in a:
        return True
    short, long = sorted((a[0], b[0]), key=len)
    return long.startswith(short) and (len(short) == 1 or len(short) > 2)


def same_person(a: Name, b: Name) -> bool:
    """Say whether two full names can be one person's."""
    if a.last != b.last or (a.suffix and b.suffix and a.suffix != b.suffix):
        return False
    return same_given(a.given, b.given)
