"""Questions that were just answered, on their way to their askers' recent ones.

They are written together: after each write of another connection SQLite drops every page that the search
has at hand, and the next answer costs a third more CPU (measured).
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from bot.errors import StoreError
from bot.models import Asker
from bot.store import Database, asked
from bot.store.asked import Asked
from handlers.slack.tasks import Tasks

_GATHERED = 1.0  # seconds from the first question to the write


class Recent:
    """The questions that wait to be written down."""

    def __init__(self) -> None:
        self._waiting: list[Asked] = []
        self._timer: asyncio.TimerHandle | None = None

    def note(self, asker: Asker, question: str, db: Database, tasks: Tasks) -> None:
        """Write the question down within a second."""
        self._waiting.append(Asked(asker, question))
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(_GATHERED, lambda: tasks.start(self.written(db)))

    async def written(self, db: Database) -> None:
        """Write down what waits; on a full disk it is only forgotten that it was asked for."""
        if self._timer is not None:
            self._timer.cancel()
        waiting, self._waiting, self._timer = self._waiting, [], None
        if waiting:
            with suppress(StoreError):
                await asked.add(db, waiting)
