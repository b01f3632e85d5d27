"""A question is remembered for its asker, also the last one before the process ends."""

from __future__ import annotations

import asyncio

from bot.models import Asker
from bot.services import Services
from bot.store import Database, asked
from handlers.slack.recent import Recent
from handlers.slack.tasks import Tasks
from handlers.standin import Slack
from tests.handlers.slack import _corpus
from tests.handlers.slack.conftest import by_http


async def test_questions_of_the_last_moment_are_kept_when_the_process_ends(empty: Services) -> None:
    async with Slack() as slack:
        await _corpus.save(empty.db, slack.team.id)
        async with by_http(slack, empty):
            for question in ("who mentioned the harbour", "quotes by Per Lind", "help"):
                await slack.answer(await slack.command("#general", f"/msc {question}"))
        found = await asked.recent(empty.db, slack.team.id, slack.user().id)
    assert found == ["quotes by Per Lind", "who mentioned the harbour"]


async def test_questions_are_written_together_and_without_being_asked_to(sqlite_database: Database) -> None:
    await _corpus.save(sqlite_database, "T1")
    recent, tasks = Recent(), Tasks()
    for question in ("a", "b", "c"):
        recent.note(Asker("T1", "U1"), question, sqlite_database, tasks)
    assert await asked.recent(sqlite_database, "T1", "U1") == []
    await asyncio.sleep(1.1)
    await tasks.finish()
    assert await asked.recent(sqlite_database, "T1", "U1") == ["c", "b", "a"]


async def test_without_an_asker_nothing_is_remembered(sqlite_database: Database) -> None:
    recent = Recent()
    await recent.written(sqlite_database)
    recent.note(Asker("T1", None), "nobody asks", sqlite_database, Tasks())
    await recent.written(sqlite_database)
    assert await asked.recent(sqlite_database, "T1", "U1") == []
