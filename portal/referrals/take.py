"""Take a referral, so that colleagues see who works on it, and give it back."""

from datetime import datetime

from portal.audit.queries import by_member, record
from portal.database.engine import Engine, Session, writing
from portal.domain.referral import OPEN, MoveRefused, State, move
from portal.referrals import worklist
from portal.referrals.news import add_news
from portal.referrals.open import NotYours
from portal.referrals.queries import ChangedMeanwhile, Sealed, change, get_sealed
from portal.sealing.envelope import envelope_id
from portal.teams.staff import StaffSession


def take_referral(engine: Engine, staff: StaffSession, reference: str, now: datetime, *, version: int) -> None:
    """Take a referral that waits, take it over from a colleague, or work again on one that was collected or closed.

    The person sees that the team works on it. `version` is the one that the member saw, so of two at once only one
    gets it. A second time does nothing. Raises NotYours, MoveRefused where consent was taken back, or ChangedMeanwhile.
    """
    with writing(engine) as session:
        sealed = _own(session, staff, reference)
        holder = worklist.taken_by(session, reference)
        if holder is not None and holder[0] == staff.member_id and sealed.state in OPEN:
            return
        _set_state(session, sealed, State.IN_PROGRESS, now, version)
        worklist.take(session, reference, staff.member_id, now)
        _log(session, staff, sealed, "referral.taken_up", now)


def give_referral_back(engine: Engine, staff: StaffSession, reference: str, now: datetime, *, version: int) -> None:
    """Give a referral back to the queue, where it waits again if it is not collected.

    Raises NotYours, MoveRefused where somebody else has it, or ChangedMeanwhile.
    """
    with writing(engine) as session:
        sealed = _own(session, staff, reference)
        holder = worklist.taken_by(session, reference)
        if holder is None or holder[0] != staff.member_id:
            raise MoveRefused("somebody else has taken it")
        target = State.WAITING if sealed.state == State.IN_PROGRESS else State(sealed.state)
        _set_state(session, sealed, target, now, version)
        worklist.give_back(session, reference, staff.member_id)
        _log(session, staff, sealed, "referral.given_back", now)


def _own(session: Session, staff: StaffSession, reference: str) -> Sealed:
    sealed = get_sealed(session, reference, staff.team_ids)
    if sealed is None:
        raise NotYours("no such referral in your teams' queues")
    return sealed


def _set_state(session: Session, sealed: Sealed, target: State, now: datetime, version: int) -> None:
    if not sealed.envelope:
        raise MoveRefused("the sealed copy is erased")
    if version != sealed.version:
        raise ChangedMeanwhile(f"{sealed.reference} was changed by somebody else")
    after = move(State(sealed.state), target)
    change(session, sealed, state=after)
    if after != sealed.state:
        add_news(session, sealed.reference, after, now)


def _log(session: Session, staff: StaffSession, sealed: Sealed, event: str, now: datetime) -> None:
    actor, name = by_member(staff.member_id), envelope_id(sealed.envelope)
    record(session, event, at=now, actor=actor, team=sealed.team_id, subject=sealed.reference, envelope=name)
