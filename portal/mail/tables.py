"""What is to be told, and mail."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.database.base import Base, Id, Moment, Name


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
    """A message to one person: who is told that something waits, never of what. Its words are made when it is due."""

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
