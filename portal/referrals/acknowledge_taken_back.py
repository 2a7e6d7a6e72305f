"""Acknowledge that consent was taken back, and erase the sealed copy."""

from datetime import datetime

from portal.audit.queries import by_member, record
from portal.database.engine import Engine, writing
from portal.database.secure_delete import leave_no_old_pages
from portal.domain.referral import State, move
from portal.referrals.messages import delete_messages
from portal.referrals.news import add_news
from portal.referrals.open import NotYours
from portal.referrals.queries import change, forget_opened, get_sealed
from portal.sealing.envelope import envelope_id
from portal.teams.staff import StaffSession

EMPTY: dict[str, object] = {
    "envelope": b"",
    "bucket": 0,
    "team_key_id": "",
    "key_ids": "",
    "due_on": None,
    "next_action_on": None,
}


def acknowledge_taken_back(
    engine: Engine, staff: StaffSession, reference: str, now: datetime, *, version: int | None = None
) -> None:
    """Erase the envelope and every message; what stays is the plain row, which says that consent was taken back.

    A second time does nothing. Raises NotYours, MoveRefused where nobody took consent back, or ChangedMeanwhile.
    """
    with writing(engine) as session:
        sealed = get_sealed(session, reference, staff.team_ids)
        if sealed is None:
            raise NotYours("no such referral in your teams' queues")
        before = State(sealed.state)
        after = move(before, State.ERASED)
        if after is before:
            return
        name = envelope_id(sealed.envelope)
        change(session, sealed, expected=version, state=after, **EMPTY)
        messages = delete_messages(session, reference)
        forget_opened(session, reference)
        add_news(session, reference, State.ERASED, now)
        record(
            session,
            "referral.erased",
            at=now,
            actor=by_member(staff.member_id),
            team=sealed.team_id,
            subject=reference,
            envelope=name,
            messages=messages,
        )
    leave_no_old_pages(engine)
