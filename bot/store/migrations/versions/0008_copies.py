"""Copies and earlier versions of articles."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables and the column; articles that are there get their shingles when they are read anew."""
    op.add_column("articles", sa.Column("reprint_of", ID))
    op.create_index(op.f("ix_articles_reprint_of"), "articles", ["reprint_of"])
    op.create_table(
        "shingles",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_shingles_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace", "hash", "article_id", name=op.f("pk_shingles")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_shingles_article_id"), "shingles", ["article_id"])
    op.create_table(
        "versions",
        sa.Column("id", ID, nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("published", sa.Date()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("fetched", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_versions_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versions")),
    )
    op.create_index(op.f("ix_versions_article_id"), "versions", ["article_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("versions")
    op.drop_table("shingles")
    op.drop_index(op.f("ix_articles_reprint_of"), table_name="articles")
    op.drop_column("articles", "reprint_of")
