"""Every table. A referral's row holds only the plain columns that its envelope's promise allows."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Moment

Id = String(32)
Name = String(64)
Hash = String(64)


class TeamRow(Base):
    """A team that has been set up; `ready_at` is set once it first passed the readiness gate, and stays.

    `custody` is "offline" for a team whose key was made, and stays, away from this service.
    """

    __tablename__ = "team"
    id: Mapped[str] = mapped_column(Name, primary_key=True)
    area: Mapped[str] = mapped_column(Name, index=True)
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Moment)
    ready_at: Mapped[datetime | None] = mapped_column(Moment)
    custody: Mapped[str] = mapped_column(String(8), default="here", server_default="here")


class MemberRow(Base):
    """Somebody on the staff. The one-time code's secret is encrypted under the pepper."""

    __tablename__ = "member"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    email_folded: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str] = mapped_column(Id, unique=True)
    totp_secret: Mapped[bytes] = mapped_column(LargeBinary)
    last_totp_step: Mapped[int] = mapped_column(BigInteger, default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    disabled_at: Mapped[datetime | None] = mapped_column(Moment)


class SlotRow(Base):
    """One way into a member's seed: the passphrase, the printed recovery code, later a passkey."""

    __tablename__ = "member_slot"
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    verifier: Mapped[bytes] = mapped_column(LargeBinary)
    wrapped_seed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment)


class MembershipRow(Base):
    """Who works in which team, and as what."""

    __tablename__ = "membership"
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), primary_key=True)
    team_id: Mapped[str] = mapped_column(ForeignKey("team.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(16), default="member")
    joined_at: Mapped[datetime] = mapped_column(Moment)


class AreaRoleRow(Base):
    """Who looks after an area's teams ("coordinator") or reads its log ("auditor"). Neither holds a key."""

    __tablename__ = "area_role"
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), primary_key=True)
    area: Mapped[str] = mapped_column(Name, primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(16), primary_key=True)
    since: Mapped[datetime] = mapped_column(Moment)


class InvitationRow(Base):
    """A one-time link, by its SHA-256: to join a team or an area, or, with `member_id`, to make a new key."""

    __tablename__ = "invitation"
    id: Mapped[str] = mapped_column(Hash, primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(16))
    team_id: Mapped[str | None] = mapped_column(ForeignKey("team.id"), index=True)
    area: Mapped[str | None] = mapped_column(Name, index=True)
    member_id: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class EpochRow(Base):
    """One generation of a team's key; only the public half. The current one has no `retired_at`."""

    __tablename__ = "epoch"
    team_id: Mapped[str] = mapped_column(ForeignKey("team.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str] = mapped_column(Id, unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)


class EpochWrapRow(Base):
    """An epoch's seed, wrapped to one holder: a member, the team's kit or the area's."""

    __tablename__ = "epoch_wrap"
    __table_args__ = (ForeignKeyConstraint(["team_id", "epoch"], ["epoch.team_id", "epoch.number"]),)
    team_id: Mapped[str] = mapped_column(Name, primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    holder_key_id: Mapped[str] = mapped_column(Id, primary_key=True)
    holder_kind: Mapped[str] = mapped_column(String(16))
    epoch_key_id: Mapped[str] = mapped_column(Id)
    member_id: Mapped[str | None] = mapped_column(ForeignKey("member.id"), index=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)


class RecoveryKeyRow(Base):
    """The public half of a recovery kit, of a team ("recovery") or of an area ("area"), and its drill.

    Also of a key with which a team goes offline ("offline"): nothing is sealed to it here, but to the epoch it becomes.
    """

    __tablename__ = "recovery_key"
    __table_args__ = (UniqueConstraint("kind", "owner", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    owner: Mapped[str] = mapped_column(Name)
    number: Mapped[int]
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str] = mapped_column(Id, unique=True)
    canary_wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    canary_digest: Mapped[bytes] = mapped_column(LargeBinary)
    canary_opened_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)


class DraftRow(Base):
    """Unfinished answers, or the receipt that replaced them, locked under a secret that only the cookie holds."""

    __tablename__ = "draft"
    id: Mapped[str] = mapped_column(Hash, primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    locked: Mapped[bytes] = mapped_column(LargeBinary)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)


class StaffSessionRow(Base):
    """A signed-in member; the member's seed is locked under a secret that only the cookie holds."""

    __tablename__ = "staff_session"
    id: Mapped[str] = mapped_column(Hash, primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), index=True)
    locked: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_seen_at: Mapped[datetime] = mapped_column(Moment)


class OpenedRow(Base):
    """A referral that was opened in a session, and so may be shown again there."""

    __tablename__ = "opened"
    session_id: Mapped[str] = mapped_column(ForeignKey("staff_session.id", ondelete="CASCADE"), primary_key=True)
    reference: Mapped[str] = mapped_column(ForeignKey("referral.reference", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


class SignInTryRow(Base):
    """Failed tries at one e-mail address or reference, known or not, by its HMAC under the pepper."""

    __tablename__ = "sign_in_try"
    id: Mapped[str] = mapped_column(Hash, primary_key=True)
    failures: Mapped[int]
    slow_until: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment, index=True)


class ReferralRow(Base):
    """A sealed referral. `version` counts changes, so that two people never overwrite each other.

    `confirm_digest` is there for a team with offline custody: this service cannot work its code out from the envelope.
    """

    __tablename__ = "referral"
    __table_args__ = (
        Index("ix_referral_queue", "team_id", "state", "received_at"),
        Index("ix_referral_team_key_id", "team_key_id"),
    )
    reference: Mapped[str] = mapped_column(String(16), primary_key=True)
    team_id: Mapped[str] = mapped_column(ForeignKey("team.id"))
    received_at: Mapped[datetime] = mapped_column(Moment)
    due_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(16))
    bucket: Mapped[int]
    team_key_id: Mapped[str] = mapped_column(Id)
    key_ids: Mapped[str] = mapped_column(Text)
    next_action_on: Mapped[date | None]
    follow_up_digest: Mapped[str | None] = mapped_column(Hash, unique=True)
    helper_digest: Mapped[str | None] = mapped_column(Hash, unique=True, index=True)
    version: Mapped[int] = mapped_column(default=1)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    confirm_digest: Mapped[str | None] = mapped_column(Hash)
    envelope: Mapped[bytes] = mapped_column(LargeBinary)


class TransferRow(Base):
    """A referral that was offered to another team, which has neither taken it nor sent it back. One offer at a time."""

    __tablename__ = "transfer"
    reference: Mapped[str] = mapped_column(ForeignKey("referral.reference", ondelete="CASCADE"), primary_key=True)
    to_team: Mapped[str] = mapped_column(ForeignKey("team.id"), index=True)
    reason: Mapped[str] = mapped_column(String(32))
    offered_at: Mapped[datetime] = mapped_column(Moment)


class TakenRow(Base):
    """Who in the team works on a referral. One at a time; it opens nothing and keeps nobody out."""

    __tablename__ = "taken"
    reference: Mapped[str] = mapped_column(ForeignKey("referral.reference", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)


class MessageRow(Base):
    """What somebody wrote to the team after sending, or a note of the team's own (`kind`): sealed like the referral.

    Who wrote it is inside.
    """

    __tablename__ = "message"
    id: Mapped[str] = mapped_column(Hash, primary_key=True)
    reference: Mapped[str] = mapped_column(ForeignKey("referral.reference", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(8), default="message")
    received_at: Mapped[datetime] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    bucket: Mapped[int]
    team_key_id: Mapped[str] = mapped_column(Id, index=True)
    key_ids: Mapped[str] = mapped_column(Text)
    envelope: Mapped[bytes] = mapped_column(LargeBinary)


class NewsRow(Base):
    """One line of where a referral stands, as the person sees it: a key of the fixed list, and when."""

    __tablename__ = "news"
    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(ForeignKey("referral.reference", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Moment)


class VisitRow(Base):
    """Somebody who came back with their code: which referral and what right, locked under their cookie's secret."""

    __tablename__ = "visit"
    id: Mapped[str] = mapped_column(Hash, primary_key=True)
    locked: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)


class AuditRow(Base):
    """One line of the log: append-only (a trigger refuses anything else), each hashed over the one before."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    event: Mapped[str] = mapped_column(Name)
    actor: Mapped[str] = mapped_column(Name)
    team: Mapped[str | None] = mapped_column(Name, index=True)
    subject: Mapped[str | None] = mapped_column(Name, index=True)
    detail: Mapped[str] = mapped_column(Text)
    prev_hash: Mapped[str] = mapped_column(Hash)
    hash: Mapped[str] = mapped_column(Hash)


class OutboxRow(Base):
    """A message to send, written with what it tells of; its payload never holds content."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_waiting", "sent_at", "next_try_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Name)
    team: Mapped[str | None] = mapped_column(Name)
    payload: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
    next_try_at: Mapped[datetime] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)


class MailRow(Base):
    """One message to one person: who is told that something waits, never of what. The words are files (notify)."""

    __tablename__ = "mail"
    __table_args__ = (Index("ix_mail_waiting", "sent_at", "given_up_at", "next_try_at"),)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    event: Mapped[str] = mapped_column(Name)
    member_id: Mapped[str | None] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    team: Mapped[str | None] = mapped_column(Name)
    area: Mapped[str | None] = mapped_column(Name, index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    next_try_at: Mapped[datetime] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
    claimed_until: Mapped[datetime | None] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    given_up_at: Mapped[datetime | None] = mapped_column(Moment)
    fault: Mapped[str] = mapped_column(String(200), default="")
    reference: Mapped[str | None] = mapped_column(String(16), index=True)


class NewsWishRow(Base):
    """Where somebody wants to be told that there is news: their address, locked under the pepper and the reference."""

    __tablename__ = "news_wish"
    reference: Mapped[str] = mapped_column(ForeignKey("referral.reference", ondelete="CASCADE"), primary_key=True)
    locked: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Moment)


class MonthlyCountRow(Base):
    """How many referrals of a month had this: a number alone, tied to no referral."""

    __tablename__ = "monthly_count"
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    team_id: Mapped[str] = mapped_column(ForeignKey("team.id"), primary_key=True)
    measure: Mapped[str] = mapped_column(String(16), primary_key=True)
    number: Mapped[int]


class PasskeyRow(Base):
    """A member's passkey, by the SHA-256 of its credential id: the public half alone."""

    __tablename__ = "passkey"
    id: Mapped[str] = mapped_column(Hash, primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(Name)
    added_at: Mapped[datetime] = mapped_column(Moment)
    last_used_at: Mapped[datetime | None] = mapped_column(Moment)


class SpentChallengeRow(Base):
    """A passkey's challenge that was answered, until it is over anyway."""

    __tablename__ = "spent_challenge"
    id: Mapped[str] = mapped_column(Hash, primary_key=True)
    ends: Mapped[datetime] = mapped_column(Moment, index=True)
