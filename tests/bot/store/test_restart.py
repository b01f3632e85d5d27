"""PostgreSQL stops and starts under a running process: plain words meanwhile, no hand needed afterwards."""

from __future__ import annotations

import asyncio

import pytest

from bot.errors import StoreError
from bot.models import Findings
from bot.store import Database, articles
from tests._postgres import Server
from tests.bot.store import _samples as samples

_TOLD, _READY = 3, 15  # seconds


async def test_a_server_that_stops_and_starts_needs_no_hand(
    postgres_server: Server, migrated_postgresql_url: str
) -> None:
    database = await Database.open(migrated_postgresql_url)
    await articles.save(database, "W1", samples.article(), samples.findings())
    await asyncio.to_thread(postgres_server.stop)
    try:
        for _ in range(2):  # with a connection that broke, and with none
            async with asyncio.timeout(_TOLD):
                with pytest.raises(StoreError, match="try again in a moment"):
                    await articles.count(database, "W1")
        async with asyncio.timeout(_TOLD):
            with pytest.raises(StoreError, match="try again in a moment"):
                await articles.save(database, "W1", samples.article("b.txt"), Findings())
    finally:
        await asyncio.to_thread(postgres_server.start)

    async with asyncio.timeout(_READY):
        assert await articles.count(database, "W1") == 1
    assert (await articles.save(database, "W1", samples.article("b.txt"), Findings())).outcome == "new"
    await database.close()


async def test_a_transaction_that_the_stop_cut_off_leaves_nothing(
    postgres_server: Server, migrated_postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = await Database.open(migrated_postgresql_url)

    async def stops(*_: object) -> None:
        await asyncio.to_thread(postgres_server.stop)
        await asyncio.to_thread(postgres_server.start)

    with monkeypatch.context() as cut:
        cut.setattr("bot.store.people.prune", stops)
        with pytest.raises(StoreError, match="try again in a moment"):
            await articles.save(database, "W1", samples.article(), samples.findings())

    assert await articles.count(database, "W1") == 0
    assert (await articles.save(database, "W1", samples.article(), samples.findings())).outcome == "new"
    await database.close()
