"""Roles as an article prints them: before a name ("Finnish foreign minister Elina Valtonen") or behind it
("Nathalie Tocci, a professor at Johns Hopkins")."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from bot.extract._drafts import noun_phrase
from bot.extract._kinds import is_human
from bot.extract._names import titles

_LONGEST = 9  # tokens of a role
_WITHIN = {"PROPN", "NOUN", "ADJ", "PART", "NUM"}
_LINKS = {"of", "for", "and", "the", "-", "–", "’s", "'s"}
_STYLES = {"mr", "mrs", "ms", "miss", "sir", "dame", "mr.", "mrs.", "ms.", "says", "said"}


def roles(doc: Doc, first: int, head: Token) -> Iterator[str]:
    """Yield the roles printed around a name that begins at token `first`."""
    before = _before(doc, first)
    if before:
        yield before
    for child in head.children:
        if child.dep_ == "appos" and child.i > head.i and is_human(child):
            a, b = noun_phrase(child)
            yield _plain(doc, a, min(b, a + _LONGEST))


def _before(doc: Doc, first: int) -> str:
    start = first
    low = max(doc[first].sent.start, first - _LONGEST)
    while start > low and _part_of_role(doc[start - 1]):
        start -= 1
    while start < first and (doc[start].lower_ in _LINKS or doc[start].pos_ == "PART"):
        start += 1
    words = doc[start:first]
    if not any(t.lower_.strip(".") in titles() or is_human(t) for t in words if t.lower_ not in _STYLES):
        return ""
    return _plain(doc, start, first - 1)


def _part_of_role(token: Token) -> bool:
    return token.lower_ in _LINKS or token.pos_ in _WITHIN


def _plain(doc: Doc, first: int, last: int) -> str:
    while first < last and doc[first].lower_ in {
        *_STYLES,
        "the",
        "a",
        "an",
        "former",
        "its",
        "his",
        "her",
        "their",
    }:
        first += 1
    text = doc[first : last + 1].text.strip(" ,")
    return "" if text.lower() in _STYLES else text
