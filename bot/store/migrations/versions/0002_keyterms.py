"""Noun phrases of an article, for the themes of a day."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("articles", sa.Column("keyterms", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("articles", "keyterms")
