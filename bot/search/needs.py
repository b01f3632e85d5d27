"""What a passage must hold to answer at all: an amount for how many, a time for when; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.models import Polarity
from bot.normalise import token, words
from bot.search._words import AMOUNTS, CALLED, MONEY, NUMBER_TOKENS, OFTEN, SHARES, SPANS, TIMES, UNITS, WHICH
from bot.search.question import Question
from bot.store.passages import AROUND, CONTENT, FACT, TAG, prefix, tokens_of
from bot.store.retrieval import Found

_AGES = frozenset(
    token(w) for w in ("old", "age", "aged", "born", "founded", "established", "birthday", "aging")
)
_VAGUE = frozenset(token(w) for w in ("soon", "never", "ago"))
_NEXT = frozenset(token(w) for w in ("next", "upcoming", "forthcoming"))
_PLACE = re.compile(
    r"\b(?i:between|(?:islands?|coast|north|south|east|west|city|region) of|"
    r"in|at|near|outside|inside|from|across|through|into|off)\s+(?:the\s+|a\s+|an\s+)?"
    r"(?:[\w-]+\s+){0,2}?([A-Z][\w’'-]*(?:\s+(?:of\s+|for\s+)?[A-Z][\w’'-]*)*)"
)
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
_AGE = re.compile(r"1?\d?\d")
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d")


def lacks(found: Found, question: Question, number: int) -> bool:
    """Say whether a passage has no amount where one is asked for, no time, no age, or only asks why."""
    before = prefix(number, found.kind)
    asked = _asked(question.topic)
    own = tokens_in(found, before, CONTENT)
    sentence = {*own, *tokens_in(found, before, AROUND)}
    if question.wants in {"day", "place"} and "next" in words(question.text):
        return not _NEXT & sentence
    if holds := _HOLDS.get(question.wants or ""):
        return not holds([t for t in own if t not in asked or not _DIGIT.search(t)])  # the 5 of Article 5
    match question.wants:
        case "reason":
            return found.polarity is Polarity.IS_ASKED  # who asks doesn't know
        case "fact":
            return found.kind != FACT and not any(map(_can_be_checked, own))
        case "age":
            told = _AGES & sentence and any(map(_DIGIT.search, own))
            return not (told or (found.kind == FACT and _aged(own, asked)))
        case "day":
            return f"{before}{TAG}dated" not in found.tokens and not _tells_when(sentence)
    return False


@lru_cache(maxsize=256)  # the same for each passage of a question
def _asked(topic: str) -> frozenset[str]:
    return frozenset((*tokens_of(topic), *_DIGITS.findall(topic)))


def _aged(own: Sequence[str], asked: Collection[str]) -> bool:
    """Say whether a number stands right behind the name asked for, as papers give an age: Asta Holm, 56."""
    return any(one in asked and _AGE.fullmatch(other) for one, other in pairwise(own))


def _amount(own: Sequence[str]) -> bool:
    return any(t in AMOUNTS or _DIGIT.search(t) for t in own)


def _span(own: Sequence[str]) -> bool:
    """Say whether a span of time is told: within 24 hours, a few days; or a length."""
    counted = any(t in SPANS and _amount(own[max(0, n - 2) : n]) for n, t in enumerate(own))
    return counted or _length(own)


def _length(own: Sequence[str]) -> bool:
    return _amount(own) and not UNITS.isdisjoint(own)


_HOLDS: dict[str, Callable[[Sequence[str]], bool]] = {
    "amount": _amount,
    "number": _amount,
    "share": lambda own: any(_DIGIT.search(t) or t in SHARES for t in own),
    "money": lambda own: _amount(own) and not MONEY.isdisjoint(own),
    "span": _span,
    "length": _length,
    "often": lambda own: not OFTEN.isdisjoint(own),
    "name": lambda own: not CALLED.isdisjoint(own),
}


def _can_be_checked(word: str) -> bool:
    """Say whether a token is a number or a day."""
    return word in NUMBER_TOKENS or word in TIMES - _VAGUE or bool(_DIGIT.search(word))


def names_place(sentence: str, asked: Collection[str]) -> bool:
    """Say whether a sentence tells where: in, at or near a name that is not `asked` (tokens), and no day."""
    return any(set(tokens_of(m[1])) - TIMES - {"may", *asked} for m in _PLACE.finditer(sentence))


def _tells_when(tokens: set[str]) -> bool:
    """Say whether the words name a time: Wednesday, 1963, last month; this year is no answer to when."""
    if any(t in TIMES or _YEAR.match(t) for t in tokens):
        return True
    if "may" in tokens and any(t.isdigit() for t in tokens):  # else it is the verb
        return True
    return any(t in SPANS for t in tokens) and any(t in WHICH or t.isdigit() for t in tokens)


def undated(found: Found, number: int) -> bool:
    """Say whether the passage's article has no date."""
    return f"{prefix(number, found.kind)}{TAG}undated" in found.tokens.split(" ")


def names_days(when: str, found: Found, number: int) -> bool:
    """Say whether the sentence itself names the days: on Wednesday, last month."""
    before, named = prefix(number, found.kind), set(tokens_of(when))
    own = {*tokens_in(found, before, CONTENT), *tokens_in(found, before, AROUND)}
    return bool(named) and named <= own


def tokens_in(found: Found, before: str, space: str) -> list[str]:
    """Return the passage's tokens of one namespace, bare and in order."""
    mark = f"{before}{space}"
    return [t.removeprefix(mark) for t in found.tokens.split(" ") if t.startswith(mark)]
