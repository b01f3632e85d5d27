"""Every function of the store that names a workspace: the others are as if they were not there."""

from __future__ import annotations

from bot.store import Database
from tests._statements import sent, unbounded
from tests._store_calls import arguments, call, wanted
from tests._two_workspaces import MINE, OTHERS, Ids, peopled, rows

HELD_BY_FENCE = {"runs.rendered"}  # a claim's number, which its workspace's schedule gave out


async def test_no_function_shows_or_changes_a_row_of_another_workspace(
    database: Database, second_database: Database
) -> None:
    alone = second_database
    await peopled(alone, alone=True)
    ids = await peopled(database, alone=False)
    before = [await rows(database, other, exact=True) for other in OTHERS]
    assert [name for held in before for name in held if not held[name]] == []  # a row of each kind to see

    await _same(database, alone, ids)

    assert [await rows(database, other, exact=True) for other in OTHERS] == before


async def test_not_even_a_row_that_points_at_ours_is_shown(sqlite_pair: tuple[Database, Database]) -> None:
    database, alone = sqlite_pair
    await peopled(alone, alone=True, forged=True)
    ids = await peopled(database, alone=False, forged=True)

    await _same(database, alone, ids)


async def test_every_statement_names_the_workspace_for_each_table(sqlite_database: Database) -> None:
    ids = await peopled(sqlite_database, alone=False)
    loose: set[str] = set()

    def look(statement: str) -> str:
        loose.update({statement} if unbounded(statement) else ())
        return statement

    for given, label in wanted(*ids):
        with sent(sqlite_database, look if label not in HELD_BY_FENCE else str):
            await call(sqlite_database, label, arguments(given))
    assert loose == set()


async def _same(database: Database, alone: Database, ids: tuple[Ids, Ids, Ids]) -> None:
    for given, label in wanted(*ids):
        told = await call(alone, label, arguments(given))
        assert await call(database, label, arguments(given)) == told, label
    assert await rows(database, MINE, exact=False) == await rows(alone, MINE, exact=False)
