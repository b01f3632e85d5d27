"""The tables of what Slack's users leave behind: deliveries, questions, feedback, what admins decided."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from bot.store.tables import METADATA, Id, Json, Moment

seen = Table(
    "seen",
    METADATA,
    Column("workspace", String(64), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("at", Moment, nullable=False),
    Index("ix_seen_at", "at"),
)

asked = Table(
    "asked",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("user", String(64), nullable=False),
    Column("channel", String(64)),
    Column("thread", String(64)),
    Column("question", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_asked_workspace_user", "workspace", "user", "id"),
    Index("ix_asked_workspace_thread", "workspace", "channel", "thread"),
)

feedback = Table(
    "feedback",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("user", String(64), nullable=False),
    Column("verdict", String(32), nullable=False),
    Column("source", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("start", Integer, nullable=False),
    Column("content", Json, nullable=False),
    Column("words", Text, nullable=False),
    Column("speaker", Text),
    Column("at", Moment, nullable=False),
    UniqueConstraint("workspace", "user", "content_hash", "start", "verdict", name="uq_feedback_workspace"),
)

policies = Table(
    "policies",
    METADATA,
    Column("workspace", String(64), primary_key=True),
    Column("everyone_adds", Boolean, nullable=False),
    Column("retention", Integer),
    Column("feedback", Boolean, nullable=False),
    Column("changed_by", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)

# the one table that is found by workspace before anybody is known: its rows are never shown
installations = Table(
    "installations",
    METADATA,
    Column("workspace", String(64), primary_key=True),
    Column("token", Text, nullable=False),
    Column("bot_id", String(64), nullable=False),
    Column("bot_user", String(64), nullable=False),
    Column("scopes", Json, nullable=False),
    Column("name", Text, nullable=False),
    Column("enterprise", String(64)),
    Column("installed_by", String(64)),
    Column("at", Moment, nullable=False),
)

oauth_states = Table(
    "oauth_states",
    METADATA,
    Column("state", String(64), primary_key=True),
    Column("until", Moment, nullable=False),
)
