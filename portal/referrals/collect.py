"""Take opened referrals out, and confirm by code that what was taken out is whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from portal.database.engine import Engine, Session, reading, writing
from portal.domain.referral import DONE
from portal.referrals.acts import EXPORT, OwnReferral, own_referral
from portal.referrals.erase_collected import confirm_collected
from portal.referrals.queries import Sealed, confirm_digest_of
from portal.referrals.work import mark_collected
from portal.sealing.confirmation import confirmation_code, confirmation_digest, is_same_code, parse_confirmation
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
        OwnReferral(session, staff, each.sealed).finish(EXPORT, now, detail={"form": form})
    return taken


def confirm_by_code(
    engine: Engine, staff: StaffSession, reference: str, typed: str, now: datetime, *, pepper: bytes
) -> None:
    """Mark a referral as collected and checked, by the code in its export. A second time does nothing.

    For a team that keeps its key offline, the code is held against its digest. Raises NotYours, MoveRefused,
    SealBroken, WrongCode, or NotACode where no code was typed.
    """
    code = parse_confirmation(typed)
    with reading(engine) as session:
        sealed = here(session, staff, reference).sealed
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
    sealed = here(session, staff, reference).sealed
    content = open_sealed(sealed.envelope, keys.for_envelope(sealed.envelope))
    name = envelope_id(sealed.envelope)
    return Taken(sealed, name, content, confirmation_code(content, name))


def here(session: Session, staff: StaffSession, reference: str) -> OwnReferral:
    """Return a referral that can be collected, still sealed. Raises NotYours or MoveRefused."""
    own = own_referral(session, staff, reference)
    own.needs(EXPORT)
    return own
