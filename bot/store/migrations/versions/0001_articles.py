"""Articles, people and what was found."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "articles",
        sa.Column("id", ID, nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("recipe", sa.String(length=64), server_default="", nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("media", sa.String(length=128), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("publisher", sa.Text()),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("published", sa.Date()),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("masks", sa.JSON(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("sentences", sa.JSON(), nullable=False),
        sa.Column("fetched", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("workspace", "source", name=op.f("uq_articles_workspace_source")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_articles_workspace_content_hash"), "articles", ["workspace", "content_hash"])
    op.create_index(op.f("ix_articles_workspace_published"), "articles", ["workspace", "published"])
    op.create_table(
        "people",
        sa.Column("id", ID, nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_people_workspace"), "people", ["workspace"])
    op.create_table(
        "appearances",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_appearances_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_appearances_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "name", name=op.f("pk_appearances")),
    )
    op.create_index(op.f("ix_appearances_person_id"), "appearances", ["person_id"])
    op.create_index(op.f("ix_appearances_workspace"), "appearances", ["workspace"])
    op.create_table(
        "facts",
        sa.Column("id", ID, nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("subject", sa.JSON()),
        sa.Column("predicate", sa.JSON()),
        sa.Column("object", sa.JSON()),
        sa.Column("sentence", sa.JSON(), nullable=False),
        sa.Column("quantities", sa.JSON(), nullable=False),
        sa.Column("dates", sa.JSON(), nullable=False),
        sa.Column("attributed_to", sa.Text()),
        sa.Column("attribution_span", sa.JSON()),
        sa.Column("modality", sa.String(length=16), nullable=False),
        sa.Column("negated", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_facts_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facts")),
        sa.UniqueConstraint("article_id", "position", name=op.f("uq_facts_article_id_position")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_facts_workspace"), "facts", ["workspace"])
    op.create_table(
        "mentions",
        sa.Column("id", ID, nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("quotation", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_mentions_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentions")),
        sa.UniqueConstraint("article_id", "position", name=op.f("uq_mentions_article_id_position")),
    )
    op.create_index(op.f("ix_mentions_workspace_entity"), "mentions", ["workspace", "entity"])
    op.create_table(
        "names",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_names_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace", "key", "person_id", name=op.f("pk_names")),
    )
    op.create_index(op.f("ix_names_person_id"), "names", ["person_id"])
    op.create_table(
        "quotations",
        sa.Column("id", ID, nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sentence", sa.JSON(), nullable=False),
        sa.Column("cue", sa.JSON()),
        sa.Column("cue_lemma", sa.Text()),
        sa.Column("speaker_span", sa.JSON()),
        sa.Column("speaker", sa.Text()),
        sa.Column("speaker_kind", sa.String(length=16)),
        sa.Column("person_id", ID),
        sa.Column("role", sa.Text()),
        sa.Column("polarity", sa.String(length=16), nullable=False),
        sa.Column("nested_in", sa.Integer()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("speaker_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_quotations_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_quotations_person_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotations")),
        sa.UniqueConstraint("article_id", "position", name=op.f("uq_quotations_article_id_position")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_quotations_person_id"), "quotations", ["person_id"])
    op.create_index(op.f("ix_quotations_workspace_person_id"), "quotations", ["workspace", "person_id"])


def downgrade() -> None:
    """Drop the tables."""

    op.drop_index(op.f("ix_quotations_workspace_person_id"), table_name="quotations")
    op.drop_index(op.f("ix_quotations_person_id"), table_name="quotations")
    op.drop_table("quotations")
    op.drop_index(op.f("ix_names_person_id"), table_name="names")
    op.drop_table("names")
    op.drop_index(op.f("ix_mentions_workspace_entity"), table_name="mentions")
    op.drop_table("mentions")
    op.drop_index(op.f("ix_facts_workspace"), table_name="facts")
    op.drop_table("facts")
    op.drop_index(op.f("ix_appearances_workspace"), table_name="appearances")
    op.drop_index(op.f("ix_appearances_person_id"), table_name="appearances")
    op.drop_table("appearances")
    op.drop_index(op.f("ix_people_workspace"), table_name="people")
    op.drop_table("people")
    op.drop_index(op.f("ix_articles_workspace_published"), table_name="articles")
    op.drop_index(op.f("ix_articles_workspace_content_hash"), table_name="articles")
    op.drop_table("articles")
