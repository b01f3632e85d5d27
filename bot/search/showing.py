"""Judged passages → what is shown of them: copies told once, paid articles last, and only then the texts.

Of a first page only its own articles are read: reading and composing all that is counted costs more than
finding it (measured).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.models import Answer, Further, Window
from bot.search.answer import compose, further, score_of
from bot.search.copies import Told, all_alike, doubtful, keys, told
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
    """The articles of one workspace, of which those that are needed are read, each once."""

    def __init__(self, reader: Reader, workspace: str, number: int) -> None:
        self._reader, self._workspace, self._number = reader, workspace, number
        self._read: dict[int, Source] = {}

    async def sources(self, ranked: Iterable[Ranked]) -> Mapping[int, Source]:
        """Return what answers show of articles, those of the passages among them."""
        wanted = {r.found.article_id for r in ranked} - self._read.keys()
        if wanted:
            self._read |= await retrieval.sources(self._reader, self._workspace, wanted)
        return self._read

    async def told(self, *lists: Sequence[Ranked]) -> list[list[Told]]:
        """Return the passages of each list in their order, one for each set of words."""
        alike = [keys(ranked, self._number) for ranked in lists]
        open_ = [r for ranked, key in zip(lists, alike, strict=True) for r in doubtful(ranked, key)]
        sources = await self.sources(open_)
        return [told(ranked, key, sources) for ranked, key in zip(lists, alike, strict=True)]

    async def composed(self, ranked: Sequence[Ranked]) -> tuple[Answer, ...]:
        """Return the passages as answers."""
        return compose((await self.told(ranked))[0], await self.sources(ranked))

    async def holds_more(self, ranked: Sequence[Ranked], shown: int) -> bool:
        """Say whether the passages beyond those that are shown are more than copies of them."""
        first, rest = ranked[:SHOWN], ranked[SHOWN:]
        if not rest or not all_alike(rest, first, self._number):
            return bool(rest)
        return len((await self.told(ranked))[0]) > shown

    async def paid_last(self, found: Sequence[Told]) -> list[Told]:
        """A paid article comes after what answers as well, not after what answers worse."""
        ids = {f.ranked.found.article_id for f in found}
        paid = await retrieval.sponsored(self._reader, self._workspace, ids) if ids else frozenset()
        if not paid:
            return list(found)
        return sorted(found, key=lambda f: _PAID * (f.ranked.found.article_id in paid) - score_of(f.ranked))


async def shown(shelf: Shelf, plan: Plan, judged: Judged, window: Window | None) -> Shown:
    """Return what is shown, all of it where the words decide what is said of it."""
    decides = plan.intent is Intent.WHETHER or bool(plan.question.days)
    window = _ALL if window is None or decides else window
    answers, narration = await shelf.told(judged.answers[:SHOWN], judged.narration[:SHOWN])
    if plan.intent is Intent.MENTION:
        answers = await shelf.paid_last(answers)
    nearest = [] if answers or narration else (await shelf.told(judged.nearest))[0]
    first, later = answers[: window.answers], answers[window.answers :]
    asides = narration[: window.asides]
    sources = await shelf.sources(f.ranked for f in (*first, *asides, *nearest))
    return Shown(
        compose(first, sources),
        compose(asides, sources),
        compose(nearest, sources),
        further(later),
        len(narration) - len(asides),
        await shelf.holds_more(judged.answers, len(answers)),
    )
