"""Let people choose to be told that there is news."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table, and a column to the mail."""
    op.create_table(
        "news_wish",
        sa.Column(
            "reference", sa.String(16), sa.ForeignKey("referral.reference", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("locked", sa.LargeBinary, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.add_column("mail", sa.Column("reference", sa.String(16), nullable=True))
    op.create_index("ix_mail_reference", "mail", ["reference"])


def downgrade() -> None:
    """Refuse: people would wait for a message that they chose."""
    raise NotImplementedError("These are never taken away: people would wait for a message that they chose")
