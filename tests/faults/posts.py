"""Digests posted while processes crash, connections reset and workers freeze: never twice, never lost unsaid.

Each run puts three messages into a real SQLite outbox; workers post them to a channel that keeps what it
accepts, with faults by a seeded die. A crash leaves its attempt as it stood; a frozen worker wakes up after
another took its work.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.digest.outbox import deliver, mend
from bot.errors import PostFailed, PostUnknown
from bot.models import Picture
from bot.store import Database, outbox
from bot.store.outbox import Attempt

RUNS = 200
_MESSAGES = 3
_START = datetime(2026, 2, 14, 8, tzinfo=UTC)


class Crash(BaseException):
    """The process ends here."""


@dataclass
class Channel:
    """A channel that accepts messages and misbehaves by its die; `history` says whether it can be read."""

    die: random.Random
    history: bool
    accepted: list[str] = field(default_factory=list)
    trouble: float = 0.35

    async def post(
        self, workspace: str, channel: str, text: str, blocks: list[dict[str, Any]], *,
        thread: str | None = None, run_id: str | None = None,
    ) -> str:  # fmt: skip
        """Accept the message, or go wrong before or after."""
        fault = self.die.choice(
            ["crash before", "crash after", "reset after", "reset before", "429", "500", "html"]
            if self.die.random() < self.trouble
            else ["none"]
        )
        if fault == "crash before":
            raise Crash
        if fault == "reset before":
            raise PostUnknown("connection_reset")
        if fault == "429":
            raise PostFailed("ratelimited", 5.0)
        if fault in {"500", "html"} and self.die.random() < 0.5:
            raise PostUnknown("http_500")
        assert run_id is not None
        self.accepted.append(run_id)
        if fault == "crash after":
            raise Crash
        if fault in {"reset after", "500", "html"}:
            raise PostUnknown("connection_reset")
        return f"1771056000.{len(self.accepted):06d}"

    async def upload(
        self, workspace: str, channel: str, picture: Picture, *, run_id: str, thread: str | None = None
    ) -> str:
        """Take a picture as a message is taken."""
        return await self.post(workspace, channel, picture.alt, [], thread=thread, run_id=run_id)

    async def find(
        self, workspace: str, channel: str, run_id: str, since: datetime, thread: str | None = None
    ) -> str | None:
        """Look the message up, where the history may be read."""
        if not self.history:
            raise PostFailed("missing_scope")
        if run_id in self.accepted:
            return f"1771056000.{self.accepted.index(run_id) + 1:06d}"
        return None


@dataclass
class Outcome:
    """What became of the messages of all runs."""

    runs: int = 0
    twice: int = 0
    lost: int = 0
    states: Counter[str] = field(default_factory=Counter)
    readable: Counter[str] = field(default_factory=Counter)  # where the channel's history can be read


async def one_run(db: Database, number: int, seed: int, outcome: Outcome) -> None:
    """Deliver three messages under faults until nothing is left to do, then look."""
    die = random.Random(seed)
    channel = Channel(die, history=die.random() < 0.7)
    now = _START + timedelta(days=number)
    name = f"run-{number}"
    messages = [{"text": f"{n}", "blocks": []} for n in range(_MESSAGES)]
    await outbox.put(db, "W1", f"C{number}", name, messages, now)
    heard: list[str] = []

    async def told(attempt: Attempt, code: str) -> None:
        heard.append(code)

    for _ in range(400):
        now += timedelta(seconds=die.choice([1, 2, 40, 150]))
        await _step(db, channel, die, now, told)
        states = await states_of(db, name)
        if not states.keys() & {"rendered", "sending"}:
            break
    outcome.runs += 1
    outcome.states += states
    outcome.readable += states if channel.history else Counter()
    outcome.twice += sum(n > 1 for n in Counter(channel.accepted).values())
    missing = _MESSAGES - len(set(channel.accepted))
    outcome.lost += max(0, missing - states["unknown"] - states["failed"])


async def _step(db: Database, channel: Channel, die: random.Random, now: datetime, told: Any) -> None:
    """Let two workers look at once; one of them may freeze before it posts, and wake up late."""
    frozen = die.random() < 0.15

    async def worker(freezes: bool) -> None:
        looks = iter([now, now])

        def clock() -> datetime:
            return next(looks, now)

        try:
            if freezes:
                attempt = await outbox.take(db, now)
                later = now + outbox.LEASE + timedelta(seconds=1)
                await mend(db, channel, lambda: later, told)
                if attempt and await outbox.still_ours(db, attempt):
                    await channel.post("W1", attempt.channel, attempt.text, [], run_id=attempt.mark)
                return
            await deliver(db, channel, clock, told)
        except Crash:
            return

    await asyncio.gather(worker(frozen), worker(False))
    if die.random() < 0.5:
        await _without_crash(mend(db, channel, lambda: now, told))


async def _without_crash(work: Any) -> None:
    try:
        await work
    except Crash:
        return


async def states_of(db: Database, run: str) -> Counter[str]:
    """Return the states of a run's messages."""
    async with db.read() as connection:
        rows = await connection.exec_driver_sql(f"SELECT state FROM outbox WHERE run = '{run}'")
        return Counter(state for (state,) in rows)


async def simulate(runs: int, folder: Path) -> Outcome:
    """Run the simulation over a database file of its own."""
    outcome = Outcome()
    db = await Database.open(f"sqlite+aiosqlite:///{folder / 'msc.db'}")
    try:
        for number in range(runs):
            await one_run(db, number, number, outcome)
    finally:
        await db.close()
    return outcome


def run() -> None:
    """Print what became of 200 runs."""
    with tempfile.TemporaryDirectory() as folder:
        got = asyncio.run(simulate(RUNS, Path(folder)))
    print(f"posts: {got.runs} runs, twice {got.twice}, lost unsaid {got.lost}")
    print(f"  with the channel's history: {dict(got.readable)}; without: {dict(got.states - got.readable)}")
    assert got.readable["unknown"] == 0  # doubt is settled wherever it can be
    assert got.twice == 0
    assert got.lost == 0
