"""The log's table."""

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.database.base import Base, Hash, Moment, Name


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
