"""How fast a long run goes and when it will be done; from what was done in the last half minute."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

WINDOW = 30.0  # seconds that the rate looks back on
_EVERY = 0.5  # seconds between two samples


class Pace:
    """Counts what is done; `total` is None where nobody knows how much there is."""

    def __init__(self, total: int | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.total = total
        self.count = 0
        self._clock = clock
        self._samples: deque[tuple[float, int]] = deque([(clock(), 0)])

    def step(self) -> None:
        """Count one more."""
        self.count += 1
        now = self._clock()
        if now - self._samples[-1][0] >= _EVERY:
            self._samples.append((now, self.count))
        while len(self._samples) > 2 and now - self._samples[1][0] > WINDOW:
            self._samples.popleft()

    @property
    def rate(self) -> float:
        """How many are done in a second; 0 as long as that can't be told."""
        since, before = self._samples[0]
        took = self._clock() - since
        return (self.count - before) / took if took >= _EVERY else 0.0

    @property
    def remaining(self) -> float | None:
        """Seconds until all is done, None where that can't be told."""
        if self.total is None or not self.rate:
            return None
        return max(0, self.total - self.count) / self.rate

    def told(self, now: datetime | None = None) -> str:
        """Return a line such as `1,200 of 100,000, 12.3 a second, done at 14:05 (in 2 h 14 min)`."""
        parts = [f"{self.count:,} of {self.total:,}" if self.total else f"{self.count:,}"]
        if self.rate:
            parts.append(f"{self.rate:,.1f} a second")
        if (left := self.remaining) is not None:
            parts.append(_ends(now or datetime.now().astimezone(), timedelta(seconds=left)))
        return ", ".join(parts)


def _ends(now: datetime, left: timedelta) -> str:
    end = now + left
    when = f"{end:%H:%M}" if end.date() == now.date() else f"{end:%a %d %b %H:%M}"
    hours, minutes = divmod(round(left.total_seconds() / 60), 60)
    if left < timedelta(seconds=90):
        return f"done at {when} (in {left.total_seconds():.0f} s)"
    return f"done at {when} (in {f'{hours} h ' if hours else ''}{minutes} min)"
