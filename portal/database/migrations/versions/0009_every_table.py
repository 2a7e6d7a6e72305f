"""Create every table, as the first nine migrations did together. Older databases are upgraded by release ab8716a first.

What is sealed or locked is BYTES; a HASH is a SHA-256 or an HMAC in hexadecimal.
"""

from functools import partial

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = None
branch_labels = None
depends_on = None

ID, NAME, HASH, MOMENT = sa.String(32), sa.String(64), sa.String(64), sa.DateTime(timezone=True)
REFERENCE, WORD, BYTES = sa.String(16), sa.String(16), sa.LargeBinary

key, need, may = partial(sa.Column, primary_key=True), partial(sa.Column, nullable=False), partial(sa.Column)

REFUSAL = "the audit log is append-only"


def upgrade() -> None:
    """Build them from the ground up."""
    _create_people()
    _create_keys()
    _create_sessions()
    _create_referrals()
    _create_news()
    _create_records()
    _refuse_changes_to_the_audit_log()


def _create_people() -> None:
    op.create_table(
        "team",
        key("id", NAME),
        need("area", NAME, index=True),
        need("name", sa.String(200)),
        need("created_at", MOMENT),
        may("ready_at", MOMENT),
        need("custody", sa.String(8), server_default="here"),
    )
    op.create_table(
        "member",
        key("id", ID),
        need("email", sa.String(320)),
        need("email_folded", sa.String(320), unique=True),
        need("name", sa.String(200)),
        need("public_key", BYTES),
        need("key_id", ID, unique=True),
        need("totp_secret", BYTES),
        need("last_totp_step", sa.BigInteger),
        need("created_at", MOMENT),
        may("disabled_at", MOMENT),
    )
    op.create_table(
        "membership",
        key("member_id", ID, _of("member.id")),
        key("team_id", NAME, _of("team.id"), index=True),
        need("role", WORD),
        need("joined_at", MOMENT),
    )
    op.create_table(
        "area_role",
        key("member_id", ID, _of("member.id")),
        key("area", NAME, index=True),
        key("role", WORD),
        need("since", MOMENT),
    )
    op.create_table(
        "invitation",
        key("id", HASH),
        need("email", sa.String(320)),
        need("name", sa.String(200)),
        need("role", WORD),
        may("team_id", NAME, _of("team.id"), index=True),
        may("area", NAME, index=True),
        may("member_id", ID, _of("member.id")),
        need("made_at", MOMENT),
        need("expires_at", MOMENT),
        may("used_at", MOMENT),
    )


def _create_keys() -> None:
    op.create_table(
        "member_slot",
        key("id", sa.Integer),
        need("member_id", ID, _of("member.id"), index=True),
        need("kind", WORD),
        need("salt", BYTES),
        need("verifier", BYTES),
        need("wrapped_seed", BYTES),
        need("created_at", MOMENT),
    )
    op.create_table(
        "passkey",
        key("id", HASH),
        need("member_id", ID, _of("member.id"), index=True),
        need("credential_id", BYTES),
        need("public_key", BYTES),
        need("sign_count", sa.BigInteger),
        need("name", NAME),
        need("added_at", MOMENT),
        may("last_used_at", MOMENT),
    )
    op.create_table(
        "epoch",
        key("team_id", NAME, _of("team.id")),
        key("number", sa.Integer),
        need("public_key", BYTES),
        need("key_id", ID, unique=True),
        need("created_at", MOMENT),
        may("retired_at", MOMENT),
    )
    op.create_table(
        "epoch_wrap",
        key("team_id", NAME),
        key("epoch", sa.Integer),
        key("holder_key_id", ID),
        need("holder_kind", WORD),
        need("epoch_key_id", ID),
        may("member_id", ID, _of("member.id"), index=True),
        need("wrapped", BYTES),
        sa.ForeignKeyConstraint(["team_id", "epoch"], ["epoch.team_id", "epoch.number"]),
    )
    op.create_table(
        "recovery_key",
        key("id", sa.Integer),
        need("kind", WORD),
        need("owner", NAME),
        need("number", sa.Integer),
        need("public_key", BYTES),
        need("key_id", ID, unique=True),
        need("canary_wrapped", BYTES),
        need("canary_digest", BYTES),
        may("canary_opened_at", MOMENT),
        need("created_at", MOMENT),
        may("retired_at", MOMENT),
        sa.UniqueConstraint("kind", "owner", "number"),
    )


def _create_sessions() -> None:
    op.create_table(
        "draft",
        key("id", HASH),
        need("kind", sa.String(8)),
        need("locked", BYTES),
        need("updated_at", MOMENT),
        need("expires_at", MOMENT, index=True),
    )
    op.create_table(
        "staff_session",
        key("id", HASH),
        need("member_id", ID, _of("member.id"), index=True),
        need("locked", BYTES),
        need("created_at", MOMENT),
        need("last_seen_at", MOMENT),
    )
    op.create_table(
        "visit",
        key("id", HASH),
        need("locked", BYTES),
        need("expires_at", MOMENT, index=True),
    )
    op.create_table(
        "sign_in_try",
        key("id", HASH),
        need("failures", sa.Integer),
        need("slow_until", MOMENT),
        need("updated_at", MOMENT, index=True),
    )
    op.create_table(
        "spent_challenge",
        key("id", HASH),
        need("ends", MOMENT, index=True),
    )


def _create_referrals() -> None:
    op.create_table(
        "referral",
        key("reference", REFERENCE),
        need("team_id", NAME, _of("team.id")),
        need("received_at", MOMENT),
        may("due_on", sa.Date),
        need("state", WORD),
        need("bucket", sa.Integer),
        need("team_key_id", ID, index=True),
        need("key_ids", sa.Text),
        may("next_action_on", sa.Date),
        may("follow_up_digest", HASH, unique=True),
        may("helper_digest", HASH, unique=True, index=True),
        need("version", sa.Integer),
        may("confirmed_at", MOMENT),
        may("confirm_digest", HASH),
        need("envelope", BYTES),
    )
    op.create_index("ix_referral_queue", "referral", ["team_id", "state", "received_at"])
    op.create_table(
        "opened",
        key("session_id", HASH, _of("staff_session.id", ondelete="CASCADE")),
        key("reference", REFERENCE, _of_referral()),
        need("at", MOMENT),
    )
    op.create_table(
        "transfer",
        key("reference", REFERENCE, _of_referral()),
        need("to_team", NAME, _of("team.id"), index=True),
        need("reason", sa.String(32)),
        need("offered_at", MOMENT),
    )
    op.create_table(
        "taken",
        key("reference", REFERENCE, _of_referral()),
        need("member_id", ID, _of("member.id", ondelete="CASCADE"), index=True),
        need("at", MOMENT),
    )
    op.create_table(
        "message",
        key("id", HASH),
        need("reference", REFERENCE, _of_referral(), index=True),
        need("kind", sa.String(8), server_default="message"),
        need("received_at", MOMENT),
        may("opened_at", MOMENT),
        need("bucket", sa.Integer),
        need("team_key_id", ID, index=True),
        need("key_ids", sa.Text),
        need("envelope", BYTES),
    )


def _create_news() -> None:
    op.create_table(
        "news",
        key("id", sa.Integer),
        need("reference", REFERENCE, _of_referral(), index=True),
        need("key", sa.String(32)),
        need("at", MOMENT),
    )
    op.create_table(
        "news_wish",
        key("reference", REFERENCE, _of_referral()),
        need("locked", BYTES),
        need("made_at", MOMENT),
    )
    op.create_table(
        "outbox",
        key("id", sa.Integer),
        need("kind", NAME),
        may("team", NAME),
        need("payload", sa.Text),
        need("created_at", MOMENT),
        need("next_try_at", MOMENT),
        need("tries", sa.Integer),
        may("sent_at", MOMENT),
    )
    op.create_index("ix_outbox_waiting", "outbox", ["sent_at", "next_try_at"])
    op.create_table(
        "mail",
        key("id", ID),
        need("event", NAME),
        may("member_id", ID, _of("member.id", ondelete="CASCADE"), index=True),
        may("team", NAME),
        may("area", NAME, index=True),
        need("created_at", MOMENT),
        need("next_try_at", MOMENT),
        need("tries", sa.Integer),
        may("claimed_until", MOMENT),
        may("sent_at", MOMENT),
        may("given_up_at", MOMENT),
        need("fault", sa.String(200)),
        may("reference", REFERENCE, index=True),
    )
    op.create_index("ix_mail_waiting", "mail", ["sent_at", "given_up_at", "next_try_at"])


def _create_records() -> None:
    op.create_table(
        "audit",
        key("id", sa.Integer, autoincrement=False),
        need("at", MOMENT),
        need("event", NAME),
        need("actor", NAME),
        may("team", NAME, index=True),
        may("subject", NAME, index=True),
        need("detail", sa.Text),
        need("prev_hash", HASH),
        need("hash", HASH),
    )
    op.create_table(
        "monthly_count",
        key("month", sa.String(7)),
        key("team_id", NAME, _of("team.id")),
        key("measure", WORD),
        need("number", sa.Integer),
    )


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


def _of(column: str, ondelete: str | None = None) -> sa.ForeignKey:
    return sa.ForeignKey(column, ondelete=ondelete)


def _of_referral() -> sa.ForeignKey:
    return _of("referral.reference", ondelete="CASCADE")


def downgrade() -> None:
    """Refuse: the tables hold referrals."""
    raise NotImplementedError("These tables are never taken away: they hold referrals")
