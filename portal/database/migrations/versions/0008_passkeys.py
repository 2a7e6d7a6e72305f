"""Let members use passkeys in place of one-time codes."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add two tables."""
    op.create_table(
        "passkey",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("member_id", sa.String(32), sa.ForeignKey("member.id"), nullable=False, index=True),
        sa.Column("credential_id", sa.LargeBinary, nullable=False),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("sign_count", sa.BigInteger, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("last_used_at", MOMENT, nullable=True),
    )
    op.create_table(
        "spent_challenge",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("ends", MOMENT, nullable=False, index=True),
    )


def downgrade() -> None:
    """Refuse: a challenge that was answered would work again."""
    raise NotImplementedError("These are never taken away: a challenge that was answered would work again")
