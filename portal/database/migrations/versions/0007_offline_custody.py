"""Let a team keep its key away from this service."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column to the teams, and one to the referrals."""
    op.add_column("team", sa.Column("custody", sa.String(8), nullable=False, server_default="here"))
    op.add_column("referral", sa.Column("confirm_digest", sa.String(64), nullable=True))


def downgrade() -> None:
    """Refuse: a team would get a key here without asking for it."""
    raise NotImplementedError("These are never taken away: a team would get a key here without asking for it")
