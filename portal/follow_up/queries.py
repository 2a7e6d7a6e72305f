"""Visits of people who came back with their code. What is in them is locked before it comes here."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from portal.database.base import table_of
from portal.follow_up.tables import VisitRow

_visit = table_of(VisitRow)


def start_visit(session: Session, visit_id: str, locked: bytes, now: datetime, expires_at: datetime) -> None:
    """Keep a new visit, and forget those whose time is over."""
    session.execute(delete(_visit).where(_visit.c.expires_at <= now))
    session.execute(insert(_visit).values(id=visit_id, locked=locked, expires_at=expires_at))


def get_visit(session: Session, visit_id: str, now: datetime) -> tuple[bytes, datetime] | None:
    """Return a visit's locked content and when its time will be over."""
    found = select(_visit.c.locked, _visit.c.expires_at).where(_visit.c.id == visit_id, _visit.c.expires_at > now)
    row = session.execute(found).one_or_none()
    return None if row is None else (row.locked, row.expires_at)


def prolong_visit(session: Session, visit_id: str, expires_at: datetime) -> None:
    """Let a visit last longer."""
    session.execute(update(_visit).where(_visit.c.id == visit_id).values(expires_at=expires_at))


def end_visit(session: Session, visit_id: str) -> None:
    """Forget a visit."""
    session.execute(delete(_visit).where(_visit.c.id == visit_id))
