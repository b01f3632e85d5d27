"""What whoever puts or does jobs may rely on: the same tests on every engine and database, without a skip."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.jobs import Job
from bot.store import jobs, queue
from tests.bot.jobs._bench import QUICK, Bench, Notes


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
