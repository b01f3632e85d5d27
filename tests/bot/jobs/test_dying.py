"""Workers that are killed, frozen, stopped or cut off lose nothing; on every engine and database."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.errors import StoreError
from bot.jobs import Job
from bot.store import jobs
from tests._postgres import Server
from tests.bot.jobs._bench import LEASE, QUICK, Bench, Notes, eventually


async def test_the_job_of_a_dead_worker_is_done_again(bench: Bench) -> None:
    job_id = await bench.put()
    assert await bench.claim()  # and then its worker is killed
    assert await bench.claim() is None

    bench.clock.move(31)
    note = Notes()
    async with bench.running(note=note):
        await bench.until(job_id, jobs.DONE)
    assert [(j.id, j.attempt) for j in note] == [(job_id, 2)]


async def test_a_job_that_kills_its_workers_is_set_aside(bench: Bench) -> None:
    job_id = await bench.put()
    for _ in range(3):
        assert await bench.claim()
        bench.clock.move(31)

    note = Notes()
    async with bench.running(note=note):
        dead = await bench.until(job_id, jobs.DEAD)
    assert dead.last_error == "its worker died or was stopped 3 times"
    assert note == []


async def test_a_frozen_worker_that_wakes_up_changes_nothing(bench: Bench) -> None:
    job_id = await bench.put()
    frozen = await bench.claim()
    assert frozen is not None
    bench.clock.move(31)
    other = await bench.claim()
    assert other is not None
    assert other.fence > frozen.fence

    assert not await jobs.finish(bench.db, frozen, bench.clock())
    assert not await jobs.fail(bench.db, frozen, "late", again=None, now=bench.clock())
    assert not await jobs.extend(bench.db, frozen, bench.clock() + LEASE)
    assert not await jobs.release(bench.db, frozen, bench.clock())
    async with bench.db.write() as connection:
        assert not await jobs.hold(connection, frozen)
        assert await jobs.hold(connection, other)
    assert (await bench.state(job_id)).state == jobs.RUNNING
    assert await jobs.finish(bench.db, other, bench.clock())
    assert not await jobs.finish(bench.db, other, bench.clock())


async def test_a_long_job_keeps_its_lease(bench: Bench) -> None:
    begun, end = asyncio.Event(), asyncio.Event()

    async def reads(job: Job) -> None:
        begun.set()
        await end.wait()

    policy = replace(QUICK, lease=timedelta(seconds=0.3))
    async with bench.running(policy, note=reads) as engine:
        job_id = await engine.put("W1", "note", {})
        await begun.wait()
        first = (await bench.state(job_id)).lease_until
        bench.clock.move(0.2)

        async def longer() -> bool:
            now = (await bench.state(job_id)).lease_until
            return now is not None and first is not None and now > first

        await eventually(longer)
        end.set()
        await bench.until(job_id, jobs.DONE, 1)


async def test_a_stopped_engine_finishes_what_it_began_and_begins_nothing(bench: Bench) -> None:
    begun, end, done = asyncio.Event(), asyncio.Event(), Notes()

    async def reads(job: Job) -> None:
        begun.set()
        await end.wait()
        done.append(job)

    first, second = await bench.put(), await bench.put(lock="x")
    async with bench.made({"note": reads}, replace(QUICK, workers=1)) as engine:
        stop = asyncio.Event()
        work = asyncio.create_task(engine.run(stop))
        await engine.reconcile()
        await begun.wait()
        stop.set()
        await asyncio.sleep(0)
        end.set()
        await work

    assert [j.id for j in done] == [first]
    assert (await bench.state(first)).state == jobs.DONE
    assert (await bench.state(second)).state == jobs.WAITING


async def test_a_job_that_is_cut_off_is_given_back_uncounted(bench: Bench) -> None:
    job_id = await bench.put()
    job = await bench.claim()
    assert job is not None

    assert await jobs.release(bench.db, job, bench.clock())

    given_back = await bench.state(job_id)
    assert (given_back.state, given_back.attempts, given_back.lease_until) == (jobs.WAITING, 0, None)


async def test_jobs_go_on_after_the_database_was_away(
    bench: Bench, postgres_server: Server, engine_and_url: tuple[str, str]
) -> None:
    async with bench.running(note=Notes()) as engine:
        await bench.until(await engine.put("W1", "note", {}), jobs.DONE)
        if "postgresql" in engine_and_url[1]:
            await asyncio.to_thread(postgres_server.stop)
            await asyncio.to_thread(postgres_server.start)
        else:  # a file has no server that could stop: its connections are cut
            await bench.db.engine.dispose()

        async def put() -> bool:
            with suppress(StoreError):
                await bench.until(await engine.put("W1", "note", {}, key="after"), jobs.DONE)
                return True
            return False

        await eventually(put)


KILLED = """
import asyncio, os, sys
from datetime import datetime, timedelta, UTC
from bot.store import Database, jobs

async def main(url, now):
    db = await Database.open(url)
    assert await jobs.claim(db, ["note"], datetime.fromisoformat(now), timedelta(seconds=30))
    async with db.write() as connection:
        os.kill(os.getpid(), 9)

asyncio.run(main(*sys.argv[1:]))
"""


async def test_a_worker_killed_in_the_middle_loses_nothing(bench: Bench) -> None:
    job_id = await bench.put()
    url = bench.db.engine.url.render_as_string(hide_password=False)
    killed = [sys.executable, "-c", KILLED, url, bench.clock().isoformat()]
    done = await asyncio.to_thread(subprocess.run, killed, cwd=Path.cwd())
    assert done.returncode == -9
    bench.clock.move(31)

    async with bench.running(note=Notes()):
        assert (await bench.until(job_id, jobs.DONE)).attempts == 2
