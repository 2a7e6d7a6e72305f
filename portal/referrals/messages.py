"""What people wrote to a team after sending, and the team's own notes, sealed. Nothing here can open them.

Notes rest beside the messages, so that whatever becomes of a referral's messages becomes of its notes.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from portal.database.base import dialect_of, insert_into, table_of, touched
from portal.referrals.tables import MessageRow, ReferralRow

MESSAGE_VERSION = 1

MESSAGE_SCHEMA = hashlib.sha256(b"dsr/message/1: kind, right, language, level, lines").hexdigest()
"""Stands in a message's header where a referral has its form's hash: neither passes for the other."""


@dataclass(frozen=True)
class SealedMessage:
    """A message as it rests."""

    id: str
    received_at: datetime
    opened_at: datetime | None
    team_key_id: str
    envelope: bytes


_message, _referral = table_of(MessageRow), table_of(ReferralRow)
MESSAGE, NOTE = "message", "note"
_is_message = _message.c.kind == MESSAGE
_sealed = tuple(_message.c[name] for name in ("id", "received_at", "opened_at", "team_key_id", "envelope"))


def add_message(session: Session, **row: object) -> bool:
    """Keep a new message; returns False, and keeps nothing, where its id is there already."""
    added = insert_into(MessageRow, dialect_of(session)).values(**row)
    return touched(session.execute(added.on_conflict_do_nothing(index_elements=["id"]))) == 1


def has_message(session: Session, message_id: str) -> bool:
    """Tell whether a message of this id is there."""
    return session.scalar(select(_message.c.id).where(_message.c.id == message_id)) is not None


def messages_of(session: Session, reference: str, kind: str = MESSAGE) -> list[SealedMessage]:
    """Return the messages of a referral, or its notes, oldest first."""
    found = session.execute(
        select(*_sealed)
        .where(_message.c.reference == reference, _message.c.kind == kind)
        .order_by(_message.c.received_at, _message.c.id)
    )
    return [SealedMessage(**row) for row in found.mappings()]


def count_messages(session: Session, reference: str, kind: str = MESSAGE) -> int:
    """Return how many messages a referral has, or notes."""
    counted = select(func.count()).select_from(_message)
    return session.scalar(counted.where(_message.c.reference == reference, _message.c.kind == kind)) or 0


def mark_opened(session: Session, message_ids: Sequence[str], now: datetime) -> None:
    """Note when messages were first opened by the team."""
    session.execute(
        update(_message).where(_message.c.id.in_(message_ids), _message.c.opened_at.is_(None)).values(opened_at=now)
    )


def unopened(session: Session, team_ids: Sequence[str]) -> set[str]:
    """Return the references of these teams' referrals with a message that nobody has opened."""
    return set(
        session.scalars(
            select(_message.c.reference)
            .join(_referral, _referral.c.reference == _message.c.reference)
            .where(_referral.c.team_id.in_(team_ids), _is_message, _message.c.opened_at.is_(None))
        )
    )


def delete_messages(session: Session, reference: str) -> int:
    """Delete every message and note of a referral; returns how many."""
    return touched(session.execute(delete(_message).where(_message.c.reference == reference)))
