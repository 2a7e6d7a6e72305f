"""Failed tries."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from portal.database.base import Base, Hash, Moment


class SignInTryRow(Base):
    """Failed tries at one e-mail address or reference, known or not, by its HMAC under the pepper."""

    __tablename__ = "sign_in_try"
    id: Mapped[str] = mapped_column(Hash, primary_key=True)
    failures: Mapped[int]
    slow_until: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment, index=True)
