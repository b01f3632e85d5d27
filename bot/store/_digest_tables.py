"""The tables of digests: schedules, their runs, the outbox of frozen messages, follows and mutes."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.tables import METADATA, Id, Json, Moment

schedules = Table(
    "digest_schedules",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("channel", String(64), nullable=False),
    Column("owner", String(64), nullable=False),
    Column("at", String(5), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("days", String(16), nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("themes", Integer, nullable=False),
    Column("skip_quiet", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("since", Moment, nullable=False),
    Column("read_until", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    Column("locale", String(16), nullable=False, server_default="en"),
    UniqueConstraint("workspace", "channel"),
    Index("ix_digest_schedules_state", "state"),
    sqlite_autoincrement=True,
)

# one row a due local date: the claim that lets one process, once, make that date's edition
runs = Table(
    "digest_runs",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("schedule_id", Id, ForeignKey("digest_schedules.id", ondelete="CASCADE"), nullable=False),
    Column("local_date", Date, nullable=False),
    Column("edition", Date, nullable=False),
    Column("timing", String(16), nullable=False),
    Column("due", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("fence", Integer, nullable=False),
    Column("leased_until", Moment, nullable=False),
    UniqueConstraint("schedule_id", "local_date"),
    Index("ix_digest_runs_state", "state"),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("channel", String(64), nullable=False),
    Column("run", String(64), nullable=False),
    Column("position", Integer, nullable=False),
    Column("payload", Json, nullable=False),
    Column("state", String(16), nullable=False),
    Column("fence", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("at", Moment),
    Column("ts", String(32)),
    Column("error", String(64)),
    UniqueConstraint("workspace", "run", "position"),
    Index("ix_outbox_state", "state", "not_before"),
    sqlite_autoincrement=True,
)

follows = Table(
    "theme_follows",
    METADATA,
    Column("workspace", String(64), primary_key=True),
    Column("user", String(64), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("title", Text, nullable=False),
    Column("told", Date),
    Column("since", Moment, nullable=False),
    Column("locale", String(16), nullable=False, server_default="en"),
)

mutes = Table(
    "theme_mutes",
    METADATA,
    Column("workspace", String(64), primary_key=True),
    Column("channel", String(64), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("title", Text, nullable=False),
    Column("until", Moment, nullable=False),
)
