"""Move a referral on: taken up, collected, closed."""

from datetime import datetime

from portal.audit.queries import by_member, record
from portal.database.engine import Engine, writing
from portal.domain.referral import MoveRefused, State, move
from portal.referrals.monthly_counts import count_answered
from portal.referrals.news import add_news
from portal.referrals.open import NotYours
from portal.referrals.queries import change, get_sealed
from portal.sealing.envelope import envelope_id
from portal.teams.staff import StaffSession


def change_state(
    engine: Engine, staff: StaffSession, reference: str, target: State, now: datetime, *, version: int | None = None
) -> State:
    """Move a referral of the member's own teams, and let the person see it. Staying changes and records nothing.

    `version` is the one the member saw. Raises NotYours, MoveRefused, or ChangedMeanwhile if a colleague was faster.
    """
    with writing(engine) as session:
        sealed = get_sealed(session, reference, staff.team_ids)
        if sealed is None:
            raise NotYours("no such referral in your teams' queues")
        before = State(sealed.state)
        after = move(before, target)
        if after is before:
            return after
        if not sealed.envelope:
            raise MoveRefused("the sealed copy is erased")
        change(session, sealed, expected=version, state=after)
        count_answered(session, sealed, after, now)
        add_news(session, reference, after, now)
        record(
            session,
            "referral.state_changed",
            at=now,
            actor=by_member(staff.member_id),
            team=sealed.team_id,
            subject=reference,
            **{"envelope": envelope_id(sealed.envelope), "from": before, "to": after},
        )
    return after


def mark_collected(
    engine: Engine, staff: StaffSession, reference: str, now: datetime, *, version: int | None = None
) -> State:
    """Note that the team has this referral in its own records."""
    return change_state(engine, staff, reference, State.COLLECTED, now, version=version)


def close(engine: Engine, staff: StaffSession, reference: str, now: datetime, *, version: int | None = None) -> State:
    """Note that the team has done with this referral."""
    return change_state(engine, staff, reference, State.CLOSED, now, version=version)
