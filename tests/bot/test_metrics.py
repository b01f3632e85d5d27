"""What is done is counted once, under words of ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from prometheus_client import REGISTRY

from bot import metrics
from bot.digest.outbox import deliver, mend
from bot.errors import PostFailed, PostUnknown, QuestionError, SourceError
from bot.fetch import http
from bot.fetch.addresses import Allowed
from bot.jobs import Poison, Policy
from bot.jobs._doing import Doer
from bot.models import Phrase, Reply, Verification
from bot.store import Database, jobs, outbox
from tests.bot.digest.test_outbox import Owner, Slack

NOW = datetime(2026, 2, 14, 8, tzinfo=UTC)


def counted(name: str, **labels: str) -> float:
    """Return a sample, 0 before it was first counted."""
    return REGISTRY.get_sample_value(name, labels) or 0.0


def reply(**parts: Any) -> Reply:
    return Reply("q", Phrase("k"), **parts)


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (reply(articles_searched=3), "nobody"),
        (reply(), "told"),
        (reply(verdict=True), "yes"),
        (reply(verdict=False, articles_searched=3), "no"),
        (reply(verification=Verification.NEAR), "near"),
        (reply(answers=(None,)), "found"),
        (reply(narration=(None,)), "found"),
    ],
)
def test_an_answer_is_counted_by_command_and_verdict(said: Reply, verdict: str) -> None:
    before = counted("msc_answers_total", command="test", verdict=verdict)
    timed = counted("msc_answer_seconds_count", command="test")
    with metrics.answering("test") as replies:
        assert counted("msc_answers_in_progress") >= 1
        replies.append(said)
    assert counted("msc_answers_total", command="test", verdict=verdict) == before + 1
    assert counted("msc_answer_seconds_count", command="test") == timed + 1


@pytest.mark.parametrize(("error", "verdict"), [(QuestionError("x"), "refused"), (KeyError("x"), "error")])
def test_a_question_that_was_refused_and_a_fault_of_ours_are_told_apart(
    error: Exception, verdict: str
) -> None:
    before = counted("msc_answers_total", command="test", verdict=verdict)
    under_way = counted("msc_answers_in_progress")
    with pytest.raises(type(error)), metrics.answering("test"):
        raise error
    assert counted("msc_answers_total", command="test", verdict=verdict) == before + 1
    assert counted("msc_answers_in_progress") == under_way


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [(None, "posted"), (PostFailed("is_archived"), "failed"), (PostUnknown("reset"), "unknown")],
)
async def test_a_message_of_a_digest_is_counted_by_how_it_ended(
    sqlite_database: Database, answer: Exception | None, outcome: str
) -> None:
    before = {o: counted("msc_digest_messages_total", outcome=o) for o in ("posted", "failed", "unknown")}
    slack, owner = Slack(answer, history=False), Owner()
    await outbox.put(sqlite_database, "W1", "C1", "run", [{"text": "parent", "blocks": []}], NOW)
    await deliver(sqlite_database, slack, lambda: NOW, owner)
    later = NOW + timedelta(minutes=3)
    await mend(sqlite_database, slack, lambda: later, owner)
    after = {o: counted("msc_digest_messages_total", outcome=o) for o in before}
    assert after == before | {outcome: before[outcome] + 1}


@pytest.mark.parametrize(
    ("raised", "outcome"), [(None, "done"), (OSError("away"), "again"), (Poison("no"), "set_aside")]
)
async def test_an_attempt_at_a_job_is_counted_by_how_it_ended(
    sqlite_database: Database, raised: Exception | None, outcome: str
) -> None:
    async def work(_: jobs.Job) -> None:
        if raised:
            raise raised

    before = counted("msc_jobs_ended_total", kind="test", outcome=outcome)
    doer = Doer(sqlite_database, {"test": work}, Policy(), lambda: NOW)
    await jobs.put(sqlite_database, "T1", "test", {}, NOW)
    job = await doer.claim()
    assert job
    await doer.do(job)
    assert counted("msc_jobs_ended_total", kind="test", outcome=outcome) == before + 1


async def test_a_fetch_is_counted_by_its_result() -> None:
    before = counted("msc_fetches_total", result="failed")
    with pytest.raises(SourceError):
        await http.get("http://127.0.0.1/", Allowed())
    assert counted("msc_fetches_total", result="failed") == before + 1
