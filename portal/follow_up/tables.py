"""Visits of those who came back."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.database.base import Base, Hash, Moment


class VisitRow(Base):
    """Somebody who came back with their code: which referral and what right, locked under their cookie's secret."""

    __tablename__ = "visit"
    id: Mapped[str] = mapped_column(Hash, primary_key=True)
    locked: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
