"""Create the first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID, NAME, HASH, MOMENT = sa.String(32), sa.String(64), sa.String(64), sa.DateTime(timezone=True)

REFUSAL = "the audit log is append-only"


def upgrade() -> None:
    """Build them from the ground up."""
    _create_people()
    _create_keys()
    _create_visits()
    _create_referrals()
    _create_records()


def _create_people() -> None:
    op.create_table(
        "team",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("area", NAME, nullable=False, index=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("ready_at", MOMENT),
    )
    op.create_table(
        "member",
        sa.Column("id", ID, primary_key=True),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("email_folded", sa.String(320), nullable=False, unique=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("key_id", ID, nullable=False, unique=True),
        sa.Column("totp_secret", sa.LargeBinary, nullable=False),
        sa.Column("last_totp_step", sa.BigInteger, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("disabled_at", MOMENT),
    )
    op.create_table(
        "member_slot",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("member_id", ID, sa.ForeignKey("member.id"), nullable=False, index=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("verifier", sa.LargeBinary, nullable=False),
        sa.Column("wrapped_seed", sa.LargeBinary, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_table(
        "membership",
        sa.Column("member_id", ID, sa.ForeignKey("member.id"), primary_key=True),
        sa.Column("team_id", NAME, sa.ForeignKey("team.id"), primary_key=True, index=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
    )


def _create_keys() -> None:
    op.create_table(
        "epoch",
        sa.Column("team_id", NAME, sa.ForeignKey("team.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("key_id", ID, nullable=False, unique=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("retired_at", MOMENT),
    )
    op.create_table(
        "epoch_wrap",
        sa.Column("team_id", NAME, primary_key=True),
        sa.Column("epoch", sa.Integer, primary_key=True),
        sa.Column("holder_key_id", ID, primary_key=True),
        sa.Column("holder_kind", sa.String(16), nullable=False),
        sa.Column("epoch_key_id", ID, nullable=False),
        sa.Column("member_id", ID, sa.ForeignKey("member.id"), index=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["team_id", "epoch"], ["epoch.team_id", "epoch.number"]),
    )
    op.create_table(
        "recovery_key",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("owner", NAME, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("key_id", ID, nullable=False, unique=True),
        sa.Column("canary_wrapped", sa.LargeBinary, nullable=False),
        sa.Column("canary_digest", sa.LargeBinary, nullable=False),
        sa.Column("canary_opened_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("retired_at", MOMENT),
        sa.UniqueConstraint("kind", "owner", "number"),
    )


def _create_visits() -> None:
    op.create_table(
        "draft",
        sa.Column("id", HASH, primary_key=True),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("locked", sa.LargeBinary, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False, index=True),
    )
    op.create_table(
        "staff_session",
        sa.Column("id", HASH, primary_key=True),
        sa.Column("member_id", ID, sa.ForeignKey("member.id"), nullable=False, index=True),
        sa.Column("locked", sa.LargeBinary, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_seen_at", MOMENT, nullable=False),
    )
    op.create_table(
        "sign_in_try",
        sa.Column("id", HASH, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("slow_until", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False, index=True),
    )


def _create_referrals() -> None:
    op.create_table(
        "referral",
        sa.Column("reference", sa.String(16), primary_key=True),
        sa.Column("team_id", NAME, sa.ForeignKey("team.id"), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("bucket", sa.Integer, nullable=False),
        sa.Column("team_key_id", ID, nullable=False),
        sa.Column("key_ids", sa.Text, nullable=False),
        sa.Column("next_action_on", sa.Date),
        sa.Column("follow_up_digest", HASH, unique=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("envelope", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_referral_queue", "referral", ["team_id", "state", "received_at"])
    op.create_index("ix_referral_team_key_id", "referral", ["team_key_id"])
    session = sa.ForeignKey("staff_session.id", ondelete="CASCADE")
    op.create_table(
        "opened",
        sa.Column("session_id", HASH, session, primary_key=True),
        sa.Column(
            "reference", sa.String(16), sa.ForeignKey("referral.reference", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("at", MOMENT, nullable=False),
    )


def _create_records() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("event", NAME, nullable=False),
        sa.Column("actor", NAME, nullable=False),
        sa.Column("team", NAME, index=True),
        sa.Column("subject", NAME, index=True),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("prev_hash", HASH, nullable=False),
        sa.Column("hash", HASH, nullable=False),
    )
    _refuse_changes_to_the_audit_log()
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("team", NAME),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("next_try_at", MOMENT, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("sent_at", MOMENT),
    )
    op.create_index("ix_outbox_waiting", "outbox", ["sent_at", "next_try_at"])


def _refuse_changes_to_the_audit_log() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_refuses_{act.lower()} BEFORE {act} ON audit "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def downgrade() -> None:
    """Refuse: the tables hold referrals."""
    raise NotImplementedError("The first tables are never taken away: they hold referrals")
