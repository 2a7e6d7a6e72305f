"""Sealed referrals and what belongs to them. A row holds only the plain columns that its envelope's promise allows."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.database.base import Base, Hash, Id, Moment


class OpenedRow(Base):
    """A referral that was opened in a session, and so may be shown again there."""

    __tablename__ = "opened"
    session_id: Mapped[str] = mapped_column(ForeignKey("staff_session.id", ondelete="CASCADE"), primary_key=True)
    reference: Mapped[str] = mapped_column(ForeignKey("referral.reference", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


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
