"""What the port of jobs costs: CPU of this process for a job that does nothing, on each engine.

A job is put, claimed, done and accounted for. MSC_BENCH_JOBS (300) sizes the run.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import asyncpg

from bot import log
from bot.jobs import Embedded, Job, JobFunction, Jobs
from bot.jobs.distributed import distributed
from bot.store import Database
from tests._postgres import Server

JOBS = int(os.environ.get("MSC_BENCH_JOBS", "300"))
MUST = 5.0  # milliseconds of CPU a job


def run() -> None:
    """Print the figures of both engines."""
    log.configure("error")
    server = Server()
    try:
        asyncio.run(_both(server))
    finally:
        server.remove()


async def _both(server: Server) -> None:
    connection = await asyncpg.connect(host=str(server.home), user="postgres", database="postgres")
    await connection.execute("CREATE DATABASE jobs")
    await connection.close()
    print(f"{JOBS} jobs that do nothing{'CPU ms a job':>20}{'must':>6}{'wall ms':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for name, url in (
            ("embedded, SQLite", f"sqlite+aiosqlite:///{folder}/msc.db"),
            ("procrastinate, PostgreSQL", server.url("jobs")),
        ):
            cpu, wall = await _measured(url)
            print(
                f"{name:28}{cpu:12.2f}{MUST:6.0f}{wall:9.1f}{'' if cpu <= MUST else '   NOT met'}", flush=True
            )


async def _measured(url: str) -> tuple[float, float]:
    left, empty = JOBS, asyncio.Event()

    async def nothing(job: Job) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            empty.set()

    db = await Database.open(url)
    try:
        async with _engine(db, url, {"nothing": nothing}) as engine:
            stop = asyncio.Event()
            working = asyncio.create_task(engine.run(stop))
            await asyncio.sleep(1)  # the engine stands
            cpu, wall = time.process_time(), time.perf_counter()
            for _ in range(JOBS):
                await engine.put("W1", "nothing", {})
            await empty.wait()
            spent = time.process_time() - cpu, time.perf_counter() - wall
            stop.set()
            await working
    finally:
        await db.close()
    return spent[0] / JOBS * 1000, spent[1] / JOBS * 1000


@asynccontextmanager
async def _engine(db: Database, url: str, functions: Mapping[str, JobFunction]) -> AsyncIterator[Jobs]:
    if db.dialect == "sqlite":
        yield Embedded(db, functions)
        return
    async with distributed(db, url.replace("+asyncpg", ""), functions) as engine:
        yield engine
