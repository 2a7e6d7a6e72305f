"""Take opened referrals out, and confirm by code that what was taken out is whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from portal.audit.queries import by_member, record
from portal.database.engine import Engine, Session, reading, writing
from portal.domain.referral import DONE, OVER, MoveRefused
from portal.referrals.change_state import mark_collected
from portal.referrals.erase_collected import confirm_collected
from portal.referrals.open import NotYours
from portal.referrals.queries import Sealed, confirm_digest_of, get_sealed
from portal.sealing.confirmation import confirmation_code, confirmation_digest, is_same_code
from portal.sealing.envelope import envelope_id, open_sealed
from portal.teams.queries import offline_teams
from portal.teams.staff import KeysOf, StaffSession


class WrongCode(ValueError):
    """This is not the code that the referral's export carries."""


@dataclass(frozen=True)
class Taken:
    """An opened referral on its way out, with the code that confirms it."""

    sealed: Sealed
    envelope_id: str
    content: bytes = field(repr=False)
    code: str


def collect_referrals(
    engine: Engine, staff: StaffSession, references: Sequence[str], form: str, now: datetime
) -> list[Taken]:
    """Open these referrals to export them in a form such as "pdf" or "zip"; the log names each envelope.

    Raises NotYours, MoveRefused where consent was taken back or the copy is erased, or SealBroken; then none is opened.
    """
    with writing(engine) as session:
        return take_out(session, staff, KeysOf(session, staff), references, form=form, now=now)


def take_out(
    session: Session, staff: StaffSession, keys: KeysOf, references: Sequence[str], *, form: str, now: datetime
) -> list[Taken]:
    """Open these referrals inside a transaction, and log each. Raises as collect_referrals does."""
    taken = [_open(session, staff, keys, reference) for reference in dict.fromkeys(references)]
    for each in taken:
        log_taken(session, staff, each.sealed, form=form, now=now)
    return taken


def log_taken(session: Session, staff: StaffSession, sealed: Sealed, *, form: str, now: datetime) -> None:
    """Write in the log that a referral was taken out, by its envelope's id."""
    actor, name = by_member(staff.member_id), envelope_id(sealed.envelope)
    record(
        session,
        "referral.exported",
        at=now,
        actor=actor,
        team=sealed.team_id,
        subject=sealed.reference,
        envelope=name,
        form=form,
    )


def confirm_by_code(
    engine: Engine, staff: StaffSession, reference: str, code: str, now: datetime, *, pepper: bytes
) -> None:
    """Mark a referral as collected and checked, by the code in its export. A second time does nothing.

    For a team that keeps its key offline, the code is held against its digest. Raises NotYours, MoveRefused,
    SealBroken, or WrongCode.
    """
    with reading(engine) as session:
        sealed = here(session, staff, reference)
        if sealed.team_id in offline_teams(session):
            digest = confirm_digest_of(session, reference) or ""
            is_right = is_same_code(digest, confirmation_digest(code, reference, pepper))
        else:
            is_right = is_same_code(_open(session, staff, KeysOf(session, staff), reference).code, code)
    if not is_right:
        raise WrongCode("this is not the code in this referral's document")
    if sealed.state not in DONE:
        mark_collected(engine, staff, reference, now)
    confirm_collected(engine, staff, reference, now)


def _open(session: Session, staff: StaffSession, keys: KeysOf, reference: str) -> Taken:
    sealed = here(session, staff, reference)
    content = open_sealed(sealed.envelope, keys.for_envelope(sealed.envelope))
    name = envelope_id(sealed.envelope)
    return Taken(sealed, name, content, confirmation_code(content, name))


def here(session: Session, staff: StaffSession, reference: str) -> Sealed:
    """Return a referral that can be collected, still sealed. Raises NotYours or MoveRefused."""
    sealed = get_sealed(session, reference, staff.team_ids)
    if sealed is None:
        raise NotYours("no such referral in your teams' queues")
    if sealed.state in OVER or not sealed.envelope:
        raise MoveRefused("there is nothing to collect")
    return sealed
