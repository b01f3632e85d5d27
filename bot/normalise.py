"""The one normaliser of words, for the store's index, for questions and for comparing spellings.

Fold (NFKD, no diacritics, lower case, straight quotation marks) → words → Snowball stems. Both databases
index these tokens and do no linguistics of their own, so they give the same answers.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

from bot.irregular import BASE

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
        "cannot",
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

_stemmer = Stemmer.Stemmer("english", 0)  # its own cache costs more than stemming (0.8 µs against 0.5)


def fold(text: str) -> str:
    """Return `text` without case, diacritics, typographic marks and invisible characters."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_FOLD))
    if not text.isascii():  # typographic marks are gone; most texts have no diacritics
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


@lru_cache(maxsize=8_192)
def name_key(name: str) -> str:
    """Return a spelling-blind key of a name: folded words joined by a space."""
    return " ".join(words(name))


_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_THOUSANDS = re.compile(r"(?<=\d)[,'’\u202f](?=\d{3}(?!\d))")
_AMPERSAND = re.compile(r"(?<=\w)&(?=\w)")
_DECIMAL = re.compile(r"(?<=\d)\.(?=\d)")
_CAPITALS = re.compile(r"\b(?:US|WHO)\b")
_LETTERS = re.compile(r"[A-Za-z ]*")
_KEPT = "\ue000"  # a private mark: these capitals are a name, not a stop word
_JOINED = re.compile(r"[^\W_]+(?:-[^\W_]+)+|\d+(?:/\d+)+")
_INDEX_WORD = re.compile(f"{_KEPT}?[^\\W_]+")
_NOT = re.compile(r"\b(?:ca|wo)n't\b|n't\b")  # can and will are stop words, their stumps are not
_ENDING = re.compile(r"'(?:s|re|ve|ll|d|m)?\b")
_LONGEST = 48
_BRITISH = (
    (re.compile(r"isation"), "ization"),
    (re.compile(r"(?<=[a-z]{3})is(?=e$|ed$|es$|ing$|er$|ers$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})our(?=$|s$|ed$|ing$|al$|able$|er$|ers$|ite$|hood$|ly$)"), "or"),
    (re.compile(r"(?<=[a-z]{2})ence(?=$|s$|less$)"), "ense"),
    (re.compile(r"(?<=[a-z]{2})tre(?=$|s$)"), "ter"),
    (re.compile(r"programme"), "program"),
)
_MAYBE_BRITISH = re.compile("is(?:ation|e|ing)|our|ence|tre|programme")  # one look instead of six


def printed_words(text: str) -> list[str]:
    """Return the folded words of `text`: dotted initials and numbers in one piece, U.S. kept as "us".

    A name in capitals that would read as a stop word (US, WHO) comes with a private mark, see `is_content`.
    """
    if _LETTERS.fullmatch(text) and not _CAPITALS.search(text):  # most names: a fifth of the time
        return [w[:_LONGEST] for w in text.lower().split()]
    text = _AMPERSAND.sub("", text)
    text = _DOTTED.sub(lambda m: m[0].replace(".", ""), text)
    text = _DECIMAL.sub("d", _THOUSANDS.sub("", text))
    text = _CAPITALS.sub(lambda m: _KEPT + m[0], text)
    return [w[:_LONGEST] for w in _INDEX_WORD.findall(_ENDING.sub(" ", _NOT.sub(" not", fold(text))))]


def content_words(text: str) -> list[str]:
    """Return the words of `text` that carry content, in order, then what hyphens and slashes join as one."""
    kept = [w.lstrip(_KEPT) for w in printed_words(text) if w not in STOP_WORDS]
    joined = ["".join(WORD.findall(part)) for part in _JOINED.findall(fold(text))]
    return kept + [w[:_LONGEST] for w in joined]


@lru_cache(maxsize=16_384)  # rare words seldom come again: sixteen times as many save 0.5 % of the misses
def token(word: str) -> str:
    """Return what the index knows a folded word by: irregular forms and British spelling evened, the stem."""
    word = BASE.get(word, word)
    if _MAYBE_BRITISH.search(word):
        for pattern, american in _BRITISH:
            word = pattern.sub(american, word)
    return stem(word)
