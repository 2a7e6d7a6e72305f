"""Keep the answers of a form that is not finished, where nobody but the person can read them."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portal.actions.submit_referral import Receipt
from portal.domain.facts import Answers
from portal.sealing.drafts import lock, row_id, unlock
from portal.sealing.keys import SealBroken
from portal.store.drafts import delete_draft, delete_expired_drafts, get_draft, put_draft
from portal.store.engine import Engine, Session, reading, writing

DRAFT_VERSION = 1


@dataclass(frozen=True)
class Kept:
    """What lies in a person's draft: answers, or the receipt of what they sent."""

    answers: Answers
    receipt: Receipt | None = None


def read_answers(engine: Engine, secret: bytes, now: datetime) -> Kept | None:
    """Return what is kept under this secret; None where it is gone, expired or does not open."""
    with reading(engine) as session:
        return _read(session, secret, now, to_change=False)


def keep_answer(
    engine: Engine,
    secret: bytes,
    new: Answers,
    now: datetime,
    *,
    keep_for: timedelta,
    start_from: Answers,
) -> Kept:
    """Put new answers beside the others, as they stand in the database at this moment.

    Two tabs therefore never undo each other's answers. `start_from` fills a draft that does not exist yet. Where the
    form was sent already, nothing is written and the receipt comes back.
    """
    with writing(engine) as session:
        kept = _read(session, secret, now, to_change=True) or Kept(start_from)
        if kept.receipt is not None:
            return kept
        answers = {**kept.answers, **new}
        put_draft(session, row_id(secret), lock(secret, _packed(answers), "draft"), now, now + keep_for)
        return Kept(answers)


def erase_answers(engine: Engine, secret: bytes) -> None:
    """Erase a draft, or a receipt. A second time does nothing."""
    with writing(engine) as session:
        delete_draft(session, row_id(secret))


def purge_answers(engine: Engine, now: datetime) -> int:
    """Erase every draft that was unused for too long; returns how many."""
    with writing(engine) as session:
        return delete_expired_drafts(session, now)


def _read(session: Session, secret: bytes, now: datetime, *, to_change: bool) -> Kept | None:
    found = get_draft(session, row_id(secret), now, to_change=to_change)
    if found is None:
        return None
    kind, locked = found
    try:
        unlocked = unlock(secret, locked, kind)
    except SealBroken:
        return None
    if kind == "receipt":
        return Kept({}, Receipt.of(unlocked))
    content: Any = json.loads(unlocked)
    return Kept(content["answers"]) if content.get("v") == DRAFT_VERSION else None


def _packed(answers: Answers) -> bytes:
    return json.dumps({"v": DRAFT_VERSION, "answers": answers}, ensure_ascii=False, separators=(",", ":")).encode()
