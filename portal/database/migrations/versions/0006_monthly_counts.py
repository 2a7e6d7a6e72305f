"""Count by month, apart from the referrals."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table."""
    op.create_table(
        "monthly_count",
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("team_id", sa.String(64), sa.ForeignKey("team.id"), primary_key=True),
        sa.Column("measure", sa.String(16), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Refuse: the counts cannot be had again, since the referrals are sealed and erased."""
    raise NotImplementedError("These are never taken away: nothing else knows the counts")
