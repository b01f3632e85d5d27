"""/readyz is true and false within ten seconds of the cause, and /metrics shows what waits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.store import Database, backlog, jobs, outbox
from handlers.web import health, readiness
from handlers.web.app import build
from tests._postgres import Server

SOON = 10.0  # seconds, as promised
LEASE = timedelta(seconds=9)


@asynccontextmanager
async def door(db: Database, limit: float | None = 60.0) -> AsyncIterator[TestClient[Any, Any]]:
    """The pages of a process over a database."""
    looked = readiness.checks(db, asyncio.Event(), queue_limit=limit)
    app = build(checks=looked, refresh=readiness.refresher(db))
    async with TestClient(TestServer(app)) as client:
        yield client


async def ready(client: TestClient[Any, Any]) -> tuple[int, dict[str, str]]:
    async with client.get("/readyz") as answer:
        return answer.status, (await answer.json())["checks"]


async def becomes(client: TestClient[Any, Any], status: int) -> dict[str, str]:
    """Wait until /readyz answers with the status; return what it says."""
    end = time.monotonic() + SOON
    while (said := await ready(client))[0] != status:
        assert time.monotonic() < end, f"not {status} within {SOON} s: {said}"
        await asyncio.sleep(0.2)
    return said[1]


async def value(client: TestClient[Any, Any], name: str) -> float:
    async with client.get("/metrics") as answer:
        line = next(row for row in (await answer.text()).splitlines() if row.startswith(f"{name} "))
    return float(line.split()[-1])


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A PostgreSQL server that a test may stop."""
    server = Server()
    try:
        yield server
    finally:
        server.remove()


async def test_a_database_that_stops_and_starts_is_seen(own_server: Server) -> None:
    db = await Database.open(own_server.url("postgres"))
    async with door(db) as client:
        await becomes(client, 200)
        assert await value(client, "msc_database_up") == 1

        await asyncio.to_thread(own_server.stop)
        assert "database" in (await becomes(client, 503))["database"]
        assert await value(client, "msc_database_up") == 0
        async with client.get("/healthz") as alive:  # a restart would not help
            assert alive.status == 200

        await asyncio.to_thread(own_server.start)
        await becomes(client, 200)
    await db.close()


async def test_an_older_schema_is_not_ready(database: Database) -> None:
    async with door(database) as client:
        await becomes(client, 200)
        await set_revision(database, "0001")
        assert "its schema is 0001" in (await becomes(client, 503))["database"]


async def set_revision(db: Database, revision: str) -> None:
    from sqlalchemy import text

    async with db.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})


async def test_a_blocked_queue_is_seen_until_it_moves(database: Database) -> None:
    due = datetime.now(UTC) - timedelta(seconds=90)
    async with door(database) as client:
        await becomes(client, 200)
        await jobs.put(database, "T1", "read", {}, due)
        assert "waited 9" in (await becomes(client, 503))["queue"]
        taken = await jobs.claim(database, ["read"], datetime.now(UTC), LEASE)
        assert taken is not None
        await becomes(client, 200)


async def test_a_job_whose_worker_died_long_ago_blocks_as_well(database: Database) -> None:
    long_ago = datetime.now(UTC) - timedelta(seconds=90)
    await jobs.put(database, "T1", "read", {}, long_ago)
    await jobs.claim(database, ["read"], long_ago, LEASE)
    async with door(database) as client:
        await becomes(client, 503)


async def test_a_job_for_tomorrow_blocks_nothing(database: Database) -> None:
    now = datetime.now(UTC)
    await jobs.put(database, "T1", "read", {}, now, due=now + timedelta(days=1))
    async with door(database) as client:
        await becomes(client, 200)
        assert await value(client, 'msc_jobs{state="waiting"}') == 1
        assert await value(client, "msc_queue_oldest_seconds") == 0


async def test_a_web_process_stays_in_service_while_jobs_wait(database: Database) -> None:
    await jobs.put(database, "T1", "read", {}, datetime.now(UTC) - timedelta(hours=1))
    async with door(database, limit=None) as client:
        await becomes(client, 200)


async def test_metrics_show_what_waits_and_for_how_long(database: Database) -> None:
    ago = datetime.now(UTC) - timedelta(seconds=120)
    await jobs.put(database, "T1", "read", {}, ago)
    await outbox.put(database, "T1", "C1", "run", [{"text": "a", "blocks": []}] * 3, ago)
    async with door(database) as client:
        assert await value(client, 'msc_jobs{state="waiting"}') == 1
        assert 120 <= await value(client, "msc_queue_oldest_seconds") < 180
        assert await value(client, 'msc_outbox_messages{state="rendered"}') == 3
        assert 120 <= await value(client, "msc_outbox_oldest_seconds") < 180


async def test_many_scrapers_cost_the_database_one_look(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0
    measured = backlog.measure

    async def counted(*given: Any) -> Any:
        nonlocal looks
        looks += 1
        return await measured(*given)

    monkeypatch.setattr(backlog, "measure", counted)
    async with door(sqlite_database) as client:
        for _ in range(5):
            assert await value(client, "msc_database_up") == 1
    assert looks == 1
    assert health.PATIENCE * 2 < SOON
