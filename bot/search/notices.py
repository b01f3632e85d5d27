"""What articles say in a notice that is no part of their report: which one warns of risks; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import OSA

from bot.models import Span
from bot.normalise import token
from bot.search.topics import Group
from bot.store.passages import tokens_of
from bot.store.retrieval import Source

_NOTICE = frozenset(
    map(token, ("notice", "note", "warning", "warn", "disclaimer", "disclaims", "fine", "print"))
)
_SENTENCE = re.compile(r"\S[^.!?]*[.!?]*")
_LEAST = 0.6  # of the things asked for
_BEGINNING = 5  # letters that tell a longer word: crypto, of cryptocurrency


def hidden(groups: Sequence[Group]) -> bool:
    """Say whether something is asked for that only a notice may hold: reports don't have it."""
    return any(not g.known or _names_notice(g) for g in groups)


def told(sources: Iterable[Source], groups: Sequence[Group]) -> Iterator[tuple[Source, Span]]:
    """Yield the articles whose notice holds most of what is asked for, with the sentence that holds most."""
    asked = [g for g in groups if not _names_notice(g)]
    for source in sources:
        for notice in {_paragraph(source.text, flag.span) for flag in source.flags}:
            held = [n for n, g in enumerate(asked) if _holds(notice.of(source.text), g)]
            if held and len(held) + len(groups) - len(asked) >= _LEAST * len(groups):
                yield source, _best(source.text, notice, [asked[n] for n in held])


def _names_notice(group: Group) -> bool:
    return any(t in _NOTICE for a in group.alternatives for t in a.tokens)


def _paragraph(text: str, span: Span) -> Span:
    end = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, end if end >= 0 else len(text))


def _best(text: str, notice: Span, groups: Sequence[Group]) -> Span:
    found = (m.span() for m in _SENTENCE.finditer(text, notice.start, notice.end))
    spans = [Span(start, end) for start, end in found]
    return max(spans, key=lambda s: (sum(_holds(s.of(text), g) for g in groups), -s.start))


def _holds(text: str, group: Group) -> bool:
    tokens = tokens_of(text)
    return any(set(a.tokens) <= set(tokens) for a in group.alternatives) or any(
        _begins(t, group.typed) for t in tokens
    )


def _begins(told: str, typed: str) -> bool:
    """Say whether a printed word begins with the typed one, one slip allowed."""
    if len(typed) < _BEGINNING or len(told) < len(typed) or told[0] != typed[0]:
        return False
    return any(OSA.distance(typed, told[: len(typed) + n]) <= 1 for n in (0, 1))
