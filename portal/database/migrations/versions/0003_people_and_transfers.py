"""Let people be invited, look after areas, and offer a referral to another team."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID, NAME, HASH, MOMENT = sa.String(32), sa.String(64), sa.String(64), sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add three tables, and a column to the referrals."""
    op.create_table(
        "area_role",
        sa.Column("member_id", ID, sa.ForeignKey("member.id"), primary_key=True),
        sa.Column("area", NAME, primary_key=True, index=True),
        sa.Column("role", sa.String(16), primary_key=True),
        sa.Column("since", MOMENT, nullable=False),
    )
    op.create_table(
        "invitation",
        sa.Column("id", HASH, primary_key=True),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("team_id", NAME, sa.ForeignKey("team.id"), index=True),
        sa.Column("area", NAME, index=True),
        sa.Column("member_id", ID, sa.ForeignKey("member.id")),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
    )
    referral = sa.ForeignKey("referral.reference", ondelete="CASCADE")
    op.create_table(
        "transfer",
        sa.Column("reference", sa.String(16), referral, primary_key=True),
        sa.Column("to_team", NAME, sa.ForeignKey("team.id"), nullable=False, index=True),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("offered_at", MOMENT, nullable=False),
    )
    op.add_column("referral", sa.Column("confirmed_at", MOMENT))


def downgrade() -> None:
    """Refuse: the tables say who may open what."""
    raise NotImplementedError("These tables are never taken away: they say who may open what")
