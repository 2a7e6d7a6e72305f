"""Let people come back: a second code, messages, where a referral stands, visits."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID, HASH, MOMENT = sa.String(32), sa.String(64), sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add a column to the referrals, and three tables."""
    # An index, not a constraint: SQLite would build the whole table anew for that, and drop what points at it.
    op.add_column("referral", sa.Column("helper_digest", HASH))
    op.create_index("ix_referral_helper_digest", "referral", ["helper_digest"], unique=True)
    op.create_table(
        "message",
        sa.Column("id", HASH, primary_key=True),
        _of_referral(),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("opened_at", MOMENT),
        sa.Column("bucket", sa.Integer, nullable=False),
        sa.Column("team_key_id", ID, nullable=False, index=True),
        sa.Column("key_ids", sa.Text, nullable=False),
        sa.Column("envelope", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "news",
        sa.Column("id", sa.Integer, primary_key=True),
        _of_referral(),
        sa.Column("key", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "visit",
        sa.Column("id", HASH, primary_key=True),
        sa.Column("locked", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False, index=True),
    )


def _of_referral() -> sa.Column[str]:
    referral = sa.ForeignKey("referral.reference", ondelete="CASCADE")
    return sa.Column("reference", sa.String(16), referral, nullable=False, index=True)


def downgrade() -> None:
    """Refuse: the tables hold what people wrote to the teams."""
    raise NotImplementedError("These tables are never taken away: they hold messages")
