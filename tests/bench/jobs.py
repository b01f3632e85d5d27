"""What the port of jobs costs: CPU of this process for a job that does nothing, on each engine.

A job is put, claimed, done and accounted for. Beside procrastinate with our rows stands procrastinate alone,
which defers and does as many tasks: the difference is the port's. MSC_BENCH_JOBS (300) sizes a run.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import asyncpg
import procrastinate

from bot import log
from bot.jobs import Embedded, Job, JobFunction, Jobs
from bot.jobs.distributed import distributed
from bot.store import Database
from tests._postgres import Server
from tests.bench import _musts

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
    print(f"{JOBS} jobs that do nothing{'CPU ms a job':>20}{'wall ms':>9}")
    with tempfile.TemporaryDirectory() as folder:
        embedded = await _line("embedded, SQLite", _measured(f"sqlite+aiosqlite:///{folder}/msc.db"))
    ours = await _line("procrastinate, PostgreSQL", _measured(server.url("jobs")))
    bare = await _line("procrastinate alone", _bare(server.url("jobs")))
    _musts.at_most("the port's CPU, embedded, ms a job", embedded, MUST)
    _musts.at_most("the port's CPU, over procrastinate alone, ms a job", ours - bare, MUST)


async def _line(name: str, measuring: Coroutine[None, None, tuple[float, float]]) -> float:
    cpu, wall = await measuring
    print(f"{name:28}{cpu:12.2f}{wall:9.1f}", flush=True)
    return cpu


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
            spent = await _spent(lambda: engine.put("W1", "nothing", {}), empty)
            stop.set()
            await working
    finally:
        await db.close()
    return spent


async def _bare(url: str) -> tuple[float, float]:
    """Measure what procrastinate itself does for as many tasks."""
    left, empty = JOBS, asyncio.Event()
    connector = procrastinate.PsycopgConnector(conninfo=url.replace("+asyncpg", ""))
    app = procrastinate.App(connector=connector)

    @app.task(name="nothing", queue="bare")
    async def nothing(job_id: int) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            empty.set()

    async with app.open_async():
        options: dict[str, Any] = {"install_signal_handlers": False, "delete_jobs": "always"}
        worker = asyncio.create_task(app.run_worker_async(queues=["bare"], concurrency=2, **options))
        numbers = count()

        def defer() -> Awaitable[object]:
            number = next(numbers)
            return nothing.configure(queueing_lock=f"{number}").defer_async(job_id=number)

        spent = await _spent(defer, empty)
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
    return spent


async def _spent(put: Callable[[], Awaitable[object]], empty: asyncio.Event) -> tuple[float, float]:
    """Put jobs until all are done; return CPU and wall milliseconds of a job."""
    await asyncio.sleep(1)  # the engine stands
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(JOBS):
        await put()
    await empty.wait()
    return (time.process_time() - cpu) / JOBS * 1000, (time.perf_counter() - wall) / JOBS * 1000


@asynccontextmanager
async def _engine(db: Database, url: str, functions: Mapping[str, JobFunction]) -> AsyncIterator[Jobs]:
    if db.dialect == "sqlite":
        yield Embedded(db, functions)
        return
    async with distributed(db, url.replace("+asyncpg", ""), functions) as engine:
        yield engine
