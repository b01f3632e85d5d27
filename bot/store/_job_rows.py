"""Rows of jobs: the table, the values made of it, and which rows could be done now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    or_,
    select,
    text,
)
from sqlalchemy.engine import RowMapping
from sqlalchemy.sql import ColumnElement

from bot.store.tables import METADATA, Id, Json, Moment

WAITING, RUNNING, DONE, DEAD = "waiting", "running", "done", "dead"
QUEUE = "jobs"  # claims stand in one line, whatever their workspace

jobs = Table(
    "jobs",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("key", String(200)),
    Column("lock", String(200)),
    Column("payload", Json, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("due", Moment, nullable=False),
    Column("lease_until", Moment),
    Column("last_error", Text),
    Column("created", Moment, nullable=False),
    Column("ended", Moment),
    Index(
        "uq_jobs_waiting_key", "workspace", "kind", "key",
        unique=True, sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'"),
    ),
    Index(None, "state", "due"),
    sqlite_autoincrement=True,
)  # fmt: skip


Now = datetime | BindParameter[datetime]


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed job; `fence` proves whose claim is the latest, `attempt` counts from 1."""

    id: int
    workspace: str
    kind: str
    payload: Mapping[str, Any]
    attempt: int
    fence: int
    lock: str | None = None


@dataclass(frozen=True, slots=True)
class JobState:
    """How a job stands."""

    id: int
    workspace: str
    kind: str
    state: str
    attempts: int
    due: datetime
    lease_until: datetime | None
    last_error: str | None


@dataclass(frozen=True, slots=True)
class NewJob:
    """What is to be done: jobs of a workspace with the same `lock` run one at a time, in the order in which
    they fell due; of those that wait under one `key` there is one.
    """

    workspace: str
    kind: str
    payload: Mapping[str, Any]
    key: str | None = None
    lock: str | None = None
    due: datetime | None = None


def claimable(now: Now) -> ColumnElement[bool]:
    """Due and waiting, or running under a lease that is over."""
    j = jobs.c
    waiting = and_(j.state == WAITING, j.due <= now)
    return or_(waiting, and_(j.state == RUNNING, j.lease_until <= now))


def lock_is_free(now: Now) -> ColumnElement[bool]:
    """Nobody runs under the lock, and nothing that fell due earlier waits for it."""
    j, other = jobs.c, jobs.alias("other")
    o = other.c
    before = or_(o.due < j.due, and_(o.due == j.due, o.id < j.id))
    busy = or_(
        and_(o.state == RUNNING, o.lease_until > now),
        and_(or_(o.state == WAITING, o.state == RUNNING), o.due <= now, before),
    )
    held = select(o.id).where(o.workspace == j.workspace, o.lock == j.lock, o.id != j.id, busy)
    return or_(j.lock.is_(None), ~held.correlate(jobs).exists())


def job_state(row: RowMapping) -> JobState:
    """Return a row as a value."""
    return JobState(
        row["id"], row["workspace"], row["kind"], row["state"], row["attempts"], row["due"],
        row["lease_until"], row["last_error"],
    )  # fmt: skip
