"""The checks of /readyz over the database, and the figures of /metrics that come out of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from datetime import UTC, datetime

from prometheus_client import Gauge

from bot import metrics
from bot.errors import StoreError
from bot.store import Database, backlog, queue
from handlers.web.health import Check, Refresh

_FRESH = 5.0  # seconds: several scrapers cost the database one look


def checks(db: Database, stop: asyncio.Event, *, queue_limit: float | None) -> dict[str, Check]:
    """Return the checks of a process: the database answers, its schema fits, the queue moves, it stays.

    `queue_limit` is for how many seconds a due job may wait; None for a process that does no jobs: taking
    the web door away would not bring them forward.
    """

    async def database() -> str | None:
        try:
            found, needed = await backlog.schema(db)
        except StoreError:
            metrics.DATABASE_UP.set(0)
            raise
        metrics.DATABASE_UP.set(1)
        return None if found == needed else f"its schema is {found}, this version needs {needed}"

    async def moving() -> str | None:
        waited = (await queue.depth(db, datetime.now(UTC))).oldest.total_seconds()
        if queue_limit is None or waited <= queue_limit:
            return None
        return f"the oldest due job has waited {waited:.0f} s, more than {queue_limit:g} s"

    async def process() -> str | None:
        return "this process is about to end" if stop.is_set() else None

    looked: dict[str, Check] = {"database": database, "process": process}
    return looked if queue_limit is None else looked | {"queue": moving}


def refresher(db: Database) -> Refresh:
    """Return what brings the gauges over the database up to date, at most every few seconds."""
    looked = -_FRESH

    async def refresh() -> None:
        nonlocal looked
        if time.monotonic() - looked < _FRESH:
            return
        metrics.DATABASE_UP.set(0)  # unless it answers now, in time
        try:
            found = await backlog.measure(db, datetime.now(UTC))
        except StoreError:
            return
        looked = time.monotonic()
        metrics.DATABASE_UP.set(1)
        _set(metrics.JOBS, found.jobs)
        _set(metrics.OUTBOX, found.outbox)
        metrics.QUEUE_AGE.set(found.queue_age)
        metrics.OUTBOX_AGE.set(found.outbox_age)

    return refresh


def _set(gauge: Gauge, counts: Mapping[str, int]) -> None:
    for state, count in counts.items():
        gauge.labels(state).set(count)
