"""What whoever puts or does jobs may rely on: the same tests on every engine and database, without a skip."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from bot.errors import StoreError
from bot.jobs import Embedded, Job, JobFunction, Jobs, Poison, Policy
from bot.jobs.distributed import distributed
from bot.store import Database, jobs, queue
from tests._postgres import Server

QUICK = Policy(lease=timedelta(seconds=30), attempts=3, first_rest=timedelta(seconds=10), workers=2)
LEASE = timedelta(seconds=30)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 2, 14, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def move(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


class Bench:
    """A database, a clock, and engines over them."""

    def __init__(self, db: Database, clock: Clock, engine: str) -> None:
        self.db, self.clock, self.engine = db, clock, engine

    @asynccontextmanager
    async def made(self, functions: Mapping[str, JobFunction], policy: Policy) -> AsyncIterator[Jobs]:
        if self.engine == "embedded":
            yield Embedded(self.db, functions, policy, self.clock)
            return
        url = make_url(str(self.db.engine.url))
        conninfo = f"host={url.query['host']} user=postgres dbname={url.database}"
        async with distributed(self.db, conninfo, functions, policy, self.clock) as engine:
            yield engine

    @asynccontextmanager
    async def running(self, policy: Policy = QUICK, **functions: JobFunction) -> AsyncIterator[Jobs]:
        """Yield an engine at work; at the end it finishes what it began."""
        async with self.made(functions, policy) as engine:
            stop = asyncio.Event()
            work = asyncio.create_task(engine.run(stop))
            try:
                yield engine
            finally:
                stop.set()
                await work

    async def put(self, kind: str = "note", workspace: str = "W1", **options: object) -> int:
        """Put a job without an engine, as a process that died right afterwards would have."""
        payload = options.pop("payload", {})
        return await jobs.put(self.db, workspace, kind, payload, self.clock(), **options)  # type: ignore[arg-type]

    async def claim(self, *kinds: str) -> Job | None:
        return await jobs.claim(self.db, kinds or ("note",), self.clock(), LEASE)

    async def state(self, job_id: int) -> jobs.JobState:
        found = await jobs.state(self.db, job_id)
        assert found is not None
        return found

    async def until(self, job_id: int, state: str, attempts: int | None = None) -> jobs.JobState:
        """Wait until a job has come to a state."""

        async def there() -> bool:
            found = await self.state(job_id)
            return found.state == state and attempts in (None, found.attempts)

        await eventually(there)
        return await self.state(job_id)


async def eventually(condition: Callable[[], Awaitable[bool]]) -> None:
    """Wait for a condition; the limit is for a broken engine, not for a slow machine."""
    async with asyncio.timeout(60):
        while not await condition():  # noqa: ASYNC110  the rows are the truth, and they send no event
            await asyncio.sleep(0.02)


@pytest.fixture(params=["embedded-sqlite", "embedded-postgresql", "distributed-postgresql"])
def engine_and_url(request: pytest.FixtureRequest) -> tuple[str, str]:
    """An engine's name with the address of an empty database for it."""
    engine, _, database = request.param.partition("-")
    return engine, request.getfixturevalue(f"migrated_{database}_url")


@pytest.fixture
async def bench(engine_and_url: tuple[str, str]) -> AsyncIterator[Bench]:
    engine, url = engine_and_url
    db = await Database.open(url)
    try:
        yield Bench(db, Clock(), engine)
    finally:
        await db.close()


class Notes(list[Job]):
    """A job function that writes down what it was given."""

    async def __call__(self, job: Job) -> None:
        self.append(job)


async def fails(job: Job) -> None:
    raise ValueError("the page is away")


async def test_a_job_is_done_with_what_it_was_given(bench: Bench) -> None:
    note = Notes()
    async with bench.running(note=note) as engine:
        job_id = await engine.put("W1", "note", {"source": "a.txt", "n": [1, None, "ü"]})
        await bench.until(job_id, jobs.DONE)

    (job,) = note
    assert (job.id, job.workspace, job.attempt) == (job_id, "W1", 1)
    assert job.payload == {"source": "a.txt", "n": [1, None, "ü"]}


async def test_a_job_put_before_any_engine_ran_is_done(bench: Bench) -> None:
    job_id = await bench.put()
    async with bench.running(note=Notes()):
        await bench.until(job_id, jobs.DONE)


async def test_many_jobs_are_each_done_once_by_two_engines(bench: Bench) -> None:
    note = Notes()
    ids = [await bench.put() for _ in range(20)]
    async with bench.running(note=note), bench.running(note=note):
        for job_id in ids:
            await bench.until(job_id, jobs.DONE)

    assert sorted(j.id for j in note) == ids


async def test_a_job_waits_until_it_is_due(bench: Bench) -> None:
    early = await bench.put(due=bench.clock() + timedelta(hours=1))
    async with bench.running(note=Notes()) as engine:
        now = await engine.put("W1", "note", {})
        await bench.until(now, jobs.DONE)
        assert (await bench.state(early)).state == jobs.WAITING
        bench.clock.move(3600)
        await engine.reconcile()
        await bench.until(early, jobs.DONE)


async def test_what_fell_due_first_is_claimed_first(bench: Bench) -> None:
    second = await bench.put(due=bench.clock() - timedelta(seconds=1))
    first = await bench.put(due=bench.clock() - timedelta(seconds=2))
    third = await bench.put()

    claimed = [await bench.claim() for _ in range(4)]
    assert [j and j.id for j in claimed] == [first, second, third, None]


async def test_a_waiting_job_is_not_put_twice_under_its_key(bench: Bench) -> None:
    first = await bench.put(key="feed 1")

    assert await bench.put(key="feed 1") == first
    assert await bench.put(key="feed 2") != first
    assert await bench.put("other", key="feed 1") != first
    assert await bench.put(workspace="W2", key="feed 1") != first
    assert await bench.put() != await bench.put()


async def test_putting_under_one_key_at_once_puts_one_job(bench: Bench) -> None:
    ids = await asyncio.gather(*(bench.put(key="feed 1") for _ in range(8)))
    assert len(set(ids)) == 1


async def test_what_changes_while_a_job_runs_is_put_again(bench: Bench) -> None:
    first = await bench.put(key="feed 1")
    assert await bench.claim()

    assert await bench.put(key="feed 1") != first


async def test_one_lock_is_held_by_one_job_at_a_time_in_order(bench: Bench) -> None:
    inside, order = [], []

    async def post(job: Job) -> None:
        inside.append(job.id)
        assert len(inside) == 1
        await asyncio.sleep(0.02)
        inside.remove(job.id)
        order.append(job.id)

    ids = [await bench.put("post", lock="channel C1") for _ in range(5)]
    async with bench.running(replace(QUICK, workers=4), post=post):
        await bench.until(ids[-1], jobs.DONE)

    assert order == ids


async def test_locks_of_other_names_and_workspaces_do_not_wait(bench: Bench) -> None:
    for workspace, lock in (("W1", "C1"), ("W1", "C2"), ("W2", "C1"), ("W1", None)):
        await bench.put(workspace=workspace, lock=lock)

    claimed = [await bench.claim() for _ in range(4)]
    assert None not in claimed


async def test_a_lock_waits_for_its_holder_even_where_it_is_silent(bench: Bench) -> None:
    first = await bench.put(lock="C1")
    second = await bench.put(lock="C1")
    assert await bench.claim()
    assert await bench.claim() is None

    bench.clock.move(31)  # the holder's lease is over: it is first again
    again = await bench.claim()
    assert again is not None
    assert (again.id, again.attempt) == (first, 2)
    await jobs.finish(bench.db, again, bench.clock())
    following = await bench.claim()
    assert following is not None
    assert following.id == second


async def test_a_failed_job_is_tried_again_after_doubled_rests(bench: Bench) -> None:
    async with bench.running(note=fails) as engine:
        job_id = await engine.put("W1", "note", {})
        first = await bench.until(job_id, jobs.WAITING, 1)
        assert first.due == bench.clock() + timedelta(seconds=10)
        assert first.last_error == "ValueError: the page is away"
        bench.clock.move(10)
        await engine.reconcile()
        second = await bench.until(job_id, jobs.WAITING, 2)
        assert second.due == bench.clock() + timedelta(seconds=20)


async def test_a_job_that_keeps_failing_is_set_aside_with_its_reason(bench: Bench) -> None:
    async with bench.running(note=fails) as engine:
        job_id = await engine.put("W1", "note", {})
        for attempt in (1, 2):
            await bench.until(job_id, jobs.WAITING, attempt)
            bench.clock.move(60)
            await engine.reconcile()
        dead = await bench.until(job_id, jobs.DEAD)

    assert dead.last_error == "ValueError: the page is away (after 3 attempts)"
    assert [j.id for j in await jobs.listing(bench.db, "W1", jobs.DEAD)] == [job_id]


async def test_poison_is_set_aside_at_once(bench: Bench) -> None:
    async def reads(job: Job) -> None:
        raise Poison("a PDF of pictures holds no text")

    async with bench.running(note=reads) as engine:
        job_id = await engine.put("W1", "note", {})
        dead = await bench.until(job_id, jobs.DEAD)

    assert (dead.attempts, dead.last_error) == (1, "a PDF of pictures holds no text")


async def test_others_go_on_beside_a_failing_job(bench: Bench) -> None:
    async with bench.running(bad=fails, note=Notes()) as engine:
        bad = await engine.put("W1", "bad", {})
        good = [await engine.put("W1", "note", {}) for _ in range(3)]
        for job_id in good:
            await bench.until(job_id, jobs.DONE)
        await bench.until(bad, jobs.WAITING, 1)


async def test_a_dead_job_may_be_revived_by_its_own_workspace(bench: Bench) -> None:
    job_id = await bench.put()
    job = await bench.claim()
    assert job is not None
    await jobs.fail(bench.db, job, "no", again=None, now=bench.clock())

    assert not await jobs.revive(bench.db, "W2", job_id, bench.clock())
    assert await jobs.revive(bench.db, "W1", job_id, bench.clock())
    async with bench.running(note=Notes()):
        await bench.until(job_id, jobs.DONE)


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


async def test_a_kind_that_nobody_here_knows_is_left_for_others(bench: Bench) -> None:
    unknown = await bench.put("digest")
    async with bench.running(note=Notes()) as engine:
        known = await engine.put("W1", "note", {})
        await bench.until(known, jobs.DONE)
    assert (await bench.state(unknown)).state == jobs.WAITING


async def test_reconcile_counts_what_is_due_and_not_being_done(bench: Bench) -> None:
    await bench.put()
    await bench.put(due=bench.clock() + timedelta(hours=1))
    async with bench.made({"note": Notes()}, QUICK) as engine:
        assert await engine.reconcile() == 1
        assert await engine.reconcile() == 1  # again and again: nothing is doubled
        assert await bench.claim()
        assert await engine.reconcile() == 0
        bench.clock.move(31)
        assert await engine.reconcile() == 1


async def test_jobs_are_listed_for_their_workspace_alone(bench: Bench) -> None:
    mine, theirs = await bench.put(), await bench.put(workspace="W2")

    assert [j.id for j in await jobs.listing(bench.db, "W1")] == [mine]
    assert [j.id for j in await jobs.listing(bench.db, "W2")] == [theirs]
    assert await queue.counts(bench.db) == {jobs.WAITING: 2}


async def test_the_depth_of_the_queue_is_what_is_due_and_not_being_done(bench: Bench) -> None:
    assert await queue.depth(bench.db, bench.clock()) == queue.Depth(0, timedelta())
    await bench.put()
    await bench.put(workspace="W2", due=bench.clock() + timedelta(hours=1))
    bench.clock.move(5)
    assert await queue.depth(bench.db, bench.clock()) == queue.Depth(1, timedelta(seconds=5))
    assert await bench.claim()
    assert (await queue.depth(bench.db, bench.clock())).waiting == 0


async def test_what_was_set_aside_is_listed_over_all_workspaces(bench: Bench) -> None:
    for workspace in ("W1", "W2"):
        await bench.put(workspace=workspace)
        job = await bench.claim()
        assert job is not None
        await jobs.fail(bench.db, job, f"no {workspace}", again=None, now=bench.clock())

    assert [j.last_error for j in await queue.set_aside(bench.db)] == ["no W2", "no W1"]


async def test_effects_and_job_stand_or_fall_together(bench: Bench) -> None:
    async with bench.db.write() as connection:
        await connection.execute(text("CREATE TABLE effects (job INTEGER)"))

    async def writes(job: Job) -> None:
        async with bench.db.write() as connection:
            if await jobs.hold(connection, job):
                await connection.execute(text("INSERT INTO effects VALUES (:id)"), {"id": job.id})
                if job.attempt == 1:
                    raise OSError("the disk is away")

    async with bench.running(note=writes) as engine:
        job_id = await engine.put("W1", "note", {})
        await bench.until(job_id, jobs.WAITING, 1)
        bench.clock.move(10)
        await engine.reconcile()
        await bench.until(job_id, jobs.DONE)
    async with bench.db.read() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM effects"))).scalar_one() == 1


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


def test_rests_double_up_to_the_longest() -> None:
    policy = Policy(first_rest=timedelta(seconds=2), longest_rest=timedelta(seconds=60))
    assert [policy.rest(n).total_seconds() for n in (1, 2, 3, 5, 6, 1000)] == [2, 4, 8, 32, 60, 60]
