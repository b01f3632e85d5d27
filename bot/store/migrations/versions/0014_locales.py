"""In which language a digest and a note to a follower are written."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what is there stays English."""
    for table in ("digest_schedules", "theme_follows"):
        op.add_column(table, sa.Column("locale", sa.String(length=16), server_default="en", nullable=False))


def downgrade() -> None:
    """Drop them."""
    for table in ("digest_schedules", "theme_follows"):
        op.drop_column(table, "locale")
