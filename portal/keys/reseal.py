"""Bring everything that rests with a team under its current keys, a few envelopes at a time.

One mechanism for a leaver, the quarterly renewal, a new kit and an offer to another team: each envelope is held
against the keys that it should be wrapped to now, and re-wrapped where it differs. The body is never touched.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from portal.audit.queries import by_member, record
from portal.database.engine import Engine, Session, reading, writing
from portal.referrals.offers import Resting, envelope_at, resting
from portal.referrals.rewrap import rewrap
from portal.sealing.envelope import Recipient
from portal.sealing.keys import SealBroken
from portal.teams.key_holders import drop_kit_wraps, drop_old_wraps, has_old_wraps
from portal.teams.queries import current_epoch, get_team, proved_kit
from portal.teams.recipients import names_of_keys, recipients_of_teams
from portal.teams.staff import KeysOf, StaffSession

BATCH = 50


@dataclass(frozen=True)
class Renewal:
    """How far it is. `stuck` counts envelopes that do not open: they are kept as they are, with their old keys."""

    left: int
    stuck: int = 0
    is_under_way: bool = False


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
