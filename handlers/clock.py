"""The clock: looks once a second what is due, and lets it be made and posted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

from bot import metrics
from bot.digest import editions, follow, outbox, trouble
from bot.errors import MscError
from bot.models import Poster
from bot.services import Services
from bot.store.outbox import Attempt
from bot.store.settling import settle

LOOK = 1.0  # seconds between two looks at the outbox: a channel gets a message a second
_DUE = timedelta(seconds=20)  # between two looks at schedules and at what dead processes left

_HOUR = timedelta(hours=1)  # between two looks at what followers wait for, and at the index's pieces

_log = logging.getLogger(__name__)


def now() -> datetime:
    """Return the moment."""
    return datetime.now(UTC)


@asynccontextmanager
async def ticking(services: Services, poster: Poster) -> AsyncIterator[None]:
    """Keep the clock running; at the end the message that is being posted is finished."""
    over = asyncio.Event()
    task = asyncio.create_task(_run(services, poster, over))
    try:
        yield
    finally:
        over.set()
        await task


async def _run(services: Services, poster: Poster, over: asyncio.Event) -> None:
    looked = hourly = datetime.min.replace(tzinfo=UTC)
    while not over.is_set():
        moment = now()
        everything = not looked <= moment < looked + _DUE
        looked = moment if everything else looked
        try:
            await tick(services, poster, everything=everything)
            if not hourly <= moment < hourly + _HOUR:
                hourly = moment
                await settle(services.db)
                await follow.notes(services.db, services.reference, moment)
        except MscError as error:
            _log.warning("the clock goes on: %s", error)
        except Exception:  # noqa: BLE001  a door: one broken digest must not stop all others
            _log.exception("the clock goes on after a mistake of ours")
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), LOOK)


async def tick(services: Services, poster: Poster, *, everything: bool = True) -> None:
    """Make what is due, mend what was left (if `everything`), and post what may be posted now."""

    async def told(attempt: Attempt, code: str) -> None:
        await trouble.tell(services.db, poster, attempt, code)

    metrics.TICKED.set_to_current_time()
    if everything:
        await outbox.mend(services.db, poster, now, told)
        await editions.begin(services.db, services.reference, now())
    while await outbox.deliver(services.db, poster, now, told):
        pass
