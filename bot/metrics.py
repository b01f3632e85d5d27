"""What a process counts, under the names that /metrics serves. Stages count here; the web door reads.

Labels hold our own words alone (a subcommand, an outcome, a method of Slack's), never a text, a name, an
address or an id: whoever reads the metrics learns nothing about anybody, and their number stays small.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version

from prometheus_client import Counter, Gauge, Histogram

from bot.errors import MscError
from bot.models import Reply

_QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0)  # Slack gives up after 3 s
_ANSWER = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)

BUILD = Gauge("msc_build_info", "The version that runs; always 1", ["version"])
BUILD.labels(version("msc-bot")).set(1)

ACKNOWLEDGED = Histogram(
    "msc_ack_seconds", "Time until a request of Slack was acknowledged", ["way"], buckets=_QUICK
)
REFUSED = Counter("msc_slack_refused_total", "HTTP requests refused before they were parsed", ["status"])
ANSWERS = Counter("msc_answers_total", "Questions answered, at any door", ["command", "verdict"])
ANSWERING = Histogram("msc_answer_seconds", "Time from a question to its reply", ["command"], buckets=_ANSWER)
UNFINISHED = Gauge("msc_answers_in_progress", "Answers that are on their way")

SLACK_CALLS = Counter("msc_slack_calls_total", "Calls of Slack's Web API", ["method", "result"])
SLACK_LIMITED = Counter("msc_slack_rate_limited_total", "Calls that Slack answered with 429", ["method"])
SLACK_UP = Gauge("msc_slack_up", "1 while Slack can be reached from here")

ARTICLES = Counter("msc_articles_read_total", "Sources read, by what became of them", ["outcome"])
QUOTATIONS = Counter("msc_quotations_read_total", "Quotations found in the articles that were stored")
FETCHES = Counter("msc_fetches_total", "Addresses fetched, by result", ["result"])

JOBS_ENDED = Counter("msc_jobs_ended_total", "Attempts at jobs, by how they ended", ["kind", "outcome"])
JOBS = Gauge("msc_jobs", "Jobs in the database that are not done, by state", ["state"])
QUEUE_AGE = Gauge("msc_queue_oldest_seconds", "How long the oldest due job has waited")

DIGESTS = Counter("msc_digest_messages_total", "Messages of digests, by how posting them ended", ["outcome"])
OUTBOX = Gauge("msc_outbox_messages", "Messages in the outbox that are not posted yet, by state", ["state"])
OUTBOX_AGE = Gauge("msc_outbox_oldest_seconds", "How long the oldest message that may go out has waited")
TICKED = Gauge("msc_clock_tick_timestamp_seconds", "When this process's clock last looked what is due")

DATABASE_UP = Gauge("msc_database_up", "1 while the database answers this process")


@contextmanager
def answering(command: str) -> Iterator[list[Reply]]:
    """Count and time one answer; the caller puts its reply into the list that is yielded."""
    replies: list[Reply] = []
    began = time.perf_counter()
    verdict = "error"
    UNFINISHED.inc()
    try:
        yield replies
        verdict = verdict_of(replies[0])
    except MscError:
        verdict = "refused"
        raise
    finally:
        UNFINISHED.dec()
        ANSWERING.labels(command).observe(time.perf_counter() - began)
        ANSWERS.labels(command, verdict).inc()


def read(outcome: str, quotations: int) -> None:
    """Count a source that was read, with the quotations that were stored with it."""
    ARTICLES.labels(outcome).inc()
    QUOTATIONS.inc(quotations)


def verdict_of(reply: Reply) -> str:
    """Return in one word how a question was answered."""
    if reply.verification is not None:
        return reply.verification.value
    if reply.verdict is not None:
        return "yes" if reply.verdict else "no"
    if reply.answers or reply.narration:
        return "found"
    return "nobody" if reply.articles_searched else "told"
