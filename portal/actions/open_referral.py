"""Open a sealed referral: an act of one member, written in the log with the envelope's id."""

from dataclasses import dataclass
from datetime import datetime

from portal.actions.staff_session import StaffSession, epoch_key
from portal.sealing.envelope import envelope_id, open_sealed
from portal.sealing.keys import SealBroken
from portal.store.audit import by_member, record
from portal.store.engine import Engine, Session, reading, writing
from portal.store.referrals import Sealed, get_sealed, note_opened, was_opened


class NotYours(LookupError):
    """No such referral, or one of another team: to this member they are the same."""


@dataclass(frozen=True)
class Found:
    """A referral of the member's own teams. `content` is there once it was opened in this session.

    `is_broken`: it was opened before, and now does not open. `envelope_id` is empty where nothing can be read at all.
    """

    sealed: Sealed
    envelope_id: str
    content: bytes | None
    is_broken: bool = False


def look_at(engine: Engine, staff: StaffSession, reference: str) -> Found:
    """Return a referral as it rests, or open where this session has opened it before. Raises NotYours.

    So that "refresh" and "print" work without a second act; the log says who opened it, and when.
    """
    with reading(engine) as session:
        sealed = _own(session, staff, reference)
        try:
            name = envelope_id(sealed.envelope)
            content = _content(session, staff, sealed) if was_opened(session, staff.id, reference) else None
        except SealBroken:
            return Found(sealed, "", None, is_broken=True)
    return Found(sealed, name, content)


def open_referral(engine: Engine, staff: StaffSession, reference: str, now: datetime) -> Found:
    """Open the seal, and note who did. Raises NotYours, or SealBroken where it was altered or the key is not theirs."""
    with writing(engine) as session:
        sealed = _own(session, staff, reference)
        content = _content(session, staff, sealed)
        name = envelope_id(sealed.envelope)
        note_opened(session, staff.id, reference, now)
        record(
            session,
            "referral.opened",
            at=now,
            actor=by_member(staff.member_id),
            team=sealed.team_id,
            subject=reference,
            envelope=name,
        )
    return Found(sealed, name, content)


def _own(session: Session, staff: StaffSession, reference: str) -> Sealed:
    sealed = get_sealed(session, reference, staff.team_ids)
    if sealed is None:
        raise NotYours("no such referral in your teams' queues")
    return sealed


def _content(session: Session, staff: StaffSession, sealed: Sealed) -> bytes:
    return open_sealed(sealed.envelope, epoch_key(session, staff, sealed.team_key_id))
