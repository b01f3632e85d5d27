"""A glance at a workspace is counted once, and again as soon as something has changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from bot.store import Database, articles, overview
from tests.handlers.slack import _corpus


@contextmanager
def statements(db: Database) -> Iterator[list[str]]:
    """The SQL that runs meanwhile."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(db.engine.sync_engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine.sync_engine, "before_cursor_execute", note)


async def test_what_a_workspace_holds_is_counted_once_until_it_changes(database: Database) -> None:
    await _corpus.save(database, "W1")
    first = (await overview.glance(database, "W1")).numbers
    assert (first.articles, (await overview.glance(database, "W2")).numbers) == (3, overview.Numbers())
    with statements(database) as again:
        assert (await overview.glance(database, "W1")).numbers == first
    assert not any("quotations" in statement for statement in again)
    held = await articles.listing(database, "W1")
    await articles.remove(database, "W1", held[0].id)
    assert (await overview.glance(database, "W1")).numbers.articles == 2


async def test_who_is_quoted_most_follows_every_change_and_belongs_to_one_workspace(
    database: Database,
) -> None:
    assert (await overview.glance(database, "W1")).quoted == ()
    await _corpus.save(database, "W1")
    found = (await overview.glance(database, "W1", 2)).quoted
    assert [name for name, _ in found] == ["Per Lind", "Ada Holm"]
    assert len((await overview.glance(database, "W1", 2)).quoted) == 2
    assert (await overview.glance(database, "W2", 2)).quoted == ()
    assert (await overview.glance(database, "W2")).mentioned == ()
