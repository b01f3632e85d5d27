"""What a passage must hold to answer at all: an amount for how many, a time for when; pure."""

from __future__ import annotations

import re

from bot.normalise import token, words
from bot.search._words import AMOUNTS, NUMBER_TOKENS, SPANS, TIMES, WHICH
from bot.search.question import Question
from bot.store.passages import AROUND, CONTENT, FACT, TAG, prefix, tokens_of
from bot.store.retrieval import Found

_AGES = frozenset(
    token(w) for w in ("old", "age", "aged", "born", "founded", "established", "birthday", "aging")
)
_VAGUE = frozenset(token(w) for w in ("soon", "never", "ago"))
_NEXT = frozenset(token(w) for w in ("next", "upcoming", "forthcoming"))
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d")


def lacks(found: Found, question: Question, number: int) -> bool:
    """Say whether a passage has no amount where one is asked for, no time, or no age."""
    before = prefix(number, found.kind)
    own = tokens_in(found, before, CONTENT)
    sentence = {*own, *tokens_in(found, before, AROUND)}
    if question.wants == "fact":
        return found.kind != FACT and not any(_can_be_checked(t) for t in own)
    if question.wants == "amount":
        return not any(t in AMOUNTS or any(c.isdigit() for c in t) for t in own)
    if question.wants == "age":
        return not (
            any(c.isdigit() for t in own for c in t) and _AGES & {*own, *tokens_in(found, before, AROUND)}
        )
    if question.wants == "day" and "next" in words(question.text):
        return not _NEXT & {*own, *tokens_in(found, before, AROUND)}
    if question.wants == "day" and f"{before}{TAG}dated" not in found.tokens:
        return not _tells_when(sentence)
    return False


def _can_be_checked(word: str) -> bool:
    """Say whether a token is a number or a day."""
    return word in NUMBER_TOKENS or word in TIMES - _VAGUE or any(c.isdigit() for c in word)


def _tells_when(tokens: set[str]) -> bool:
    """Say whether the words name a time: Wednesday, 1963, last month; this year is no answer to when."""
    if any(t in TIMES or _YEAR.match(t) for t in tokens):
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
