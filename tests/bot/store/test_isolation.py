"""Two workspaces: neither sees, changes or removes a row of the other."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.models import Findings
from bot.store import Database, articles, findings, people
from bot.store.tables import METADATA
from tests.bot.store import _samples as samples


@pytest.fixture
async def mine_and_theirs(database: Database) -> tuple[int, int]:
    """The same source in two workspaces; returns the ids of the two articles."""
    mine = await articles.save(database, "W1", samples.article(), samples.findings())
    theirs = await articles.save(database, "W2", samples.article(), samples.findings())
    return mine.article_id, theirs.article_id


async def test_the_same_source_is_two_articles(mine_and_theirs: tuple[int, int]) -> None:
    assert mine_and_theirs[0] != mine_and_theirs[1]


async def test_no_read_shows_the_other_workspace(
    database: Database, mine_and_theirs: tuple[int, int]
) -> None:
    _, theirs = mine_and_theirs
    (quotation, _) = await findings.quotations_of(database, "W2", theirs)

    assert await articles.get(database, "W1", theirs) is None
    assert await findings.quotations_of(database, "W1", theirs) == []
    assert await findings.facts_of(database, "W1", theirs) == []
    assert await findings.mentions_of(database, "W1", theirs) == []
    assert await findings.of_article(database, "W1", theirs) == Findings()
    assert await findings.quotation(database, "W1", quotation.id) is None
    assert [a.id for a in await articles.listing(database, "W1")] == [mine_and_theirs[0]]
    assert await articles.count(database, "W3") == 0
    assert await articles.known(database, "W3", ["harbour.txt"]) == {}
    assert await people.listing(database, "W3") == []


async def test_people_are_never_shared(database: Database, mine_and_theirs: tuple[int, int]) -> None:
    (mine,) = await people.listing(database, "W1")
    (theirs,) = await people.listing(database, "W2")

    assert mine.id != theirs.id
    assert mine.articles == (mine_and_theirs[0],)


async def test_removing_by_the_others_id_changes_nothing(
    database: Database, mine_and_theirs: tuple[int, int]
) -> None:
    mine, theirs = mine_and_theirs

    assert not await articles.remove(database, "W1", theirs)
    assert await articles.remove(database, "W1", mine)

    assert await findings.of_article(database, "W2", theirs) == samples.findings()


async def test_every_table_of_findings_names_its_workspace(database: Database) -> None:
    shared = {"alembic_version", "oauth_states"}  # a browser that begins an installation has no workspace yet
    without = {t.name for t in METADATA.tables.values() if not {"workspace", "number"} & set(t.c.keys())}
    assert without <= shared


async def test_every_row_lies_in_its_own_workspace(
    database: Database, mine_and_theirs: tuple[int, int]
) -> None:
    async with database.read() as connection:
        for table in (t for t in METADATA.sorted_tables if {"workspace", "article_id"} <= set(t.c.keys())):
            rows = (await connection.execute(select(table.c.workspace, table.c.article_id))).all()
            assert {tuple(r) for r in rows} <= set(zip(("W1", "W2"), mine_and_theirs, strict=True)), (
                table.name
            )
