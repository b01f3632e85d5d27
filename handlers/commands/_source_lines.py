"""How a source is told in one line: what it is, how often it is looked at, and how the last look ended."""

from __future__ import annotations

from datetime import timedelta

from bot.models import Phrase, Reason
from bot.store.sources import PAUSED, Looked, StoredSource


def how_often(interval: timedelta) -> Phrase:
    """Return an interval in the largest unit that fits."""
    seconds = int(interval.total_seconds())
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= size and seconds % size == 0:
            return Phrase(f"commands.every_{unit}", {"count": seconds // size})
    return Phrase("commands.every_seconds", {"count": seconds})


def line(source: StoredSource) -> Phrase:
    """Return the line of a source."""
    values = {
        "id": str(source.id),
        "name": source.title or source.place,
        "kind": Phrase(f"commands.kind_{source.kind}"),
        "articles": source.articles,
        "watched": _watched(source),
        "last": _last(source),
    }
    return Phrase("commands.source_line", values)


def _watched(source: StoredSource) -> Phrase:
    if source.state == PAUSED:
        return Phrase("commands.paused")
    return how_often(source.interval) if source.interval else Phrase("commands.read_once")


def _last(source: StoredSource) -> Phrase:
    if source.error:
        return Phrase(
            "commands.last_failed", {"reason": Reason(source.error), "at": source.looked or source.added}
        )
    if source.looked is None:
        return Phrase("commands.last_never")
    found = source.result or Looked()
    numbers = {"new": found.new, "replaced": found.replaced, "failed": found.failed}
    key = "commands.last_result" if any(numbers.values()) else "commands.last_same"
    return Phrase(key, numbers | {"at": source.looked})
