"""A workspace that is forgotten leaves no row, in no table, and takes nothing of another's along."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import text

from bot.models import Asker
from bot.store import Database, asked, forget, jobs, outbox
from tests.handlers.slack import _corpus

NOW = datetime.now(UTC)


async def filled(db: Database, workspace: str) -> None:
    await _corpus.save(db, workspace)
    await asked.add(db, [asked.Asked(Asker(workspace, user="U1"), "who mentioned harbour")])
    await jobs.put(db, workspace, "look", {}, NOW)
    await outbox.put(db, workspace, "C1", "run", [{"text": "a", "blocks": []}], NOW)


async def test_nothing_is_left_of_it_and_everything_of_the_other(database: Database) -> None:
    await filled(database, "T1")
    await filled(database, "T2")
    before = await forget.held(database, "T2")
    assert before == await forget.held(database, "T1")
    assert {"articles", "quotations", "asked", "jobs", "outbox"} <= before.keys()

    await forget.forget(database, "T1")

    assert await forget.held(database, "T1") == {}
    assert await forget.held(database, "T2") == before
    for table in ("search_words", "search_speakers", "search_articles"):
        assert (await numbers(database, table), table) == ({await number(database, "T2")}, table)
    async with database.read() as connection:
        left = (await connection.execute(text("SELECT DISTINCT workspace FROM passages"))).scalars()
        assert set(left) == {"T2"}
    await filled(database, "T1")  # it may come back
    assert await forget.held(database, "T1") == before


async def numbers(db: Database, table: str) -> set[int]:
    async with db.read() as connection:
        return set((await connection.execute(text(f"SELECT DISTINCT number FROM {table}"))).scalars())


async def number(db: Database, workspace: str) -> int:
    query = text("SELECT number FROM search_workspaces WHERE workspace = :workspace")
    async with db.read() as connection:
        return int((await connection.execute(query, {"workspace": workspace})).scalar_one())


async def test_every_table_with_a_workspace_is_known(database: Database) -> None:
    inspect = (
        "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE c.name = 'workspace' "
        "AND m.type = 'table'"
        if database.dialect == "sqlite"
        else "SELECT table_name FROM information_schema.columns WHERE column_name = 'workspace' "
        "AND table_schema = 'public'"
    )
    async with database.read() as connection:
        real = set((await connection.execute(text(inspect))).scalars())
    of_articles = {"passages"}  # leave with them
    numbered = {"search_workspaces"}  # a number and a count, which running processes rely on
    assert real - {table.name for table in forget._tables()} == of_articles | numbered
