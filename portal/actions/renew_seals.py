"""Bring everything that rests with a team under its current keys, a few envelopes at a time.

One mechanism for a leaver, the quarterly renewal, a new kit and an offer to another team: each envelope is held
against the keys that it should be wrapped to now, and re-wrapped where it differs. The body is never touched.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from portal.actions.staff_session import StaffSession, epoch_key
from portal.actions.submit_referral import recipients_for
from portal.sealing.envelope import Recipient, add_wraps, drop_wraps, recipients_of
from portal.sealing.keys import KeyPair, SealBroken
from portal.store.audit import by_member, record
from portal.store.engine import Engine, Session, reading, writing
from portal.store.holders import drop_kit_wraps, drop_old_wraps, has_old_wraps
from portal.store.referrals import get_standing
from portal.store.teams import current_epoch, get_team, proved_kit
from portal.store.transfers import Resting, envelope_at, get_offer, places_of, put_envelope, resting

BATCH = 50


@dataclass(frozen=True)
class Renewal:
    """How far it is. `stuck` counts envelopes that do not open: they are kept as they are, with their old keys."""

    left: int
    stuck: int = 0
    is_under_way: bool = False


class KeysOf:
    """The team keys that a member holds, each opened once for the whole batch."""

    def __init__(self, session: Session, staff: StaffSession) -> None:
        self._session, self._staff = session, staff
        self._opened: dict[str, KeyPair] = {}

    def for_envelope(self, envelope: bytes) -> KeyPair:
        """Return a key of theirs that opens this envelope. Raises SealBroken."""
        fault = SealBroken("the envelope names no team key")
        for meta in recipients_of(envelope):
            if meta.kind != "team":
                continue
            try:
                if meta.key_id not in self._opened:
                    self._opened[meta.key_id] = epoch_key(self._session, self._staff, meta.key_id)
                return self._opened[meta.key_id]
            except SealBroken as refused:
                fault = refused
        raise fault


def recipients_now(session: Session, reference: str) -> list[Recipient]:
    """Return whom anything of this referral is to be wrapped to: its team, and the team it is on offer to."""
    standing, offer = get_standing(session, reference), get_offer(session, reference)
    if standing is None:
        return []
    return recipients_of_teams(session, (standing.team_id, None if offer is None else offer.to_team))


def recipients_of_teams(session: Session, team_ids: tuple[str, str | None]) -> list[Recipient]:
    """Return the keys of these teams, and of their kits and areas, each once."""
    found: dict[str, Recipient] = {}
    for team_id in team_ids:
        row = None if team_id is None else get_team(session, team_id)
        if row is not None:
            found |= {
                each.key_id: each for each in recipients_for(session, row.id, row.area) if each.key_id not in found
            }
    return list(found.values())


def rewrap(session: Session, place: Resting, key: KeyPair, wanted: list[Recipient], envelope: bytes) -> None:
    """Wrap one envelope to exactly these, with a key that opens it. Raises SealBroken."""
    wanted_ids = {each.key_id for each in wanted}
    renewed = add_wraps(envelope, key, wanted)
    renewed = drop_wraps(renewed, {meta.key_id for meta in recipients_of(renewed)} - wanted_ids)
    team_key = next(each.key_id for each in wanted if each.kind == "team")
    put_envelope(session, place, renewed, key_ids=names_of_keys(wanted), team_key_id=team_key)


def lock_out(session: Session, reference: str, team_id: str, but: str) -> None:
    """Take away what opens a referral for one team, its kit and its area's kit, but nothing of another team's.

    It needs no key, so it can be done when nobody of either team is there.
    """
    place_names = [{row.id, row.area} for row in (get_team(session, each) for each in (team_id, but)) if row]
    owners = place_names[0] - place_names[-1]
    for place in places_of(session, reference):
        envelope = envelope_at(session, place)
        if not envelope:
            continue
        metas = recipients_of(envelope)
        left = [meta for meta in metas if meta.team not in owners]
        team_key = next(meta.key_id for meta in left if meta.kind == "team")
        names = " ".join(meta.key_id for meta in left)
        renewed = drop_wraps(envelope, {meta.key_id for meta in metas if meta.team in owners})
        put_envelope(session, place, renewed, key_ids=names, team_key_id=team_key)


def names_of_keys(recipients: list[Recipient]) -> str:
    """Return the key ids as they stand beside an envelope."""
    return " ".join(each.key_id for each in recipients)


def how_far(engine: Engine, team_id: str) -> Renewal:
    """Return how many of a team's envelopes are still under other keys than the current ones."""
    with reading(engine) as session:
        return Renewal(len(_behind(session, team_id)), is_under_way=has_old_wraps(session, team_id))


def renew_batch(engine: Engine, staff: StaffSession, team_id: str, now: datetime, limit: int = BATCH) -> Renewal:
    """Re-wrap up to `limit` envelopes in one transaction; once none is left, destroy the old keys' private copies.

    Both keys open until then. An envelope that does not open stays as it is, and so do the old keys.
    Raises NotAllowed, or KeyNotHeld for a member who does not hold the keys.
    """
    staff.needs_member(team_id)
    stuck = 0
    with writing(engine) as session:
        behind = _behind(session, team_id)
        keys = KeysOf(session, staff)
        for place, wanted in list(behind.items())[:limit]:
            envelope = envelope_at(session, place)
            if not envelope:
                continue
            try:
                rewrap(session, place, keys.for_envelope(envelope), wanted, envelope)
            except SealBroken:
                stuck += 1
        left = len(behind) - min(limit, len(behind)) + stuck
        if left == 0:
            _finish(session, staff, team_id, now)
    return Renewal(left, stuck)


def renew_all(engine: Engine, staff: StaffSession, team_id: str, now: datetime, limit: int = BATCH) -> Renewal:
    """Go on batch by batch until nothing is left, or only what does not open."""
    before: int | None = None
    while True:
        renewal = renew_batch(engine, staff, team_id, now, limit)
        if renewal.left in {0, before}:
            return renewal
        before = renewal.left


def _behind(session: Session, team_id: str) -> Mapping[Resting, list[Recipient]]:
    wanted: dict[tuple[str, str | None], list[Recipient]] = {}
    behind: dict[Resting, list[Recipient]] = {}
    for place in resting(session, team_id):
        teams = (place.team_id, place.to_team)
        if teams not in wanted:
            wanted[teams] = recipients_of_teams(session, teams)
        if place.key_ids != names_of_keys(wanted[teams]):
            behind[place] = wanted[teams]
    return behind


def _finish(session: Session, staff: StaffSession, team_id: str, now: datetime) -> None:
    team, epoch = get_team(session, team_id), current_epoch(session, team_id)
    if team is None or epoch is None:
        return
    kits = (proved_kit(session, "recovery", team.id), proved_kit(session, "area", team.area))
    destroyed = drop_old_wraps(session, team_id)
    destroyed += drop_kit_wraps(session, team_id, [kit.key_id for kit in kits if kit is not None])
    if destroyed:
        actor = by_member(staff.member_id)
        record(session, "team.key_renewed", at=now, actor=actor, team=team_id, epoch=epoch, destroyed=destroyed)
