"""The one normaliser of words, for the store's index, for questions and for comparing spellings.

Fold (NFKD, no diacritics, lower case, straight quotation marks) → words → Snowball stems. Both databases
index these tokens and do no linguistics of their own, so they give the same answers.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"'s?\b")
_FOLD = str.maketrans(
    {
        "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "AE",
        "œ": "oe", "Œ": "OE", "ı": "i", "’": "'", "‘": "'", "‛": "'", "“": '"', "”": '"', "„": '"',
        "«": '"', "»": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "\xad": "", "\x00": " ",
        "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "", "\u2060": "",
    }
)  # fmt: skip

STOP_WORDS = frozenset(
    [
        "a",
        "about",
        "after",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "being",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "me",
        "more",
        "most",
        "my",
        "no",
        "not",
        "of",
        "on",
        "or",
        "other",
        "our",
        "out",
        "over",
        "said",
        "say",
        "says",
        "she",
        "should",
        "so",
        "some",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "up",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "which",
        "while",
        "who",
        "whom",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)

_stemmer = Stemmer.Stemmer("english", 100_000)


def fold(text: str) -> str:
    """Return `text` without case, diacritics, typographic marks and invisible characters."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_FOLD))
        text = "".join(c for c in text if not unicodedata.combining(c))
    return text.lower().replace("\x00", " ")


def words(text: str) -> list[str]:
    """Return the folded words of `text` in order, possessive endings dropped."""
    return WORD.findall(_POSSESSIVE.sub(" ", fold(text)))


def stem(word: str) -> str:
    """Return the Snowball (Porter2) stem of a folded word."""
    return str(_stemmer.stemWord(word))


def terms(text: str) -> list[str]:
    """Return the stems of the content words of `text`; stop words stay when nothing else is left."""
    found = words(text)
    kept = [w for w in found if w not in STOP_WORDS] or found
    return [str(s) for s in _stemmer.stemWords(kept)]


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """Return a spelling-blind key of a name: folded words joined by a space."""
    return " ".join(words(name))
