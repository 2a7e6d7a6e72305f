"""Unfinished answers."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database.base import Base, Hash, Moment


class DraftRow(Base):
    """Unfinished answers, or the receipt that replaced them, locked under a secret that only the cookie holds."""

    __tablename__ = "draft"
    id: Mapped[str] = mapped_column(Hash, primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    locked: Mapped[bytes] = mapped_column(LargeBinary)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
