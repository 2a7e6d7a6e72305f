"""Keep the answers of a form that is not finished, where nobody but the person can read them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from portal.database.engine import Engine, Session, reading, writing
from portal.domain.answers import Answers
from portal.drafts.queries import delete_draft, delete_expired_drafts, get_draft, put_draft
from portal.drafts.receipt import Receipt
from portal.sealing.code_words import CodeWords
from portal.sealing.codes import code_digest, words_code
from portal.sealing.drafts import lock, new_secret, row_id, unlock
from portal.sealing.keys import SealBroken

DRAFT_VERSION = 1
POINT_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Saved:
    """The code of plain words that opens a draft on any device, the last day on which it does, and the moment after.

    `was` is the row under which the draft lay before; it points here until this browser has come back once.
    """

    code: str
    until: date
    expires_at: datetime
    was: str = ""


@dataclass(frozen=True)
class Kept:
    """What lies in a person's draft: answers, or the receipt of what they sent. `secret` is what it lies under now."""

    answers: Answers
    receipt: Receipt | None = None
    secret: bytes = b""
    saved: Saved | None = None


def read_answers(engine: Engine, secret: bytes, now: datetime) -> Kept | None:
    """Return what is kept under this secret; None where it is gone, expired or does not open."""
    with reading(engine) as session:
        return _read(session, secret, now, to_change=False)


def keep_answer(
    engine: Engine,
    secret: bytes | None,
    new: Answers,
    now: datetime,
    *,
    keep_for: timedelta,
    start_from: Answers,
) -> Kept:
    """Put new answers beside the others, as they stand in the database at this moment.

    Two tabs therefore never undo each other's answers. `start_from` fills a draft that does not exist yet; without a
    `secret` it gets a new one. Where the
    form was sent already, nothing is written and the receipt comes back. A draft that was saved with a code stays until
    its day, and at least `keep_for` from now.
    """
    secret = secret or new_secret()
    with writing(engine) as session:
        kept = _read(session, secret, now, to_change=True) or Kept(start_from, secret=secret)
        if kept.receipt is not None:
            return kept
        kept = replace(_settled(session, kept, secret), answers={**kept.answers, **new})
        _write(session, kept, now, now + keep_for)
        return kept


def save_answers(
    engine: Engine,
    secret: bytes | None,
    now: datetime,
    *,
    pepper: bytes,
    until: date,
    expires_at: datetime,
    start_from: Answers,
    code_words: CodeWords | None = None,
) -> Kept:
    """Move a draft under a secret that only a code of plain words gives; that code comes back with it.

    Whoever saves again, by a double click or on another day, keeps the same words and gets the new day. `start_from`
    fills a draft that does not exist yet; the words are English ones, or those of another list.
    """
    secret = secret or new_secret()
    with writing(engine) as session:
        kept = _read(session, secret, now, to_change=True) or Kept(start_from, secret=secret)
        if kept.receipt is not None:
            return kept
        if kept.saved:
            kept = replace(kept, saved=replace(kept.saved, until=until, expires_at=expires_at))
        else:
            code = words_code(words=code_words)
            _point(session, kept.secret, _secret_of(code, pepper), now)
            saved = Saved(code, until, expires_at, was=row_id(kept.secret))
            kept = replace(kept, secret=_secret_of(code, pepper), saved=saved)
        _write(session, kept, now, expires_at)
        return kept


def open_saved(engine: Engine, code: str, now: datetime, *, pepper: bytes) -> Kept | None:
    """Return what a code of plain words opens, or None. Raises NotACode."""
    return read_answers(engine, _secret_of(code, pepper), now)


def erase_answers(engine: Engine, secret: bytes, now: datetime) -> None:
    """Erase a draft, or a receipt; a code that opened it opens nothing then. A second time does nothing."""
    with writing(engine) as session:
        kept = _read(session, secret, now, to_change=True)
        for each in (secret, *([kept.secret] if kept else [])):
            delete_draft(session, row_id(each))
        if kept and kept.saved:
            delete_draft(session, kept.saved.was)


def purge_answers(engine: Engine, now: datetime) -> int:
    """Erase every draft that was unused for too long; returns how many."""
    with writing(engine) as session:
        return delete_expired_drafts(session, now)


def _secret_of(code: str, pepper: bytes) -> bytes:
    return bytes.fromhex(code_digest(pepper, code, purpose="save"))


def _point(session: Session, old: bytes, new: bytes, now: datetime) -> None:
    # A double click arrives with the old cookie, after the draft has moved: it must find the same draft, not lose it.
    content = json.dumps({"v": DRAFT_VERSION, "moved_to": new.hex()}).encode()
    put_draft(session, row_id(old), lock(old, content, "draft"), now, now + POINT_FOR)


def _settled(session: Session, kept: Kept, secret: bytes) -> Kept:
    """Take the pointer away once a browser comes with the new secret."""
    if kept.saved is None or not kept.saved.was or kept.secret != secret:
        return kept
    delete_draft(session, kept.saved.was)
    return replace(kept, saved=replace(kept.saved, was=""))


def _write(session: Session, kept: Kept, now: datetime, expires_at: datetime) -> None:
    if kept.saved:
        expires_at = max(expires_at, kept.saved.expires_at)
    put_draft(session, row_id(kept.secret), lock(kept.secret, _packed(kept), "draft"), now, expires_at)


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
        return Kept({}, Receipt.of(unlocked), secret)
    content: Any = json.loads(unlocked)
    if content.get("v") != DRAFT_VERSION:
        return None
    if "moved_to" in content:
        return _read(session, bytes.fromhex(content["moved_to"]), now, to_change=to_change)
    return Kept(content["answers"], None, secret, _saved(content.get("saved")))


def _saved(content: Mapping[str, str] | None) -> Saved | None:
    if content is None:
        return None
    until, expires_at = date.fromisoformat(content["until"]), datetime.fromisoformat(content["expires_at"])
    return Saved(content["code"], until, expires_at, content["was"])


def _packed(kept: Kept) -> bytes:
    content: dict[str, Any] = {"v": DRAFT_VERSION, "answers": kept.answers}
    if kept.saved:
        saved = kept.saved
        moments = {"until": saved.until.isoformat(), "expires_at": saved.expires_at.isoformat()}
        content["saved"] = {"code": saved.code, "was": saved.was, **moments}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
