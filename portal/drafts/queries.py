"""Rows of unfinished answers and of receipts. What is in them is locked before it comes here."""

from datetime import datetime
from functools import cache
from typing import Literal

from sqlalchemy import Insert, bindparam, delete, select, update
from sqlalchemy.orm import Session

from portal.database.base import dialect_of, insert_into, table_of, touched
from portal.drafts.tables import DraftRow

Kind = Literal["draft", "receipt"]

_draft = table_of(DraftRow)
_is_it = _draft.c.id == bindparam("draft_id")
_GET = select(_draft.c.kind, _draft.c.locked).where(_is_it, _draft.c.expires_at > bindparam("now"))
_GET_TO_CHANGE = _GET.with_for_update()
_REPLACE = update(_draft).where(_is_it)


@cache
def _put(dialect: str) -> Insert:
    insert = insert_into(DraftRow, dialect)
    fresh = {name: insert.excluded[name] for name in ("locked", "updated_at", "expires_at")}
    return insert.on_conflict_do_update(index_elements=["id"], set_=fresh, where=_draft.c.kind == "draft")


def put_draft(session: Session, draft_id: str, locked: bytes, now: datetime, expires_at: datetime) -> bool:
    """Write a draft, new or over the old one; returns False, and writes nothing, where a receipt stands."""
    row = {"id": draft_id, "kind": "draft", "locked": locked, "updated_at": now, "expires_at": expires_at}
    return touched(session.execute(_put(dialect_of(session)), row)) == 1


def get_draft(session: Session, draft_id: str, now: datetime, *, to_change: bool = False) -> tuple[Kind, bytes] | None:
    """Return the kind and locked content of a row that has not expired; `to_change` locks it until the commit."""
    statement = _GET_TO_CHANGE if to_change else _GET
    found = session.execute(statement, {"draft_id": draft_id, "now": now}).one_or_none()
    return None if found is None else (found.kind, found.locked)


def replace_by_receipt(session: Session, draft_id: str, locked: bytes, now: datetime, expires_at: datetime) -> None:
    """Turn a draft into the receipt of what was sent."""
    row = {"kind": "receipt", "locked": locked, "updated_at": now, "expires_at": expires_at}
    session.execute(_REPLACE, {"draft_id": draft_id, **row})


def delete_draft(session: Session, draft_id: str) -> bool:
    """Delete a draft or a receipt; returns whether there was one."""
    return touched(session.execute(delete(_draft).where(_draft.c.id == draft_id))) == 1


def delete_expired_drafts(session: Session, now: datetime) -> int:
    """Delete every row that has expired; returns how many."""
    return touched(session.execute(delete(_draft).where(_draft.c.expires_at <= now)))
