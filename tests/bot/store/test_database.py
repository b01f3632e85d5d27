"""Transactions, timeouts, and databases that can't be used: one clear sentence each."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.errors import SettingError, StoreError
from bot.models import Findings
from bot.store import Database, articles, people
from bot.store.reader import Reader
from tests.bot.store import _samples as samples

COUNTER = """
import asyncio, sys
from sqlalchemy import text
from bot.store import Database

async def main(url, times):
    db = await Database.open(url)
    for _ in range(times):
        async with db.write() as connection:
            value = (await connection.execute(text("SELECT value FROM counter"))).scalar_one()
            await connection.execute(text("UPDATE counter SET value = :v"), {"v": value + 1})
    await db.close()

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


async def test_processes_that_read_then_write_lose_nothing(sqlite_database: Database) -> None:
    url = str(sqlite_database.engine.url)
    async with sqlite_database.write() as connection:
        await connection.execute(text("CREATE TABLE counter (value INTEGER)"))
        await connection.execute(text("INSERT INTO counter VALUES (0)"))

    processes = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", COUNTER, url, "25", cwd=Path.cwd())
        for _ in range(3)
    ]
    assert [await p.wait() for p in processes] == [0, 0, 0]

    async with sqlite_database.read() as connection:
        assert (await connection.execute(text("SELECT value FROM counter"))).scalar_one() == 75


async def test_tasks_that_save_at_once_all_succeed(database: Database) -> None:
    sources = [samples.article(f"{n % 8}.txt") for n in range(24)]
    saved = await asyncio.gather(*(articles.save(database, "W1", s, samples.findings()) for s in sources))

    assert sorted(s.outcome for s in saved) == ["new"] * 8 + ["same"] * 16
    assert await articles.count(database, "W1") == 8
    assert len(await people.listing(database, "W1")) == 1


async def test_a_reader_sees_one_moment(database: Database) -> None:
    await articles.save(database, "W1", samples.article(), Findings())
    async with database.read() as connection:
        before = (await connection.execute(text("SELECT count(*) FROM articles"))).scalar_one()
        await articles.save(database, "W1", samples.article("other.txt"), Findings())
        assert (await connection.execute(text("SELECT count(*) FROM articles"))).scalar_one() == before
    assert await articles.count(database, "W1") == 2


async def test_a_question_sees_one_moment_whatever_is_saved_meanwhile(database: Database) -> None:
    loop = asyncio.get_running_loop()

    async def twice(reader: Reader) -> list[int]:
        counts = [int((await reader.rows("SELECT count(*) FROM articles", ()))[0][0])]
        saving = articles.save(database, "W1", samples.article(), Findings())
        if reader.dialect == "sqlite":  # whose questions have a thread that never waits
            asyncio.run_coroutine_threadsafe(saving, loop).result(10)
        else:
            await saving
        return [*counts, int((await reader.rows("SELECT count(*) FROM articles", ()))[0][0])]

    assert await database.reading(twice) == [0, 0]
    assert await articles.count(database, "W1") == 1


async def test_what_fails_inside_a_transaction_is_rolled_back(database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with database.write() as connection:
            await connection.execute(text("DELETE FROM articles"))
            raise RuntimeError
    async with database.write() as connection:  # and the connection is fit for use
        await connection.execute(text("DELETE FROM articles"))


async def test_readers_cannot_write_on_postgresql(migrated_postgresql_url: str) -> None:
    database = await Database.open(migrated_postgresql_url)
    with pytest.raises(DBAPIError, match="read-only"):
        async with database.read() as connection:
            await connection.execute(text("DELETE FROM articles"))
    await database.close()


async def test_sqlite_runs_in_wal_mode_with_foreign_keys(sqlite_database: Database) -> None:
    async with sqlite_database.read() as connection:
        pragmas = {
            name: (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 20_000}


async def test_a_statement_without_end_is_stopped_on_postgresql(migrated_postgresql_url: str) -> None:
    database = await Database.open(migrated_postgresql_url)
    async with database.read() as connection:
        timeouts = {
            name: (await connection.execute(text(f"SHOW {name}"))).scalar_one()
            for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        }
    await database.close()
    assert timeouts == {
        "statement_timeout": "30s",
        "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "1min",
    }


@pytest.mark.parametrize("url", ["nonsense", "sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:", ""])
async def test_an_address_that_names_no_database_is_refused(url: str) -> None:
    with pytest.raises(SettingError, match="MSC_DATABASE_URL"):
        await Database.open(url)


async def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"postgresql://me:\*\*\*@.*can't be opened.*MSC_DATABASE_URL"):
        await Database.open(f"postgresql+asyncpg://me:secret@/nothing?host={tmp_path}")


async def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "msc.db"
    await asyncio.to_thread(path.write_bytes, b"This is a shopping list, not a database. " * 100)

    with pytest.raises(StoreError, match="file is not a database"):
        await Database.open(f"sqlite+aiosqlite:///{path}")

    assert b"shopping list" in await asyncio.to_thread(path.read_bytes)


async def test_a_folder_in_the_place_of_the_database_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="unable to open database file"):
        await Database.open(f"sqlite+aiosqlite:///{tmp_path}")


async def test_a_data_folder_below_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"can't be made: .*MSC_DATA_DIR"):
        await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'file' / 'folder' / 'msc.db'}")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    await asyncio.to_thread(tmp_path.chmod, 0o500)
    with pytest.raises(StoreError, match="MSC_DATA_DIR"):
        await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'msc.db'}")


async def test_a_database_of_a_newer_version_is_refused_and_left_alone(database_url: str) -> None:
    database = await Database.open(database_url)
    async with database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()

    with pytest.raises(StoreError, match=r"newer version of msc-bot \(schema 9999.*update msc-bot"):
        await Database.open(database_url)


async def test_a_server_that_comes_back_needs_no_hand(migrated_postgresql_url: str) -> None:
    database = await Database.open(migrated_postgresql_url)
    await articles.save(database, "W1", samples.article(), Findings())
    async with database.write() as connection:
        await connection.execute(text("SELECT 1"))
    await _drop_connections(migrated_postgresql_url)

    assert await articles.count(database, "W1") == 1
    await database.close()


async def _drop_connections(url: str) -> None:
    other = await Database.open(url)
    async with other.write() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    await other.close()


def test_a_process_killed_in_a_transaction_leaves_nothing_of_it(migrated_sqlite_url: str) -> None:
    script = """
import asyncio, os, sys
from bot.store import Database, articles, people
from bot.store.reader import Reader
from tests.bot.store import _samples as samples

async def killed(*_): os.kill(os.getpid(), 9)
people.prune = killed
async def main():
    db = await Database.open(sys.argv[1])
    await articles.save(db, "W1", samples.article(), samples.findings())
asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", script, migrated_sqlite_url], cwd=Path.cwd())
    assert done.returncode == -9
    with sqlite3.connect(migrated_sqlite_url.partition("///")[2]) as connection:
        tables = ("articles", "quotations", "people", "passages")
        assert [connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables] == [0] * 4
    connection.close()


async def test_tasks_cancelled_at_any_moment_leave_nothing_hanging(database_url: str) -> None:
    for moment in range(20):
        database = await Database.open(database_url)
        saving = [
            asyncio.create_task(articles.save(database, "W1", samples.article(f"{n}"), samples.findings()))
            for n in range(moment * 3, moment * 3 + 3)
        ]
        for _ in range(moment * 3):
            await asyncio.sleep(0.0003)
        for task in saving:
            task.cancel()
        await asyncio.gather(*saving, return_exceptions=True)
        async with asyncio.timeout(10):  # half of the patience with a busy database
            await articles.save(database, "W1", samples.article("after"), samples.findings())
            await database.close()

    database = await Database.open(database_url)
    for one in await articles.listing(database, "W1"):
        assert (one.quotations, one.facts) == (2, 1)
    await database.close()
