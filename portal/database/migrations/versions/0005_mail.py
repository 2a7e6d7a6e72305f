"""Let mail be sent: a row for each message to each person, tried until it is sent or given up."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add a table."""
    op.create_table(
        "mail",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column(
            "member_id", sa.String(32), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=True, index=True
        ),
        sa.Column("team", sa.String(64), nullable=True),
        sa.Column("area", sa.String(64), nullable=True, index=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("next_try_at", MOMENT, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("claimed_until", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("given_up_at", MOMENT, nullable=True),
        sa.Column("fault", sa.String(200), nullable=False),
    )
    op.create_index("ix_mail_waiting", "mail", ["sent_at", "given_up_at", "next_try_at"])


def downgrade() -> None:
    """Refuse: what was given up would be forgotten."""
    raise NotImplementedError("These are never taken away: what was given up would be forgotten")
