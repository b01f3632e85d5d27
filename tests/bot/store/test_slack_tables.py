"""What Slack's users leave behind, on both databases: deliveries seen, questions asked, feedback."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from bot.models import Asker, Span
from bot.store import Database, _slack_tables, asked, feedback, forget, overview, seen
from tests.bot.store._samples import article
from tests.handlers.slack import _corpus

ADA, BO = Asker("T1", "U1", "C1", "1.2"), Asker("T1", "U2", "C1", "9.9")


async def test_a_delivery_is_taken_once_however_many_come_at_once(database: Database) -> None:
    taken = await asyncio.gather(*(seen.first(database, "T1", ["event:E1", "said:C:U:1"]) for _ in range(8)))
    assert sum(taken) == 1
    assert not await seen.first(database, "T1", ["event:OTHER", "said:C:U:1"])
    assert await seen.first(database, "T2", ["event:E1"])


async def test_what_did_not_happen_may_be_tried_again(database: Database) -> None:
    await seen.first(database, "T1", ["share:1"])
    await seen.forget(database, "T2", "share:1")
    assert not await seen.first(database, "T1", ["share:1"])
    await seen.forget(database, "T1", "share:1")
    assert await seen.first(database, "T1", ["share:1"])


async def test_old_deliveries_are_swept_away(database: Database) -> None:
    now = datetime.now(UTC)
    await seen.first(database, "T1", ["old"], now - timedelta(days=3))
    await seen.first(database, "T1", ["new"], now)
    assert await seen.sweep(database, now) == 1
    assert await seen.first(database, "T1", ["old"])
    assert not await seen.first(database, "T1", ["new"])


async def test_a_user_sees_their_own_recent_questions_each_once(database: Database) -> None:
    await _corpus.save(database, "T1")
    for question in ("a", "b", "a", "c"):
        await asked.add(database, [asked.Asked(ADA, question)])
    await asked.add(database, [asked.Asked(BO, "secret")])
    assert await asked.recent(database, "T1", "U1") == ["c", "a", "b"]
    assert await asked.recent(database, "T2", "U1") == []
    assert await asked.in_thread(database, "T1", "C1", "1.2") == "c"
    assert await asked.in_thread(database, "T2", "C1", "1.2") is None


async def test_a_question_that_waits_does_not_bring_a_removed_workspace_back(database: Database) -> None:
    for workspace in ("T1", "T2"):
        await _corpus.save(database, workspace)
    waiting = [asked.Asked(Asker(workspace, "U1"), "who mentioned the harbour") for workspace in ("T1", "T2")]
    await forget.forget(database, "T1")
    await asked.add(database, waiting)
    assert await forget.held(database, "T1") == {}
    assert await asked.recent(database, "T2", "U1") == ["who mentioned the harbour"]


async def test_only_the_newest_questions_are_kept(database: Database) -> None:
    await _corpus.save(database, "T1")
    for number in range(asked.KEPT + 20):
        await asked.add(database, [asked.Asked(ADA, str(number))])
    query = select(func.count()).select_from(_slack_tables.asked)
    async with database.read() as connection:
        assert asked.KEPT <= (await connection.execute(query)).scalar_one() < asked.KEPT + 8


async def test_feedback_is_kept_once_for_each_user(database: Database) -> None:
    given = article()
    spans = (Span(16, 33),)
    assert await feedback.add(database, ADA, "wrong_speaker", given, spans, "Ada Lind")
    assert not await feedback.add(database, ADA, "wrong_speaker", given, spans, "Ada Lind")
    assert await feedback.add(database, BO, "wrong_speaker", given, spans, "Ada Lind")
    kept = await feedback.listing(database, "T1")
    assert [k.user for k in kept] == ["U2", "U1"]
    assert kept[0].words == spans[0].of(given.text) and kept[0].content_hash == given.content_hash
    assert await feedback.listing(database, "T2") == []
    with pytest.raises(ValueError, match="praise"):
        await feedback.add(database, ADA, "praise", given, spans, None)


async def test_the_overview_counts_one_workspace_only(database: Database) -> None:
    await _corpus.save(database, "T1")
    assert (await overview.glance(database, "T1")).numbers == overview.Numbers(3, 17, 3)
    assert (await overview.glance(database, "T1", 2)).quoted == (("Per Lind", 14), ("Ada Holm", 2))
    assert (await overview.glance(database, "T1")).mentioned == (("harbour", 3),)
    assert (await overview.glance(database, "T2")).numbers == overview.Numbers()
    assert (await overview.glance(database, "T2")).quoted == ()


async def test_replicas_that_forget_the_same_old_questions_do_not_wait_for_each_other(
    postgres_url: str,
) -> None:
    db = await Database.open(postgres_url)
    await _corpus.save(db, "T1")  # a workspace without articles keeps no questions
    asker = Asker("T1", "U1")
    await asked.add(db, [asked.Asked(asker, f"who mentioned number {n}") for n in range(asked.KEPT + 20)])
    async with db.write() as another:
        await another.execute(text("DELETE FROM asked WHERE id <= 20"))  # and is not done yet
        async with asyncio.timeout(5):
            await asked.add(db, [asked.Asked(asker, f"who mentioned it, {n}") for n in range(8)])
    assert len(await asked.recent(db, "T1", "U1", most=100)) == asked.KEPT
    await db.close()
