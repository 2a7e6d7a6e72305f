"""Offline custody: a team's key is made, and stays, away from this service. From then on nothing of it opens here.

The public half comes here; the key proves that it opens a drill; then it becomes the team's current key. What rests
with the team already is wrapped to it by the lead, who holds the key before; then its private copies are destroyed.
"""

from datetime import datetime

from portal.audit.queries import by_member, record
from portal.database.engine import Engine, Session, reading, writing
from portal.keys.kits import prove_kit, register_kit
from portal.keys.renew_team_key import needs_key
from portal.keys.reseal import Renewal, renew_all
from portal.referrals.offers import envelope_at, offers_of, resting
from portal.referrals.queries import keep_confirm_digest
from portal.sealing.confirmation import confirmation_code, confirmation_digest
from portal.sealing.envelope import envelope_id, open_sealed
from portal.sealing.keys import SealBroken
from portal.teams.declare_ready import declare_ready
from portal.teams.queries import OFFLINE, current_epoch, get_team, newest_epoch, newest_kit, retire_epochs
from portal.teams.staff import KeysOf, StaffSession
from portal.teams.tables import EpochRow


class OffersOpen(Exception):
    """Something is on offer to the team, or by it: that is answered first, while it can still be opened here."""


def take_offline_half(engine: Engine, staff: StaffSession, team_id: str, public: bytes, now: datetime) -> None:
    """Keep the public half of a key made offline until it is proved. Raises NotAllowed, or ValueError for no key."""
    staff.needs_lead(team_id)
    with writing(engine) as session:
        register_kit(session, "offline", team_id, public, now, actor=by_member(staff.member_id))


def waiting_drill(engine: Engine, team_id: str) -> bytes | None:
    """Return the drill that the newest offline key is to open; None where none waits."""
    with reading(engine) as session:
        key = newest_kit(session, "offline", team_id)
        return None if key is None or key.canary_opened_at is not None else key.canary_wrapped


def go_offline(
    engine: Engine, staff: StaffSession, team_id: str, answer: bytes, now: datetime, *, pepper: bytes
) -> Renewal:
    """Take the drill's answer, make the offline key the team's current one, and bring what rests with it under that.

    Raises NotAllowed, KeyNotHeld, NoKit, OffersOpen, or SealBroken for another answer.
    """
    staff.needs_lead(team_id)
    actor = by_member(staff.member_id)
    with writing(engine) as session:
        if offers_of(session, [team_id]):
            raise OffersOpen("answer or take back what is on offer first")
        prove_kit(session, "offline", team_id, answer, now, actor=actor)
        team, key = get_team(session, team_id), newest_kit(session, "offline", team_id)
        assert team is not None  # noqa: S101  # its lead is at work
        assert key is not None  # noqa: S101  # it was proved above
        if current_epoch(session, team_id) is not None and team.custody != OFFLINE:
            needs_key(session, staff, team_id)
        _keep_digests(session, staff, team_id, pepper)
        number = newest_epoch(session, team_id) + 1
        retire_epochs(session, team_id, now)
        session.add(
            EpochRow(team_id=team_id, number=number, public_key=key.public_key, key_id=key.key_id, created_at=now)
        )
        team.custody = OFFLINE
        session.flush()
        record(session, "team.went_offline", at=now, actor=actor, team=team_id, epoch=number, key=key.key_id)
        declare_ready(session, team_id, now, actor=actor)
    return renew_all(engine, staff, team_id, now)


def _keep_digests(session: Session, staff: StaffSession, team_id: str, pepper: bytes) -> None:
    """Keep the digest of each code while the codes can still be worked out here."""
    keys = KeysOf(session, staff)
    for place in resting(session, team_id):
        envelope = envelope_at(session, place) if place.message_id is None else None
        if not envelope:
            continue
        try:
            content = open_sealed(envelope, keys.for_envelope(envelope))
        except SealBroken:
            continue
        code = confirmation_code(content, envelope_id(envelope))
        keep_confirm_digest(session, place.reference, confirmation_digest(code, place.reference, pepper))
