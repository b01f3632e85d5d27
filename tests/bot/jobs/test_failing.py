"""Jobs that fail: tried again after rests, set aside with the reason, revived; on every engine."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from bot.jobs import Job, Poison, Policy
from bot.store import jobs, queue
from tests.bot.jobs._bench import Bench, Notes, fails


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


async def test_what_was_set_aside_is_listed_over_all_workspaces(bench: Bench) -> None:
    for workspace in ("W1", "W2"):
        await bench.put(workspace=workspace)
        job = await bench.claim()
        assert job is not None
        await jobs.fail(bench.db, job, f"no {workspace}", again=None, now=bench.clock())

    assert [j.last_error for j in await queue.set_aside(bench.db)] == ["no W2", "no W1"]


def test_rests_double_up_to_the_longest() -> None:
    policy = Policy(first_rest=timedelta(seconds=2), longest_rest=timedelta(seconds=60))
    assert [policy.rest(n).total_seconds() for n in (1, 2, 3, 5, 6, 1000)] == [2, 4, 8, 32, 60, 60]


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
