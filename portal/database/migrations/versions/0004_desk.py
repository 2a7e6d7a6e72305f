"""Let members take referrals and write notes."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table, and a column to the messages."""
    op.create_table(
        "taken",
        sa.Column(
            "reference", sa.String(16), sa.ForeignKey("referral.reference", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column(
            "member_id", sa.String(32), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.add_column("message", sa.Column("kind", sa.String(8), nullable=False, server_default="message"))


def downgrade() -> None:
    """Refuse: notes would pass for messages."""
    raise NotImplementedError("These are never taken away: notes would pass for messages")
