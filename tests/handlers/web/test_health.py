"""An operator asks whether the process lives, is ready, and what it has counted."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client.metrics import MetricWrapperBase

from bot import metrics
from handlers.web import health
from handlers.web.app import build


async def get(path: str, checks: Mapping[str, health.Check] | None = None) -> tuple[int, str]:
    async with TestClient(TestServer(build(checks=checks))) as client, client.get(path) as answer:
        return answer.status, await answer.text()


async def well() -> None:
    return None


async def ill() -> str:
    return "the database does not answer"


async def test_a_live_process_says_ok() -> None:
    assert await get("/healthz") == (200, "ok")


async def test_a_process_is_ready_when_every_check_is_well() -> None:
    assert (await get("/readyz", {"database": well}))[0] == 200


async def test_a_process_that_is_not_ready_says_why() -> None:
    status, text = await get("/readyz", {"slack": well, "database": ill})
    assert status == 503
    assert "the database does not answer" in text


async def test_a_check_that_hangs_counts_as_ill(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.01)

    async def hangs() -> None:
        await asyncio.sleep(60)

    assert (await get("/readyz", {"database": hangs}))[0] == 503


async def test_metrics_come_in_prometheus_form() -> None:
    status, text = await get("/metrics")
    assert status == 200
    assert "msc_queue_oldest_seconds" in text


async def test_a_check_that_breaks_counts_as_ill_and_the_page_stays_whole() -> None:
    async def breaks() -> None:
        raise ZeroDivisionError

    status, text = await get("/readyz", {"database": breaks, "slack": well})
    assert status == 503
    assert "the check itself failed" in text and "ZeroDivisionError" not in text


async def test_every_metric_of_ours_is_served_from_the_start() -> None:
    _, text = await get("/metrics")
    ours = {next(iter(m.describe())).name for m in vars(metrics).values() if isinstance(m, MetricWrapperBase)}
    assert len(ours) > 15
    assert {name for name in ours if f"# TYPE {name}" not in text} == set()


async def test_metrics_come_although_the_database_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.01)

    async def hangs() -> None:
        await asyncio.sleep(60)

    async with TestClient(TestServer(build(refresh=hangs))) as client, client.get("/metrics") as answer:
        assert answer.status == 200
