"""Migrations go up and down on both databases and keep the rows; code and schema agree."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

import bot.store
from bot.store import Database, articles, findings, health, migrate
from bot.store.database import brief_engine, parse
from bot.store.tables import METADATA
from tests.bot.store import _samples as samples

VERSIONS = Path(bot.store.__file__).parent / "migrations" / "versions"


def test_migrations_stand_in_one_row() -> None:
    numbers = sorted(p.name.partition("_")[0] for p in VERSIONS.glob("[0-9]*.py"))
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]
    for path in VERSIONS.glob("[0-9]*.py"):
        number = int(path.name[:4])
        source = path.read_text()
        assert f'revision = "{number:04}"' in source, path.name
        assert (f'down_revision = "{number - 1:04}"' if number > 1 else "down_revision = None") in source, (
            path.name
        )
        assert re.search(r"def downgrade\(\) -> None:", source), f"{path.name} can't be taken back"


async def test_the_tables_in_code_are_the_tables_in_the_database(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        known = set(METADATA.tables)
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or name in known},
        )
        return list(compare_metadata(context, METADATA))

    async with database.read() as connection:
        assert await connection.run_sync(differences) == []


async def test_down_to_nothing_and_up_again(empty_url: str) -> None:
    database = await Database.open(empty_url)
    await articles.save(database, "W1", samples.article(), samples.findings())
    await database.close()

    await _to(empty_url, "base")
    assert await _tables(empty_url) <= {"alembic_version", "sqlite_sequence"}

    database = await Database.open(empty_url)
    assert await articles.count(database, "W1") == 0
    await database.close()


async def test_each_step_down_and_up_keeps_the_articles(empty_url: str) -> None:
    database = await Database.open(empty_url)
    saved = await articles.save(database, "W1", samples.article(), samples.findings())
    await database.close()

    for revision in reversed(migrate.revisions()):
        await _to(empty_url, revision)
        assert await _count(empty_url, "quotations") == 2

    database = await Database.open(empty_url)
    stored = await articles.get(database, "W1", saved.article_id)
    assert stored is not None
    assert stored.article.text == samples.TEXT
    assert (await findings.of_article(database, "W1", saved.article_id)).facts == samples.findings().facts
    await database.close()


async def test_processes_that_open_an_empty_database_at_once_all_succeed(empty_url: str) -> None:
    opened = await asyncio.gather(*(Database.open(empty_url) for _ in range(3)))
    for database in opened:
        assert await articles.count(database, "W1") == 0
        await database.close()


async def test_looking_at_a_database_changes_nothing(empty_url: str) -> None:
    found = await health.look(empty_url)
    assert (found.revision, found.up_to_date, found.head) == (None, False, migrate.head())
    assert await _tables(empty_url) == set()

    await (await Database.open(empty_url)).close()
    assert (await health.look(empty_url)).up_to_date


async def _to(url: str, revision: str) -> None:
    async with brief_engine(parse(url), foreign_keys=False) as engine, engine.connect() as connection:
        await connection.execution_options(msc_write=True)
        async with connection.begin():
            await connection.run_sync(migrate.to, revision)


async def _tables(url: str) -> set[str]:
    async with brief_engine(parse(url)) as engine, engine.connect() as connection:
        return await connection.run_sync(lambda c: set(inspect(c).get_table_names()))


async def _count(url: str, table: str) -> int:
    async with brief_engine(parse(url)) as engine, engine.connect() as connection:
        found = (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()
    return int(found)
