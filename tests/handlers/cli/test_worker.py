"""A worker that is told to stop in the middle of a look gives it back, and ends in order."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from aiohttp import web

from bot.ingest import wanted
from bot.jobs.port import utc_now
from bot.store import Database, jobs, looks, sources
from tests.bot.fetch.conftest import LOOPBACK

ROOT = Path(__file__).resolve().parents[3]


async def test_sigterm_gives_an_unfinished_look_back_uncounted(
    sqlite_database: Database, tmp_path: Path
) -> None:
    asked = asyncio.Event()

    async def never(request: web.Request) -> web.Response:
        asked.set()
        await asyncio.sleep(60)
        return web.Response()

    site = web.Application()
    site.router.add_get("/never", never)
    runner = web.AppRunner(site, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/never"
    source = await sources.add(sqlite_database, "W1", wanted.address(address, LOOPBACK), utc_now())
    async with sqlite_database.write() as connection:
        job_id = await jobs.insert_once(connection, looks.job_of(source), utc_now())

    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MSC_", "SLACK_"))}
    url = sqlite_database.engine.url.render_as_string()
    chosen = {"MSC_DATABASE_URL": url, "MSC_DATA_DIR": str(tmp_path), "MSC_FETCH_ALLOW": "127.0.0.1"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", "--role", "worker", "--port", "0",
        env=clean | chosen, cwd=ROOT, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await asyncio.wait_for(asked.wait(), 60)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 25) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        await runner.cleanup()

    state = await jobs.state(sqlite_database, job_id)
    assert state is not None
    assert (state.state, state.attempts, state.lease_until) == (jobs.WAITING, 0, None)
