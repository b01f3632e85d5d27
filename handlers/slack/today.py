"""The themes of the day in an App Home, remembered for some minutes: they take longer than all the rest."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.digest import compose
from bot.digest.compose import Period
from bot.digest.editions import zone_or_utc
from bot.models import Asker, Digest
from bot.services import Services
from bot.store import days

_KEEP = 300.0  # seconds
_MOST = 1_000


class Today:
    """A small memory of the newest day's themes, by workspace and time zone."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, date], tuple[float, Digest]] = {}

    async def of(self, services: Services, asker: Asker) -> Digest:
        """Return the themes of today where the asker is, or of the last day that has articles."""
        where = ZoneInfo(zone_or_utc(asker.timezone))
        today = datetime.now(UTC).astimezone(where).date()
        key = (asker.workspace, where.key, today)
        known = self._known.get(key)
        if known and time.monotonic() - known[0] < _KEEP:
            return known[1]
        day = await days.newest(services.db, asker.workspace, today) or today
        found = await compose.of_period(
            services.db, asker.workspace, services.reference, Period(day, day, where)
        )
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[key] = (time.monotonic(), found)
        return found

    def forget(self, workspace: str) -> None:
        """Let the next one who opens the home see what came in."""
        for key in [key for key in self._known if key[0] == workspace]:
            del self._known[key]
