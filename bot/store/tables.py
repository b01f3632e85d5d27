"""The tables. Every row that a workspace can reach carries its workspace.

Texts are stored once, in `articles`; findings point into them by code-point offsets. Spans are JSON: they
are never searched for. The words of the full-text index have their own tables, in `bot.store.fulltext`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Json = JSON(none_as_null=True)
Id = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER PRIMARY KEY counts by itself in SQLite


class Moment(TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite has no zones and would drop it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time; return it in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive time can't be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the time in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _article() -> Column[int]:
    return Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False)


articles = Table(
    "articles",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("source", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("raw_hash", String(64), nullable=False, server_default=""),
    Column("recipe", String(64), nullable=False, server_default=""),
    Column("text", Text, nullable=False),
    Column("media", String(128), nullable=False),
    Column("url", Text),
    Column("title", Text),
    Column("publisher", Text),
    Column("authors", Json, nullable=False),
    Column("published", Date),
    Column("language", String(16), nullable=False),
    Column("headings", Json, nullable=False),
    Column("masks", Json, nullable=False),
    Column("flags", Json, nullable=False),
    Column("sentences", Json, nullable=False),
    Column("keyterms", Json, nullable=False, server_default="[]"),
    Column("reprint_of", Id, index=True),  # the earliest article with the same words
    Column("fetched", Moment, nullable=False),
    Column("stored", Moment, nullable=False),
    UniqueConstraint("workspace", "source"),
    Index(None, "workspace", "content_hash"),
    Index(None, "workspace", "published"),
    sqlite_autoincrement=True,  # an id in a Slack button never comes to mean another article
)

people = Table(
    "people",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Index(None, "workspace"),
    sqlite_autoincrement=True,
)

# which keys lead to a person: the name's own and its aliases'; two people may share one
names = Table(
    "names",
    METADATA,
    Column("workspace", String(64), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "person_id"),
)

# a person in an article, as that article gives them
appearances = Table(
    "appearances",
    METADATA,
    Column("article_id", Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("person_id", Id, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("position", Integer),  # among the people that extraction named; none: a speaker only
    Column("roles", Json, nullable=False),
    Column("aliases", Json, nullable=False),
    Index(None, "person_id"),
    Index(None, "workspace"),
)

quotations = Table(
    "quotations",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("workspace", String(64), nullable=False),
    _article(),
    Column("position", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("content", Json, nullable=False),
    Column("sentence", Json, nullable=False),
    Column("cue", Json),
    Column("cue_lemma", Text),
    Column("speaker_span", Json),
    Column("speaker", Text),
    Column("speaker_kind", String(16)),
    Column("person_id", Id, ForeignKey("people.id", ondelete="SET NULL")),
    Column("role", Text),
    Column("polarity", String(16), nullable=False),
    Column("nested_in", Integer),
    Column("reason", Text, nullable=False),
    Column("speaker_reason", Text, nullable=False),
    UniqueConstraint("article_id", "position"),
    Index(None, "workspace", "person_id"),
    Index(None, "person_id"),
    sqlite_autoincrement=True,
)

facts = Table(
    "facts",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("workspace", String(64), nullable=False),
    _article(),
    Column("position", Integer, nullable=False),
    Column("content", Json, nullable=False),
    Column("subject", Json),
    Column("predicate", Json),
    Column("object", Json),
    Column("sentence", Json, nullable=False),
    Column("quantities", Json, nullable=False),
    Column("dates", Json, nullable=False),
    Column("attributed_to", Text),
    Column("attribution_span", Json),
    Column("modality", String(16), nullable=False),
    Column("negated", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    UniqueConstraint("article_id", "position"),
    Index(None, "workspace"),
    sqlite_autoincrement=True,
)

mentions = Table(
    "mentions",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("workspace", String(64), nullable=False),
    _article(),
    Column("position", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("entity", Text, nullable=False),
    Column("quotation", Integer),
    UniqueConstraint("article_id", "position"),
    Index(None, "workspace", "entity"),
)
