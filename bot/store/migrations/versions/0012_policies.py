"""What admins decide for their workspace."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "policies",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("everyone_adds", sa.Boolean(), nullable=False),
        sa.Column("retention", sa.Integer()),
        sa.Column("feedback", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", name=op.f("pk_policies")),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("policies")
