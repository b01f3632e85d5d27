"""The full-text index: passages, their words and their speakers.

SQLite keeps the words in FTS5 over the column of tokens (triggers hold the two in step); PostgreSQL in a
tsvector with GIN. Both are fed with our own tokens and do no linguistics.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

FTS5 = (
    "CREATE VIRTUAL TABLE passage_words USING fts5("
    "tokens, content='passages', content_rowid='id', columnsize=0, "
    "tokenize=\"ascii tokenchars ':~%@=!#'\")",
    "CREATE TRIGGER passages_added AFTER INSERT ON passages BEGIN "
    "INSERT INTO passage_words(rowid, tokens) VALUES (new.id, new.tokens); END",
    "CREATE TRIGGER passages_removed AFTER DELETE ON passages BEGIN "
    "INSERT INTO passage_words(passage_words, rowid, tokens) VALUES ('delete', old.id, old.tokens); END",
)
GIN = (
    "ALTER TABLE passages ADD COLUMN words tsvector NOT NULL",
    "CREATE INDEX ix_passages_words ON passages USING gin (words) WITH (fastupdate = off)",
)


def upgrade() -> None:
    """Make the tables and the engine's own index."""
    op.create_table(
        "search_workspaces",
        sa.Column("number", ID, nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("passages", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_search_workspaces")),
        sa.UniqueConstraint("workspace", name=op.f("uq_search_workspaces_workspace")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "search_words",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", "word", name=op.f("pk_search_words")),
    )
    op.create_index(op.f("ix_search_words_number"), "search_words", ["number", "version"])
    op.create_table(
        "search_speakers",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("quotations", sa.Integer(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", "name", name=op.f("pk_search_speakers")),
    )
    op.create_index(op.f("ix_search_speakers_number"), "search_speakers", ["number", "version"])
    op.create_table(
        "search_articles",
        sa.Column("article_id", ID, nullable=False, autoincrement=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("speakers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_search_articles")),
    )
    op.create_table(
        "passages",
        sa.Column("id", ID, nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("tokens", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passages")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_passages_article_id"), "passages", ["article_id"])
    for statement in FTS5 if op.get_bind().dialect.name == "sqlite" else GIN:
        op.execute(statement)


def downgrade() -> None:
    """Remove them."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER passages_removed")
        op.execute("DROP TRIGGER passages_added")
        op.execute("DROP TABLE passage_words")
    for table in ("passages", "search_articles", "search_speakers", "search_words", "search_workspaces"):
        op.drop_table(table)
