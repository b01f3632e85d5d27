"""Every migration down and up again over 100,000 quotations, on SQLite and on PostgreSQL.

Each step is taken as `msc migrate` takes it. At every step the articles and quotations are as many as before,
and in the end they are the same ones. `MSC_FAULTS_ROWS` sets another number of rows.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from sqlalchemy import text

from bot.store import Database, articles, migrate, move
from bot.store.database import brief_engine, parse
from tests._postgres import Server, create
from tests.bench._articles import made
from tests.bench._corpus import base, grow

ROWS, EACH = int(os.environ.get("MSC_FAULTS_ROWS", "100000")), 50


def run() -> None:
    """Print how long the steps took on each database; raise where a row is missing."""
    server = Server()
    with tempfile.TemporaryDirectory(prefix="msc-migrations-") as folder:
        sqlite = f"sqlite+aiosqlite:///{Path(folder) / 'msc.db'}"
        try:
            asyncio.run(create(server, "msc"))
            asyncio.run(_fill(sqlite, server.url("msc")))
            for name, url in (("SQLite", sqlite), ("PostgreSQL", server.url("msc"))):
                asyncio.run(_down_and_up(name, url))
        finally:
            server.remove()


async def _fill(first: str, second: str) -> None:
    rows = grow(base(), seed=11)
    old, new = await Database.open(first), await Database.open(second)
    for number in range(ROWS // EACH):
        await articles.save(old, "W1", *made(number, list(islice(rows, EACH))))
    await move.move(old, new)
    await old.close()
    await new.close()


async def _down_and_up(name: str, url: str) -> None:
    before = await _held(url)
    started = time.perf_counter()
    slowest = 0.0
    for revision in list(reversed(migrate.revisions()))[1:]:
        slowest = max(slowest, await _step(url, revision))
        if revision != "0001":
            await _same(url, before[:2])
    down = time.perf_counter() - started
    started = time.perf_counter()
    for revision in migrate.revisions()[1:]:
        slowest = max(slowest, await _step(url, revision))
    up = time.perf_counter() - started
    await _same(url, before)
    print(
        f"migrations on {name}: {before[1]:,} quotations in {before[0]:,} articles, "
        f"{len(migrate.revisions())} revisions down {down:.1f} s, up {up:.1f} s, slowest step {slowest:.1f} s"
    )


async def _step(url: str, revision: str) -> float:
    started = time.perf_counter()
    async with brief_engine(parse(url), foreign_keys=False) as engine, engine.connect() as connection:
        await connection.execution_options(msc_write=True)
        async with connection.begin():
            await connection.run_sync(migrate.to, revision)
    return time.perf_counter() - started


async def _same(url: str, before: Sequence[object]) -> None:
    found = (await _held(url))[: len(before)]
    assert found == tuple(before), (found, before)


async def _held(url: str) -> tuple[int, int, str]:
    """Return how many articles and quotations there are, and a mark of the quotations themselves."""
    async with brief_engine(parse(url)) as engine, engine.connect() as connection:
        counts = [
            int((await connection.execute(text(f"SELECT count(*) FROM {name}"))).scalar_one())
            for name in ("articles", "quotations")
        ]
        sums = "SELECT sum(id), sum(article_id), sum(position), sum(length(speaker)) FROM quotations"
        mark = (await connection.execute(text(sums))).one()
    return counts[0], counts[1], ",".join(str(int(n)) for n in mark)
