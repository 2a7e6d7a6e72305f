"""Ways into a member's seed, sessions and passkeys."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database.base import Base, Hash, Moment, Name


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


class StaffSessionRow(Base):
    """A signed-in member; the member's seed is locked under a secret that only the cookie holds."""

    __tablename__ = "staff_session"
    id: Mapped[str] = mapped_column(Hash, primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), index=True)
    locked: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_seen_at: Mapped[datetime] = mapped_column(Moment)


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
