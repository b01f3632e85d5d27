"""What retention removed, so that its source does not bring it back."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table; what was removed before is not known."""
    op.create_table(
        "removed",
        sa.Column("source_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("item", sa.Text()),
        sa.Column("raw_hash", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("listed", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_removed_source_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source_id", "name", name=op.f("pk_removed")),
    )
    op.create_index(op.f("ix_removed_listed"), "removed", ["listed"])


def downgrade() -> None:
    """Remove it."""
    op.drop_table("removed")
