"""Everything moves from one database to the other and back, and answers stay the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import inspect

from bot import reference
from bot.errors import StoreError
from bot.extract import Extractor
from bot.fetch import files
from bot.ingest import ingest
from bot.models import Asker, Findings, Reply
from bot.search import Searcher
from bot.settings import Settings
from bot.store import Database, articles, findings, jobs, move, people
from tests.bot.store import _samples as samples

QUESTIONS = [
    "who mentioned Greenland",
    "quotes Kallas",
    "what did Rubio say about migration",
    "facts Arctic",
    "cost",
]
NOW = datetime(2026, 2, 14, tzinfo=UTC)


@pytest.fixture
async def both(migrated_sqlite_url: str, migrated_postgresql_url: str):  # type: ignore[no-untyped-def]
    """An empty SQLite database and an empty PostgreSQL database."""
    opened = [await Database.open(migrated_sqlite_url), await Database.open(migrated_postgresql_url)]
    yield opened
    for database in opened:
        await database.close()


@pytest.mark.parametrize("up", [True, False], ids=["up to PostgreSQL", "down to SQLite"])
async def test_every_row_arrives_with_its_id(both: list[Database], up: bool) -> None:
    old, new = both if up else reversed(both)
    for n in range(3):
        await articles.save(old, "W1", samples.article(f"{n}.txt"), samples.findings())
    await articles.remove(old, "W1", 1)
    await articles.save(old, "W2", samples.article(text="Other."), Findings())
    await jobs.put(old, "W1", "note", {"a": 1}, NOW)

    moved = await move.move(old, new)

    assert (moved["articles"], moved["quotations"], moved["jobs"]) == (3, 4, 1)
    for workspace in ("W1", "W2"):
        assert await articles.listing(new, workspace) == await articles.listing(old, workspace)
        assert await people.listing(new, workspace) == await people.listing(old, workspace)
        for one in await articles.listing(new, workspace):
            assert await articles.get(new, workspace, one.id) == await articles.get(old, workspace, one.id)
            assert await findings.of_article(new, workspace, one.id) == await findings.of_article(
                old, workspace, one.id
            )

    later = await articles.save(new, "W1", samples.article("later.txt"), samples.findings())
    assert later.article_id > max(a.id for a in await articles.listing(old, "W1"))


async def test_questions_have_the_same_answers_before_and_after(both: list[Database]) -> None:
    old, new = both
    settings = Settings(_env_file=None)
    known = reference.load(settings.people, settings.terms)
    await ingest(old, Extractor(known), "W1", files.read(["seeds/articles"]))

    await move.move(old, new)

    before, after = Searcher(old, known), Searcher(new, known)
    for question in QUESTIONS:
        told = [await s.answer(Asker("W1"), question) for s in (before, after)]
        assert _comparable(told[0]) == _comparable(told[1])
        assert told[0].answers or told[0].nearest


def _comparable(reply: Reply) -> Reply:
    return replace(reply, answers=tuple(replace(a, score=round(a.score, 9)) for a in reply.answers))


async def test_a_database_with_rows_is_not_moved_into(both: list[Database]) -> None:
    old, new = both
    await articles.save(old, "W1", samples.article(), samples.findings())
    await articles.save(new, "W9", samples.article(), samples.findings())

    with pytest.raises(StoreError, match="holds rows already"):
        await move.move(old, new)
    assert await articles.count(new, "W1") == 0


async def test_a_move_that_fails_leaves_the_target_empty(
    both: list[Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = both
    await articles.save(old, "W1", samples.article(), samples.findings())

    async def fails(*_: object) -> int:
        raise RuntimeError("halfway")

    monkeypatch.setattr(move, "_passages", fails)
    with pytest.raises(RuntimeError, match="halfway"):
        await move.move(old, new)
    assert await articles.count(new, "W1") == 0


async def test_no_table_is_left_behind(database: Database) -> None:
    async with database.read() as connection:
        there = set(await connection.run_sync(lambda c: inspect(c).get_table_names()))
    assert {t for t in there if not t.startswith("passage_words")} <= move.tables()


def test_a_password_is_not_printed() -> None:
    from handlers.cli.move import _shown

    assert _shown("postgresql://me:secret@host/msc") == "postgresql://me@host/msc"
