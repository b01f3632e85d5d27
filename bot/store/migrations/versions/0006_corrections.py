"""What people corrected, by the content it is about."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "corrections",
        sa.Column("id", ID, nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("speaker", sa.Text()),
        sa.Column("by", sa.String(length=64)),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sa.UniqueConstraint(
            "workspace",
            "content_hash",
            "start",
            "end",
            name=op.f("uq_corrections_workspace_content_hash_start_end"),
        ),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("corrections")
