"""Work that goes on after the acknowledgement: kept, counted, and finished before the process ends.

Bolt's own listeners would be untracked tasks, lost at SIGTERM (measured); these are waited for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

GRACE = 12.0  # seconds that a stopping process gives to answers it has begun


class Tasks:
    """The running tasks of a process."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin the work now, without waiting for it."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def __len__(self) -> int:
        return len(self._running)

    async def finish(self, within: float = GRACE) -> int:
        """Wait for everything that runs, also for what it begins; return how much had to be given up."""
        try:
            async with asyncio.timeout(within):
                while self._running:
                    await asyncio.wait(self._running)
        except TimeoutError:
            for task in self._running:
                task.cancel()
        return len(self._running)
