"""Teams, members, roles, invitations, and who holds which key: public halves and wrapped seeds only."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.database.base import Base, Hash, Id, Moment, Name


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
