"""Backups are made in use, are sound or not there, and put back only when that is wanted."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import Database, articles, channels, findings, outbox
from bot.store.backup import backup, restore
from bot.store.channels import Wish
from bot.store.restored import HeldBack, hold_back
from tests.bot.store import _samples as samples

NOW = datetime(2026, 2, 14, 8, tzinfo=UTC)


async def saved(url: str, *sources: str) -> None:
    database = await Database.open(url)
    for source in sources:
        await articles.save(database, "W1", samples.article(source), samples.findings())
    await database.close()


async def sources(url: str) -> set[str]:
    database = await Database.open(url)
    listed = await articles.listing(database, "W1")
    for one in listed:
        assert await findings.of_article(database, "W1", one.id) == samples.findings()
    await database.close()
    return {a.source for a in listed}


async def test_what_was_backed_up_comes_back(migrated_sqlite_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "backups" / "monday.db"
    await saved(migrated_sqlite_url, "a.txt")
    assert backup(migrated_sqlite_url, copy) > 0
    await saved(migrated_sqlite_url, "b.txt")

    kept = restore(migrated_sqlite_url, copy, force=True)

    assert await sources(migrated_sqlite_url) == {"a.txt"}
    assert kept is not None
    assert await sources(f"sqlite+aiosqlite:///{kept}") == {"a.txt", "b.txt"}
    assert [p.name for p in copy.parent.iterdir()] == ["monday.db"]  # one file, nothing beside it


async def test_a_backup_under_load_is_of_one_moment(migrated_sqlite_url: str, tmp_path: Path) -> None:
    database = await Database.open(migrated_sqlite_url)
    loading = asyncio.create_task(_load(database))
    await asyncio.sleep(0.05)
    await asyncio.to_thread(backup, migrated_sqlite_url, tmp_path / "copy.db")
    await loading
    await database.close()

    copied = await sources(f"sqlite+aiosqlite:///{tmp_path / 'copy.db'}")
    assert copied <= {f"{n}.txt" for n in range(30)}


async def _load(database: Database) -> None:
    for n in range(30):
        await articles.save(database, "W1", samples.article(f"{n}.txt"), samples.findings())


async def test_restoring_into_nothing_needs_no_force(migrated_sqlite_url: str, tmp_path: Path) -> None:
    await saved(migrated_sqlite_url, "a.txt")
    backup(migrated_sqlite_url, tmp_path / "copy.db")
    other = f"sqlite+aiosqlite:///{tmp_path / 'new' / 'msc.db'}"

    assert restore(other, tmp_path / "copy.db") is None
    assert await sources(other) == {"a.txt"}


async def test_a_database_or_a_backup_is_not_overwritten_unasked(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    await saved(migrated_sqlite_url, "a.txt")
    backup(migrated_sqlite_url, tmp_path / "copy.db")

    with pytest.raises(StoreError, match=r"copy\.db exists already.*--force"):
        backup(migrated_sqlite_url, tmp_path / "copy.db")
    with pytest.raises(StoreError, match=r"There is a database at .*--force"):
        restore(migrated_sqlite_url, tmp_path / "copy.db")
    assert await sources(migrated_sqlite_url) == {"a.txt"}


def _foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE songs (name TEXT)")


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as made, made:
        made.execute("CREATE TABLE alembic_version (version_num TEXT)")
        made.execute("INSERT INTO alembic_version VALUES ('9999')")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "does not exist"),
        (lambda path: path.write_bytes(b"no database " * 500), "is no backup of msc-bot"),
        (lambda path: path.touch(), "is no backup of msc-bot"),
        (_foreign, "is no backup of msc-bot"),
        (_newer, "newer version"),
        (lambda path: path.mkdir(), "not a file"),
    ],
)
async def test_what_is_no_backup_is_refused_and_the_database_stays(
    migrated_sqlite_url: str, tmp_path: Path, make: object, words: str
) -> None:
    await saved(migrated_sqlite_url, "a.txt")
    make(tmp_path / "copy.db")  # type: ignore[operator]

    with pytest.raises(StoreError, match=words):
        restore(migrated_sqlite_url, tmp_path / "copy.db", force=True)

    assert await sources(migrated_sqlite_url) == {"a.txt"}


def test_nothing_to_back_up_is_told(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no database at .* nothing to back up"):
        backup(sqlite_url, tmp_path / "copy.db")


def test_postgresql_has_its_own_tools(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="pg_dump"):
        backup("postgresql+asyncpg:///msc", tmp_path / "copy.db")


async def test_what_waited_in_a_backup_is_not_posted_after_it_was_put_back(database: Database) -> None:
    schedule = await channels.save(database, "W1", "C1", "U1", Wish("08:00", "UTC"), now=NOW)
    await outbox.put(database, "W1", "C1", "digest:1", [{"text": "a", "blocks": []}] * 3, NOW)
    attempt = await outbox.take(database, NOW)
    assert attempt is not None
    later = NOW + timedelta(days=3)

    assert await hold_back(database, later) == HeldBack(messages=3, schedules=1)

    assert not await outbox.posted(database, attempt, "1.2")  # nobody finishes what he began before
    assert await outbox.take(database, later + timedelta(days=1)) is None
    assert await outbox.counts(database, "W1") == {"unknown": 3}
    (active,) = await channels.active(database)
    assert (active.id, active.since) == (schedule.id, later)
