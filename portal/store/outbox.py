"""Messages to send, written in the transaction that they tell of; a worker sends them. Never any content."""

import json
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal.store.base import table_of
from portal.store.tables import OutboxRow


def post(session: Session, kind: str, now: datetime, *, team: str | None = None, **payload: str | int) -> None:
    """Put a message of this kind in the outbox."""
    session.execute(
        insert(table_of(OutboxRow)).values(
            kind=kind, team=team, payload=json.dumps(payload, sort_keys=True), created_at=now, next_try_at=now, tries=0
        )
    )
