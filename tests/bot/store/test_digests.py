"""Schedules, runs, mutes and follows: claimed once, by whichever process; never another workspace's."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.errors import UsageError
from bot.store import Database, channels, follows, outbox, runs
from bot.store.channels import StoredSchedule, Wish

NOW = datetime(2026, 2, 14, 8, tzinfo=UTC)
DAY = date(2026, 2, 14)
WISH = Wish("08:00", "Europe/Berlin", locale="de-DE")


@pytest.fixture
async def stored(database: Database) -> StoredSchedule:
    return await channels.save(database, "W1", "C1", "U1", WISH, now=NOW)


async def claimed(db: Database, stored: StoredSchedule, *days: date) -> runs.Claim | None:
    return await runs.claim(db, "W1", stored.id, days or (DAY,), "on_time", NOW, NOW)


async def test_of_two_who_edit_at_once_the_second_is_told(database: Database, stored: StoredSchedule) -> None:
    later = Wish("18:00", "Europe/Berlin")
    changed = await channels.save(database, "W1", "C1", "U1", later, version=stored.version)
    with pytest.raises(UsageError, match="Somebody else has just changed"):
        await channels.save(database, "W1", "C1", "U2", WISH, version=stored.version)
    kept = await channels.of_channel(database, "W1", "C1")
    assert kept == changed


async def test_two_processes_claim_a_date_once(database: Database, stored: StoredSchedule) -> None:
    found = await asyncio.gather(*(claimed(database, stored) for _ in range(2)))
    assert len([claim for claim in found if claim]) == 1
    assert await runs.last_date(database, stored.id, DAY) == DAY
    assert await runs.last_date(database, stored.id, DAY - timedelta(days=1)) is None


async def test_a_gap_is_one_edition_that_covers_its_dates(database: Database, stored: StoredSchedule) -> None:
    days = tuple(DAY - timedelta(days=n) for n in (2, 1, 0))
    claim = await claimed(database, stored, *days)
    assert claim is not None
    assert claim.covers == days
    states = [run.state for run in await runs.recent(database, "W1", stored.id)]
    assert states == ["claimed", "covered", "covered"]


async def test_a_dead_process_loses_its_claim_and_its_late_finish_changes_nothing(
    database: Database, stored: StoredSchedule
) -> None:
    dead = await claimed(database, stored)
    assert dead is not None
    assert await runs.take_over(database, NOW + timedelta(minutes=1)) == []
    (mine,) = await runs.take_over(database, NOW + timedelta(minutes=6))
    assert (mine.run_id, mine.fence, mine.covers) == (dead.run_id, dead.fence + 1, dead.covers)
    message = [{"text": "a", "blocks": []}]
    assert not await runs.rendered(database, dead, "W1", "C1", message, NOW, NOW)
    assert await runs.rendered(database, mine, "W1", "C1", message, NOW, NOW)
    assert not await runs.rendered(database, mine, "W1", "C1", message, NOW, NOW)
    assert await outbox.counts(database, "W1") == {"rendered": 1}


async def test_what_fell_due_during_a_pause_is_not_owed(database: Database, stored: StoredSchedule) -> None:
    assert await channels.set_state(database, "W1", "C1", "paused", "tired")
    assert not await channels.set_state(database, "W1", "C1", "paused", "tired")
    assert await channels.active(database) == []
    later = NOW + timedelta(days=3)
    assert await channels.set_state(database, "W1", "C1", "active", now=later)
    (back,) = await channels.active(database)
    assert back.since == later


async def test_mutes_end_after_thirty_days(database: Database) -> None:
    until = await channels.mute(database, "W1", "C1", "key", "Title", NOW)
    assert until - NOW == timedelta(days=30)
    assert await channels.muted(database, "W1", "C1", NOW) == {"key"}
    assert await channels.muted(database, "W1", "C1", until) == frozenset()
    assert await channels.unmute(database, "W1", "C1", "key")


async def test_a_follower_is_told_once_a_day(database: Database) -> None:
    assert await follows.follow(database, "W1", "U1", "key", "Title", locale="de-DE")
    assert not await follows.follow(database, "W1", "U1", "key", "Title")
    (follow,) = await follows.listing(database, "W1")
    assert follow.locale == "de-DE"
    assert await follows.told(database, follow, DAY)
    assert not await follows.told(database, follow, DAY)
    assert await follows.told(database, follow, DAY + timedelta(days=1))


async def test_no_workspace_sees_or_changes_the_others(database: Database, stored: StoredSchedule) -> None:
    await channels.mute(database, "W1", "C1", "key", "Title", NOW)
    await follows.follow(database, "W1", "U1", "key", "Title")
    await claimed(database, stored)
    assert await channels.of_channel(database, "W2", "C1") is None
    assert await channels.listing(database, "W2") == []
    assert not await channels.remove(database, "W2", "C1")
    assert not await channels.set_state(database, "W2", "C1", "paused")
    assert await channels.muted(database, "W2", "C1", NOW) == frozenset()
    assert not await channels.unmute(database, "W2", "C1", "key")
    assert await follows.listing(database, "W2") == []
    assert not await follows.unfollow(database, "W2", "U1", "key")
    assert await runs.recent(database, "W2", stored.id) == []
    assert await outbox.counts(database, "W2") == {}
