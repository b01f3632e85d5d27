"""Sources as rows of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables; articles that are there belong to no source until they are read again."""
    op.create_table(
        "sources",
        sa.Column("id", ID, nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("every", sa.Integer()),
        sa.Column("next_look", sa.DateTime(timezone=True)),
        sa.Column("etag", sa.Text()),
        sa.Column("modified", sa.Text()),
        sa.Column("looked", sa.DateTime(timezone=True)),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("total", sa.Integer()),
        sa.Column("result", sa.JSON()),
        sa.Column("error", sa.Text()),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("added_by", sa.String(length=64)),
        sa.Column("added", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("workspace", "place", name=op.f("uq_sources_workspace_place")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sources_state_next_look"), "sources", ["state", "next_look"])
    op.create_table(
        "source_articles",
        sa.Column("source_id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("item", sa.Text()),
        _foreign("source_articles", "source_id", "sources.id"),
        _foreign("source_articles", "article_id", "articles.id"),
        sa.PrimaryKeyConstraint("source_id", "article_id", name=op.f("pk_source_articles")),
    )
    op.create_index(op.f("ix_source_articles_article_id"), "source_articles", ["article_id"])
    op.create_table(
        "uploads",
        sa.Column("source_id", ID, nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("media", sa.String(length=128), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        _foreign("uploads", "source_id", "sources.id"),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_uploads")),
    )


def downgrade() -> None:
    """Drop them; the articles stay."""
    for name in ("uploads", "source_articles", "sources"):
        op.drop_table(name)


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE")
