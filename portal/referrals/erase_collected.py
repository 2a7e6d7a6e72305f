"""Erase the sealed copy of what a team has in its own records; never of what nobody has collected, which escalates."""

from datetime import datetime, timedelta

from portal.audit.queries import SYSTEM, record
from portal.database.engine import Engine, writing
from portal.database.secure_delete import leave_no_old_pages
from portal.domain.referral import DONE, OPEN, MoveRefused
from portal.domain.working_days import NO_PROMISE_AFTER
from portal.mail.outbox import post
from portal.referrals.acts import CONFIRM, begin
from portal.referrals.messages import delete_messages
from portal.referrals.queries import change, forget_opened, get_sealed
from portal.referrals.retention import confirmed_before, uncollected
from portal.sealing.envelope import envelope_id
from portal.teams.staff import StaffSession

ERASE_AFTER = timedelta(days=30)
ESCALATE_EVERY = timedelta(days=7)


def confirm_collected(engine: Engine, staff: StaffSession, reference: str, now: datetime) -> None:
    """Note that the team has checked its own copy: from now on the days to erasure count. A second time does nothing.

    Raises NotYours, or MoveRefused where it is not marked as collected.
    """
    with writing(engine) as session:
        own = begin(CONFIRM, session, staff, reference)
        if own is not None and own.state not in DONE:
            raise MoveRefused("mark it as collected first")
        if own is not None:
            change(session, own.sealed, confirmed_at=now)
            own.finish(CONFIRM, now)


def erase_collected(engine: Engine, now: datetime, after: timedelta = ERASE_AFTER) -> list[str]:
    """Erase what was collected, and confirmed so many days ago; returns the references. The plain row stays."""
    with writing(engine) as session:
        erased = confirmed_before(session, now - after, DONE)
        for reference, team_id in erased:
            sealed = get_sealed(session, reference, [team_id])
            assert sealed is not None  # noqa: S101  # it was found in this transaction
            name = envelope_id(sealed.envelope)
            change(session, sealed, envelope=b"", key_ids="", team_key_id="", bucket=0, next_action_on=None)
            messages = delete_messages(session, reference)
            forget_opened(session, reference)
            record(
                session,
                "referral.erased",
                at=now,
                actor=SYSTEM,
                team=team_id,
                subject=reference,
                envelope=name,
                messages=messages,
            )
    if erased:
        leave_no_old_pages(engine)
    return [reference for reference, _ in erased]


def escalate_uncollected(engine: Engine, now: datetime) -> list[str]:
    """Tell the area of every referral whose day has gone by uncollected, again each week; returns the references."""
    today = now.date()
    with writing(engine) as session:
        late = uncollected(session, today, OPEN, received_before=now - NO_PROMISE_AFTER)
        for reference, team_id, area_id, due_on in late:
            sealed = get_sealed(session, reference, [team_id])
            assert sealed is not None  # noqa: S101  # it was found in this transaction
            change(session, sealed, next_action_on=today + ESCALATE_EVERY)
            post(session, "referral.uncollected", now, team=team_id, area=area_id, reference=reference)
            due = "no day" if due_on is None else due_on.isoformat()
            record(session, "referral.escalated", at=now, actor=SYSTEM, team=team_id, subject=reference, due=due)
    return [reference for reference, *_ in late]
