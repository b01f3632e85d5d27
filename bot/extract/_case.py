"""Headlines and capitals in sentence case, for the parser only: title case makes names out of verbs.

A word is lowered when the article itself writes it in lower case elsewhere, or when it belongs to the
grammar or to the cues; everything else stays as printed. The length never changes.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.extract._cues import lexicon
from bot.normalise import STOP_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_LOWER = re.compile(r"(?<![\w’'-])[^\W\d_]+(?![\w’'-])")
_ENDINGS = ("s", "es", "ed", "d", "ing")


def capitalised(text: str) -> bool:
    """Say whether nearly all words begin with a capital: a headline in title case, or capitals throughout."""
    words = [w for w in _WORD.findall(text[:400]) if w.lower() not in STOP_WORDS]
    return len(words) > 3 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)


def sentence_case(text: str, article: str) -> str:
    """Return `text` with the capitals that only the headline's style put there taken off."""
    plain = _plain_words(article)
    shout = text.isupper()

    def lowered(match: re.Match[str]) -> str:
        word = match.group()
        small = word.lower()
        if len(small) != len(word) or (word.isupper() and not shout and len(word) > 1):
            return word
        if small in plain or small in STOP_WORDS or small in _cue_forms():
            return small
        return word.capitalize() if shout and len(word) > 3 else word

    return _WORD.sub(lowered, text)


@lru_cache(maxsize=4)
def _plain_words(article: str) -> frozenset[str]:
    return frozenset(w for w in _LOWER.findall(article) if w.islower())


@lru_cache(maxsize=1)
def _cue_forms() -> frozenset[str]:
    forms = {"says", "said", "tells", "told", "writes", "wrote"}
    for lemma in lexicon().verbs:
        stem = lemma.rstrip("e") if lemma.endswith("e") else lemma
        forms |= {lemma, *(lemma + e for e in _ENDINGS[:2]), *(stem + e for e in ("ed", "ing"))}
        if lemma.endswith("y"):
            forms |= {lemma[:-1] + "ies", lemma[:-1] + "ied"}
    return frozenset(forms)
