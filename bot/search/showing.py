"""Judged passages → what is shown of them: copies told once, paid articles last, and only then the texts.

Of a first page only its own articles are read: reading and composing all that is counted costs more than
finding it (measured).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.models import Answer, Further, Window
from bot.search.answer import compose, further, score_of
from bot.search.copies import Told, doubtful, keys, told
from bot.search.judge import Judged
from bot.search.plan import Plan
from bot.search.question import Intent
from bot.search.rank import Ranked
from bot.store import retrieval
from bot.store.reader import Reader
from bot.store.retrieval import Source

SHOWN = 25  # five pages of a message
_ALL = Window(SHOWN, SHOWN)
_PAID = 0.1


class Shown(NamedTuple):
    """What a reply holds; `further` and `asides` are what lies beyond the asker's window."""

    answers: tuple[Answer, ...]
    narration: tuple[Answer, ...]
    nearest: tuple[Answer, ...]
    further: tuple[Further, ...]
    asides: int
    more: bool  # than are counted


class Shelf:
    """The articles of one workspace, of which those that are needed are read."""

    def __init__(self, reader: Reader, workspace: str, number: int) -> None:
        self._reader, self._workspace, self._number = reader, workspace, number

    async def sources(self, ranked: Iterable[Ranked]) -> dict[int, Source]:
        """Return what answers show of the passages' articles."""
        ids = {r.found.article_id for r in ranked}
        return await retrieval.sources(self._reader, self._workspace, ids) if ids else {}

    async def told(self, ranked: Sequence[Ranked]) -> list[Told]:
        """Return the passages in their order, one for each set of words."""
        alike = keys(ranked, self._number)
        return told(ranked, alike, await self.sources(doubtful(ranked, alike)))

    async def composed(self, ranked: Sequence[Ranked]) -> tuple[Answer, ...]:
        """Return the passages as answers."""
        return compose(await self.told(ranked), await self.sources(ranked))

    async def paid_last(self, found: Sequence[Told]) -> list[Told]:
        """A paid article comes after what answers as well, not after what answers worse."""
        ids = {f.ranked.found.article_id for f in found}
        paid = await retrieval.sponsored(self._reader, self._workspace, ids) if ids else frozenset()
        return sorted(found, key=lambda f: _PAID * (f.ranked.found.article_id in paid) - score_of(f.ranked))


async def shown(shelf: Shelf, plan: Plan, judged: Judged, window: Window | None) -> Shown:
    """Return what is shown, all of it where the words decide what is said of it."""
    decides = plan.intent is Intent.WHETHER or bool(plan.question.days)
    window = _ALL if window is None or decides else window
    answers = await shelf.told(judged.answers[:SHOWN])
    if plan.intent is Intent.MENTION:
        answers = await shelf.paid_last(answers)
    narration = await shelf.told(judged.narration[:SHOWN])
    nearest = [] if answers or narration else await shelf.told(judged.nearest)
    first, later = answers[: window.answers], answers[window.answers :]
    asides = narration[: window.asides]
    sources = await shelf.sources(f.ranked for f in (*first, *asides, *nearest))
    return Shown(
        compose(first, sources),
        compose(asides, sources),
        compose(nearest, sources),
        further(later),
        len(narration) - len(asides),
        len(judged.answers) > SHOWN,
    )
