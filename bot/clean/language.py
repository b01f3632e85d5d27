"""Which language a text is in, by its script and its most frequent small words."""

from __future__ import annotations

import re
from functools import cache

from bot.clean import wording

_SAMPLE = 20_000
_LEAST_WORDS = 12
_LEAST_SHARE = 0.08
_LETTERS = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")


@cache
def _profiles() -> dict[str, frozenset[str]]:
    return {code: frozenset(words.split()) for code, words in wording.languages().items()}


def language(text: str) -> str:
    """Return the ISO 639-1 code of the language of `text`; English where there is too little to tell."""
    sample = text[:_SAMPLE]
    letters = sum(map(len, _LETTERS.findall(sample)))
    for code, pattern in _SCRIPTS:
        if letters and len(pattern.findall(sample)) > letters * 0.3:
            return "uk" if code == "ru" and len(_UKRAINIAN.findall(sample)) > letters * 0.02 else code
    words = [w.lower() for w in _LETTERS.findall(sample)]
    if len(words) < _LEAST_WORDS:
        return "en"
    shares = {code: sum(w in profile for w in words) / len(words) for code, profile in _profiles().items()}
    best = max(shares, key=lambda code: (shares[code], code == "en"))
    return best if shares[best] >= _LEAST_SHARE else "en"
