"""What whoever puts or does jobs may rely on, whichever engine runs them.

At least once: a job is done again when its worker dies, so job functions are idempotent, and write their
effects in one transaction that first asks `bot.store.jobs.hold`. Rows are the truth; an engine only says
when to look at them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from bot.store.jobs import Job

__all__ = ["Job", "JobFunction", "Jobs", "Poison", "Policy"]

JobFunction = Callable[[Job], Awaitable[None]]


class Poison(Exception):
    """This job can never succeed; it is set aside with the reason and not tried again."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How long a worker may be silent, how often a job is tried, and how long it rests in between."""

    lease: timedelta = timedelta(seconds=5)
    attempts: int = 5
    first_rest: timedelta = timedelta(seconds=5)
    longest_rest: timedelta = timedelta(minutes=15)
    reconcile_every: timedelta = timedelta(seconds=10)  # so a killed worker's job runs again within 20
    grace: timedelta = timedelta(seconds=5)  # for what is begun when a process is told to stop
    workers: int = 2

    def rest(self, attempt: int) -> timedelta:
        """Return the pause after the attempt with this number: doubled each time, up to the longest."""
        doubled: timedelta = self.first_rest * 2 ** min(attempt - 1, 30)
        return min(doubled, self.longest_rest)


def utc_now() -> datetime:
    """Return the time, aware."""
    return datetime.now(UTC)


class Jobs(Protocol):
    """An engine that does jobs."""

    async def put(
        self,
        workspace: str,
        kind: str,
        payload: Mapping[str, Any],
        *,
        key: str | None = None,
        lock: str | None = None,
        due: datetime | None = None,
    ) -> int:
        """Commit a job and return its id; one that waits under the same `key` is not put twice.

        Jobs of a workspace with the same `lock` run one at a time, in the order in which they fell due.
        """
        ...

    async def run(self, stop: asyncio.Event) -> None:
        """Do jobs until `stop` is set; then finish what is begun, or give it back, and return."""
        ...

    async def reconcile(self) -> int:
        """See to it that everything due and not being done will be done; returns how many jobs that were."""
        ...
