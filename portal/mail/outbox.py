"""What is to be told, written in the transaction that it tells of; a worker writes the mail. Never any content."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.orm import Session

from portal.database.base import table_of
from portal.mail.tables import OutboxRow

_POST = insert(table_of(OutboxRow))


def post(session: Session, kind: str, now: datetime, *, team: str | None = None, **payload: str | int) -> None:
    """Put a message of this kind in the outbox."""
    text = json.dumps(payload, sort_keys=True)
    row = {"kind": kind, "team": team, "payload": text, "created_at": now, "next_try_at": now, "tries": 0}
    session.execute(_POST, row)


def has_posts(session: Session) -> bool:
    """Tell whether anything is in the outbox that nobody was told of."""
    return bool(session.scalar(select(exists().where(OutboxRow.sent_at.is_(None)))))


def take_posts(session: Session, limit: int) -> Sequence[OutboxRow]:
    """Return the oldest of what is to be told, each to one worker alone."""
    waiting = select(OutboxRow).where(OutboxRow.sent_at.is_(None)).order_by(OutboxRow.id).limit(limit)
    return session.scalars(waiting.with_for_update(skip_locked=True)).all()


def mark_told(session: Session, ids: Sequence[int], now: datetime) -> None:
    """Note that the mail for these is written."""
    session.execute(update(OutboxRow).where(OutboxRow.id.in_(ids)).values(sent_at=now))


def forget_told(session: Session, before: datetime) -> None:
    """Delete what was told of by then."""
    session.execute(delete(OutboxRow).where(OutboxRow.sent_at < before))


def payload_of(row: OutboxRow) -> dict[str, Any]:
    """Return what a message carries."""
    payload: dict[str, Any] = json.loads(row.payload)
    return payload
