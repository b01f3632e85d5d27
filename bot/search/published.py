"""Which publisher a question means, and where an article names its own; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.models import Span
from bot.models.place import trimmed
from bot.normalise import words
from bot.store.retrieval import Source


def meant(typed: str, publishers: Iterable[str]) -> str | None:
    """Return the publisher whose name holds all typed words, or whose initials they are: NYT."""
    asked = _words(typed)
    found = [p for p in publishers if asked and (set(asked) <= set(_words(p)) or asked == [_initials(p)])]
    return min(found, key=lambda p: (len(_words(p)), p), default=None)


def named(source: Source) -> Span:
    """Return the words of an article that name its publisher, its title or else its first line."""
    for known in (source.publisher, source.title):
        if known and (at := source.text.rfind(known)) >= 0:
            return Span(at, at + len(known))
    start = len(source.text) - len(source.text.lstrip())
    return trimmed(source.text, Span(start, (source.text + "\n").index("\n", start)))


def _words(name: str) -> Sequence[str]:
    return [w for w in words(name) if w not in _LITTLE]


def _initials(name: str) -> str:
    return "".join(w[0] for w in _words(name))


_LITTLE = frozenset({"the", "a", "an", "of", "and"})
