"""What admins decide for their workspace, on both databases: kept, read, and carried out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.models import Asker, Policy
from bot.store import Database, articles, asked, policies
from tests.handlers.slack import _corpus


async def test_nothing_decided_is_the_strictest_that_is_useful(database: Database) -> None:
    assert await policies.of(database, "T1") == Policy(everyone_adds=False, retention=None, feedback=True)


async def test_the_last_decision_holds_for_its_own_workspace(database: Database) -> None:
    await policies.save(database, "T1", Policy(everyone_adds=True, retention=90), "U1")
    await policies.save(database, "T1", Policy(retention=30, feedback=False), "U2")
    assert await policies.of(database, "T1") == Policy(retention=30, feedback=False)
    assert await policies.of(database, "T2") == Policy()


async def test_what_is_older_is_removed_where_admins_want_it(database: Database) -> None:
    for workspace in ("T1", "T2", "T3"):
        await _corpus.save(database, workspace)
        await asked.add(database, [asked.Asked(Asker(workspace, "U1"), "who mentioned the harbour")])
    await policies.save(database, "T1", Policy(retention=30), "U1")
    await policies.save(database, "T2", Policy(retention=90), "U1")
    later = datetime.now(UTC) + timedelta(days=31)
    assert await policies.sweep(database, datetime.now(UTC)) == 0
    assert await policies.sweep(database, later) == 3
    assert [await articles.count(database, w) for w in ("T1", "T2", "T3")] == [0, 3, 3]
    assert await asked.recent(database, "T1", "U1") == []
    assert await asked.recent(database, "T2", "U1") == ["who mentioned the harbour"]
