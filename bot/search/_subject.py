"""Who is said to do it: Europe left the union is not the union left Europe; pure, from printed words alone.

Only names are weighed, and only where the words leave no doubt whose the verb is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.normalise import STOP_WORDS, fold, token
from bot.search.topics import Group

_PIECE = re.compile(r"(?:[^\W\d_]\.){2,}|\d[\d.,]*\d|[^\W_]+(?:['’]s?\b)?|[,;:…—–()\[\]“”]")
_JOINS = frozenset({"and", "or"})  # two names or two statements
_OPENS = frozenset({"that", "but", "while", "because", "although", "though", "if", "which", "who"})
_AUXILIARY = re.compile(
    r"is|are|was|were|be|been|has|have|had|will|would|shall|should|can|could|may|might|must|do|does|did|cannot"
)
_BETWEEN = frozenset(
    {"also", "still", "never", "not", "now", "even", "already", "only", "just", "soon", "almost"}
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\b.*\bby\b", re.I)
_STANDS = 0.75  # how well a word must stand for the one asked for


class _Word(NamedTuple):
    """A printed word: folded, as the index knows it, whether it is a name, and in which part it stands."""

    plain: str
    token: str
    name: bool
    part: int


def of_another(groups: Sequence[Group], claim: str, text: str) -> bool:
    """Say whether `text` tells of another what `claim` says of the name that it begins with."""
    if len(groups) < 2 or not groups[0].actor or _PASSIVE.search(claim) or _PASSIVE.search(text):
        return False
    told = _words(text)
    for group in groups[1:]:
        if group.actor:
            return False
        if places := [n for n in range(len(told)) if _stands(group, told[n])]:
            return all(_others(groups[0], told, n) for n in places)
    return False


def _words(text: str) -> list[_Word]:
    pieces, found, part = _PIECE.findall(text), list[_Word](), 0
    for n, piece in enumerate(pieces):
        plain = fold(piece).removesuffix("'s").removesuffix("'").replace(".", "")
        if _parts(plain, pieces[n + 1 : n + 2]):
            part += 1
        else:
            found.append(_Word(plain, token(plain), _is_name(piece, plain), part))
    return found


def _parts(plain: str, following: Sequence[str]) -> bool:
    """Say whether a piece stands between two statements; "and" before a capital joins two names."""
    if plain in _JOINS:
        return not any(w[:1].isupper() for w in following)
    return plain in _OPENS or not (plain.isalnum() or plain[:1].isdigit())


def _is_name(piece: str, plain: str) -> bool:
    return piece[:1].isupper() and (plain not in STOP_WORDS or piece.isupper() or "." in piece)


def _stands(group: Group, word: _Word) -> bool:
    return any(a.tokens == (word.token,) and a.strength >= _STANDS for a in group.alternatives)


def _others(asked: Group, told: Sequence[_Word], at: int) -> bool:
    """Say whether the word at `at` has a subject, and it is not the one asked for."""
    before = [w for w in told[:at] if w.part == told[at].part]
    if any(w.name for w in before):
        opening = [n for n, w in enumerate(told[: at + 1]) if w.name]
        if opening == [0] and at > 1 and not _leads(told, 0, at):
            return False  # a capital only begins the sentence
        return not _names(asked, before)
    if before and not (_AUXILIARY.fullmatch(before[0].plain) or all(w.plain in _BETWEEN for w in before)):
        return False
    head = _head(told, told[at].part)
    return bool(head) and not _names(asked, head)


def _leads(told: Sequence[_Word], first: int, at: int) -> bool:
    """Say whether a verb comes right after the word: it is what the sentence is about."""
    following = next((w for w in told[first + 1 : at + 1] if w.plain not in _BETWEEN), None)
    return following is not None and (following is told[at] or bool(_AUXILIARY.fullmatch(following.plain)))


def _head(told: Sequence[_Word], part: int) -> list[_Word]:
    """Return what an earlier part is about, up to its verb: a part that begins with a verb carries it on."""
    named = [w.part for w in told if w.part < part and w.name]
    earlier = [w for w in told if named and w.part == named[-1]]
    verb = next((n for n, w in enumerate(earlier) if n and _AUXILIARY.fullmatch(w.plain)), 0)
    head = earlier[:verb]
    return head if any(w.name for w in head) else []


def _names(asked: Group, told: Sequence[_Word]) -> bool:
    content = f" {' '.join(w.token for w in told if w.name or w.plain not in STOP_WORDS)} "
    return any(f" {' '.join(a.tokens)} " in content for a in asked.alternatives)
