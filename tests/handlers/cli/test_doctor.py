"""`msc doctor` says in one line each what is well, what is broken, and what to do next."""

from __future__ import annotations

import asyncio
import os
import re
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store import Database, jobs, outbox, sources
from bot.store.sources import Wanted
from handlers.standin import Slack
from tests.handlers.cli.conftest import Msc

NOW = datetime.now(UTC)


def line(printed: str, name: str) -> str:
    """Return the state and words of one line."""
    found = re.search(rf"^(\S+) +{name} +(.*)$", printed, re.M)
    assert found, printed
    return f"{found[1]} {found[2]}"


def written(folder: Path, work: Callable[[Database], Awaitable[object]]) -> None:
    """Change the database that the terminal sees."""

    async def run() -> None:
        db = await Database.open(f"sqlite+aiosqlite:///{folder / 'data' / 'msc.db'}")
        await work(db)
        await db.close()

    asyncio.run(run())


@contextmanager
def standin() -> Iterator[Slack]:
    """A Slack in a thread of its own: `msc` has its own event loop."""
    slack, up, over = Slack(), threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def live() -> None:
        async with slack:
            up.set()
            await over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(live(),))
    thread.start()
    assert up.wait(10)
    try:
        yield slack
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(10)
        loop.close()


def tokens(slack: Slack) -> dict[str, str]:
    return {name: value for name, value in slack.environment().items() if "CLIENT" not in name}


def test_on_a_fresh_machine_nothing_is_broken(msc: Msc) -> None:
    told = msc("doctor")
    assert told.code == 0
    names = ("python", "data folder", "time zones", "model", "files", "database", "schema", "sources", "jobs")
    for name in (*names, "posts", "slack", "scopes"):
        assert line(told.out, name).startswith("ok "), name
    assert len(told.out.splitlines()) == 12


def test_with_tokens_it_asks_slack_whether_it_takes_them(msc: Msc) -> None:
    with standin() as slack:
        told = msc("doctor", **tokens(slack))
        assert told.code == 0, told.out
        assert f"({slack.team.id})" in line(told.out, "slack")
        assert "of the manifest are granted" in line(told.out, "scopes")
        assert "xox" not in told.out and "xapp" not in told.out


def test_a_missing_scope_is_named_with_the_file_that_has_it(msc: Msc) -> None:
    with standin() as slack:
        slack.without_scope("chat:write")
        told = msc("doctor", **tokens(slack))
        assert told.code == 1
        assert re.match(r"NOT missing: chat:write; .*manifest-socket\.json", line(told.out, "scopes"))


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
def test_a_token_that_slack_refuses_is_named(msc: Msc, name: str) -> None:
    with standin() as slack:
        told = msc("doctor", **tokens(slack) | {name: "xoxb-wrong"})
        assert told.code == 1
        assert line(told.out, "slack").startswith(f"NOT Slack refused {name} (")


def test_a_slack_that_cannot_be_reached_is_said(msc: Msc) -> None:
    given = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
    }
    told = msc("doctor", **given)
    assert told.code == 1
    assert "can't be reached; check the network" in line(told.out, "slack")


def test_an_installation_into_many_workspaces_needs_a_key_and_a_public_address(msc: Msc) -> None:
    given = {
        "SLACK_CLIENT_ID": "1",
        "SLACK_CLIENT_SECRET": "2",
        "MSC_MODE": "http",
        "SLACK_SIGNING_SECRET": "3",
    }
    assert "NOT MSC_ENCRYPTION_KEYS is missing" in line(msc("doctor", **given).out, "slack")
    given["MSC_ENCRYPTION_KEYS"] = "short"
    assert "NOT MSC_ENCRYPTION_KEYS must hold keys" in line(msc("doctor", **given).out, "slack")
    given["MSC_ENCRYPTION_KEYS"] = "A" * 43 + "="
    assert "NOT MSC_PUBLIC_URL must begin with https" in line(msc("doctor", **given).out, "slack")
    told = msc("doctor", MSC_PUBLIC_URL="https://msc.example.org", **given)
    assert "https://msc.example.org/slack/install" in line(told.out, "slack") and told.code == 0


def test_jobs_that_nobody_does_are_broken_and_say_what_to_start(msc: Msc, tmp_path: Path) -> None:
    written(tmp_path, lambda db: jobs.put(db, "T1", "look", {}, NOW - timedelta(hours=1)))
    told = msc("doctor")
    assert told.code == 1
    assert "msc serve --role worker" in line(told.out, "jobs")


def test_jobs_set_aside_are_shown_with_their_reason(msc: Msc, tmp_path: Path) -> None:
    async def set_aside(db: Database) -> None:
        await jobs.put(db, "T1", "look", {}, NOW)
        job = await jobs.claim(db, ["look"], NOW, timedelta(seconds=9))
        assert job
        await jobs.fail(db, job, "the page is empty", again=None, now=NOW)

    written(tmp_path, set_aside)
    told = msc("doctor")
    assert line(told.out, "jobs").startswith("see 1 set aside: look 1: the page is empty; mend")
    assert told.code == 0


def test_sources_that_cannot_be_read_are_shown_with_their_reason(msc: Msc, tmp_path: Path) -> None:
    async def failed(db: Database) -> None:
        held = await sources.add(db, "T1", Wanted(kind="feed", place="https://news.example.org/rss"), NOW)
        async with db.write() as connection:
            from sqlalchemy import text

            await connection.execute(
                text("UPDATE sources SET error = 'is not there (404)' WHERE id = :id"), {"id": held.id}
            )

    written(tmp_path, failed)
    told = msc("doctor")
    assert "https://news.example.org/rss: is not there (404); mend, pause" in line(told.out, "sources")


def test_posts_that_nobody_knows_of_are_shown(msc: Msc, tmp_path: Path) -> None:
    async def unknown(db: Database) -> None:
        await outbox.put(db, "T1", "C1", "run", [{"text": "a", "blocks": []}], NOW)
        attempt = await outbox.take(db, NOW)
        assert attempt
        await outbox.unknown(db, attempt, "reset")

    written(tmp_path, unknown)
    assert line(msc("doctor").out, "posts").startswith("see 1 unknown; look into their channels")


def test_a_wrong_time_zone_is_named(msc: Msc) -> None:
    told = msc("doctor", MSC_TIMEZONE="Europe/Munich")
    assert told.code == 1
    assert "'Europe/Munich', which is no zone; use a name such as" in line(told.out, "time zones")


def test_a_wrong_setting_is_the_only_line_after_python(msc: Msc) -> None:
    told = msc("doctor", MSC_PORT="many")
    assert told.code == 1
    assert line(told.out, "settings").startswith("NOT MSC_PORT") and len(told.out.splitlines()) == 2


def test_a_folder_that_cannot_be_written_or_has_no_room_is_named(
    msc: Msc, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handlers.cli import _machine

    monkeypatch.setattr(_machine, "_ROOM", 2**60)
    told = msc("doctor")
    assert told.code == 1 and "MB left; make room" in line(told.out, "data folder")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "can't be written; set MSC_DATA_DIR" in line(msc("doctor").out, "data folder")
