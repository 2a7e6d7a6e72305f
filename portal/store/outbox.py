"""Messages to send, written in the transaction that they tell of; a worker sends them. Never any content."""

import json
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal.store.base import table_of
from portal.store.tables import OutboxRow

_POST = insert(table_of(OutboxRow))


def post(session: Session, kind: str, now: datetime, *, team: str | None = None, **payload: str | int) -> None:
    """Put a message of this kind in the outbox."""
    text = json.dumps(payload, sort_keys=True)
    row = {"kind": kind, "team": team, "payload": text, "created_at": now, "next_try_at": now, "tries": 0}
    session.execute(_POST, row)
