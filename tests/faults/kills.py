"""Workers killed in the middle of an ingest, at random: nothing lost, nothing twice, and soon done.

Real processes (`msc serve --role worker`) read a folder of 300 articles, one process over SQLite or two over
PostgreSQL; twenty times one of them is killed with SIGKILL and begun again. Most kills come while articles
are being stored, some while a process still begins.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
from sqlalchemy import text

from bot.ingest import wanted
from bot.jobs.port import utc_now
from bot.store import Database, jobs, looks, sources
from tests._postgres import Server

ARTICLES, KILLS = 300, 20
_ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 300.0  # seconds after the last kill; the promise is 60


@dataclass(slots=True)
class Outcome:
    """What was found in the end; times in seconds."""

    kills: int = 0
    stored: int = 0
    twice: int = 0
    quoted: int = 0
    after: float = 0.0
    state: str = ""
    again: list[float] = field(default_factory=list)


def article(number: int) -> str:
    """Return one of the articles: a quotation that no other has, among ordinary sentences."""
    plain = " ".join(
        f"The ferry number {n} left quay {number} with {n + 3} crates of fish." for n in range(4)
    )
    return f"Report {number}\n\n{plain}\n\n“Quay {number} stays open,” said Mayor Ada Lind on Monday.\n"


async def simulate(
    url: str, workers: int, folder: Path, *, articles: int = ARTICLES, kills: int = KILLS, seed: int = 1
) -> Outcome:
    """Let `workers` processes read a folder of articles, kill them at random, and count what is there."""
    die, outcome = random.Random(seed), Outcome()
    news = folder / "news"
    news.mkdir()
    for number in range(articles):
        (news / f"{number:04}.txt").write_text(article(number))
    db = await Database.open(url)
    crew = Crew(url, folder, workers)
    try:
        job_id = await _put(db, news)
        await crew.begin()
        watching = asyncio.create_task(_watch(db, job_id, crew, outcome))
        while outcome.kills < kills and await _until_the_kill(db, job_id, die):
            await crew.kill_one(die)
            outcome.kills += 1
        await _until_done(db, job_id, outcome)
        watching.cancel()
        await _count(db, outcome)
    finally:
        await crew.end()
        await db.close()
    return outcome


class Crew:
    """The running workers, and when the last of them was begun."""

    def __init__(self, url: str, folder: Path, size: int) -> None:
        self.folder, self.size, self.begun = folder, size, 0.0
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("MSC_", "SLACK_"))}
        chosen = {"MSC_DATABASE_URL": url, "MSC_DATA_DIR": str(folder), "MSC_PROCESSES": "1", "MSC_PORT": "0"}
        self._environment = clean | chosen
        self._running: list[asyncio.subprocess.Process] = []

    async def begin(self) -> None:
        """Begin until there are as many as there should be."""
        while len(self._running) < self.size:
            self.begun = time.monotonic()
            with (self.folder / "log").open("ab") as log:
                process = await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "bot", "serve", "--role", "worker",
                    env=self._environment, cwd=_ROOT, stdout=log, stderr=log,
                )  # fmt: skip
            self._running.append(process)

    async def kill_one(self, die: random.Random) -> None:
        """Kill one with SIGKILL, and begin another."""
        process = self._running.pop(die.randrange(len(self._running)))
        process.kill()
        await process.wait()
        await self.begin()

    async def end(self) -> None:
        """Kill all."""
        for process in self._running:
            process.kill()
            await process.wait()


async def _put(db: Database, news: Path) -> int:
    source = await sources.add(db, "W1", wanted.on_disk(str(news)), utc_now())
    job = looks.job_of(source)
    return await jobs.put(db, job.workspace, job.kind, job.payload, utc_now(), key=job.key, lock=job.lock)


async def _until_the_kill(db: Database, job_id: int, die: random.Random) -> bool:
    """Wait for the moment of the next kill; False once everything is read."""
    before, wait = await _number(db), time.monotonic() + 60
    if die.random() < 0.75:
        while await _number(db) == before and time.monotonic() < wait:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    await asyncio.sleep(die.uniform(0, 1.5))
    state = await jobs.state(db, job_id)
    return state is not None and state.state not in {jobs.DONE, jobs.DEAD}


async def _watch(db: Database, job_id: int, crew: Crew, outcome: Outcome) -> None:
    """Note how long it takes until the job of a killed worker runs again.

    One worker: since it was begun. Several: since the dead one was last heard of, which is more than the time
    since its death.
    """
    held, heard, seen = 0, 0.0, None
    while True:
        async with db.read() as connection:
            query = text("SELECT fence, lease_until FROM jobs WHERE id = :id")
            fence, lease = (await connection.execute(query, {"id": job_id})).one()
        now = time.monotonic()
        if fence > held and held:
            outcome.again.append(now - (crew.begun if crew.size == 1 else heard))
        if lease != seen:
            heard, seen = now, lease
        held = fence
        await asyncio.sleep(0.1)


async def _until_done(db: Database, job_id: int, outcome: Outcome) -> None:
    last = time.monotonic()
    while time.monotonic() < last + _PATIENCE:
        state = await jobs.state(db, job_id)
        outcome.state = state.state if state else "gone"
        if outcome.state in {jobs.DONE, jobs.DEAD}:
            break
        await asyncio.sleep(0.1)
    outcome.after = time.monotonic() - last


async def _count(db: Database, outcome: Outcome) -> None:
    async with db.read() as connection:
        names = (await connection.execute(text("SELECT source FROM articles"))).scalars().all()
        quoted = (await connection.execute(text("SELECT article_id FROM quotations"))).scalars().all()
        links = (await connection.execute(text("SELECT article_id FROM source_articles"))).scalars().all()
    outcome.stored, outcome.quoted = len(set(names)), len(set(quoted) & set(links))
    outcome.twice = sum(n - 1 for held in (names, quoted, links) for n in Counter(held).values())


async def _number(db: Database) -> int:
    async with db.read() as connection:
        return int((await connection.execute(text("SELECT count(*) FROM articles"))).scalar_one())


def run() -> None:
    """Print what became of both modes."""
    server = Server()
    try:
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            sqlite = f"sqlite+aiosqlite:///{one}/msc.db"
            _say("embedded, SQLite, 1 worker", asyncio.run(simulate(sqlite, 1, Path(one))), 10)
            asyncio.run(_made(server))
            postgres = server.url("kills")
            _say("PostgreSQL, 2 workers", asyncio.run(simulate(postgres, 2, Path(other))), 30)
    finally:
        server.remove()


async def _made(server: Server) -> None:
    connection = await asyncpg.connect(host=str(server.home), user="postgres", database="postgres")
    await connection.execute("CREATE DATABASE kills")
    await connection.close()


def _say(mode: str, got: Outcome, limit: float) -> None:
    again = max(got.again, default=0.0)
    print(
        f"{mode}: killed {got.kills} times; {got.stored} of {ARTICLES} stored, {got.quoted} with their "
        f"quotation, twice {got.twice}; {got.state} {got.after:.1f} s after the last kill (must 60); "
        f"ran again {len(got.again)} times, at the latest after {again:.1f} s (must {limit:.0f})",
        flush=True,
    )
    assert (got.stored, got.quoted, got.twice, got.state) == (ARTICLES, ARTICLES, 0, jobs.DONE)
    if got.after > 60 or again > limit:
        print(f"  NOT within the promised time (load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)")
