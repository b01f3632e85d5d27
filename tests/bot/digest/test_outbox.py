"""Messages of the outbox reach a channel once, in order, and doubt is said and never posted again."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.digest.outbox import deliver, mend
from bot.errors import PostFailed, PostUnknown
from bot.store import Database, outbox
from bot.store.outbox import Attempt
from tests.faults.posts import Channel, simulate

NOW = datetime(2026, 2, 14, 8, tzinfo=UTC)
MESSAGES: list[dict[str, Any]] = [
    {"text": "parent", "blocks": [{"type": "divider"}]},
    {"text": "theme", "blocks": []},
]


class Slack(Channel):
    """A channel that does what it is told."""

    def __init__(self, *answers: Exception | None, history: bool = True) -> None:
        super().__init__(random.Random(1), history, trouble=0.0)
        self.answers = list(answers)
        self.sent: list[tuple[str, str | None]] = []

    async def post(
        self,
        workspace: str,
        channel: str,
        text: str,
        blocks: list[dict[str, Any]],
        *,
        thread: str | None = None,
        run_id: str | None = None,
    ) -> str:
        self.sent.append((text if blocks or text != "parent" else "text only", thread))
        if self.answers and (answer := self.answers.pop(0)):
            raise answer
        return await super().post(workspace, channel, text, blocks, thread=thread, run_id=run_id)


class Owner:
    """Hears what went wrong for good."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def __call__(self, attempt: Attempt, code: str) -> None:
        self.heard.append(code)


async def all_of_it(db: Database, slack: Slack, owner: Owner, start: datetime, steps: int = 12) -> None:
    for second in range(steps):
        now = start + timedelta(seconds=second)
        await deliver(db, slack, lambda now=now: now, owner)  # type: ignore[misc]


async def test_a_thread_follows_its_parent_a_second_apart(database: Database) -> None:
    slack, owner = Slack(), Owner()
    assert await outbox.put(database, "W1", "C1", "run", MESSAGES, NOW)
    assert not await outbox.put(database, "W1", "C1", "run", MESSAGES, NOW)
    await deliver(database, slack, lambda: NOW, owner)
    await deliver(database, slack, lambda: NOW + timedelta(milliseconds=500), owner)
    assert len(slack.sent) == 1
    await deliver(database, slack, lambda: NOW + timedelta(seconds=1), owner)
    assert slack.sent == [("parent", None), ("theme", "1771056000.000001")]
    assert await outbox.counts(database, "W1") == {"posted": 2}


async def test_slack_asks_to_wait_and_is_obeyed(database: Database) -> None:
    slack, owner = Slack(PostFailed("ratelimited", 30.0)), Owner()
    await outbox.put(database, "W1", "C1", "run", MESSAGES[:1], NOW)
    await all_of_it(database, slack, owner, NOW)
    assert len(slack.sent) == 1
    await all_of_it(database, slack, owner, NOW + timedelta(seconds=31))
    assert len(slack.accepted) == 1


async def test_refused_blocks_go_once_more_as_text(database: Database) -> None:
    slack, owner = Slack(PostFailed("invalid_blocks")), Owner()
    await outbox.put(database, "W1", "C1", "run", MESSAGES[:1], NOW)
    await deliver(database, slack, lambda: NOW, owner)
    assert slack.sent == [("parent", None), ("text only", None)]


@pytest.mark.parametrize("code", ["channel_not_found", "is_archived", "token_revoked"])
async def test_a_refusal_for_good_ends_the_thread_and_is_told_once(database: Database, code: str) -> None:
    slack, owner = Slack(PostFailed(code)), Owner()
    await outbox.put(database, "W1", "C1", "run", MESSAGES, NOW)
    await all_of_it(database, slack, owner, NOW)
    assert owner.heard == [code]
    assert await outbox.counts(database, "W1") == {"failed": 2}


@pytest.mark.parametrize(
    ("history", "state"), [(True, "posted"), (False, "unknown")], ids=["history readable", "no scope"]
)
async def test_doubt_is_settled_in_the_history_or_said(database: Database, history: bool, state: str) -> None:
    slack, owner = Slack(history=history), Owner()
    await outbox.put(database, "W1", "C1", "run", MESSAGES[:1], NOW)
    attempt = await outbox.take(database, NOW)
    assert attempt is not None
    await slack.post("W1", "C1", attempt.text, attempt.blocks, run_id=attempt.mark)  # and the process dies
    later = NOW + timedelta(minutes=3)
    assert await mend(database, slack, lambda: later, owner) == 1
    await all_of_it(database, slack, owner, later)
    assert len(slack.accepted) == 1
    assert await outbox.counts(database, "W1") == {state: 1}
    assert owner.heard == ([] if history else ["unknown"])


async def test_a_late_finish_changes_nothing(database: Database) -> None:
    slack, owner = Slack(history=False), Owner()
    await outbox.put(database, "W1", "C1", "run", MESSAGES[:1], NOW)
    frozen = await outbox.take(database, NOW)
    assert frozen is not None
    await mend(database, slack, lambda: NOW + timedelta(minutes=3), owner)
    assert not await outbox.still_ours(database, frozen)
    assert not await outbox.posted(database, frozen, "1.1")
    assert await outbox.counts(database, "W1") == {"unknown": 1}


async def test_a_broken_connection_leaves_the_message_for_later(database: Database) -> None:
    slack, owner = Slack(PostUnknown("connection_reset")), Owner()
    await outbox.put(database, "W1", "C1", "run", MESSAGES[:1], NOW)
    await all_of_it(database, slack, owner, NOW)
    assert await outbox.counts(database, "W1") == {"sending": 1}


async def test_crashes_resets_and_frozen_workers_post_nothing_twice(tmp_path: Path) -> None:
    got = await simulate(6, tmp_path)
    assert (got.twice, got.lost) == (0, 0)
    assert got.states["posted"] > 0


async def test_two_workers_never_take_the_same_message(database: Database) -> None:
    await outbox.put(database, "W1", "C1", "run", MESSAGES[:1], NOW)
    first, second = await outbox.take(database, NOW), await outbox.take(database, NOW)
    assert first is not None
    assert second is None
