"""The recovery kit on the day it is needed: it gives a member the team's key, or hands a lapsed team's work on."""

from datetime import datetime

from portal.audit.queries import by_member, record
from portal.database.engine import Engine, writing
from portal.keys.let_in import share_with_member
from portal.keys.team_kit import refuse_offline
from portal.mail.outbox import post
from portal.referrals.offer_transfer import TeamCannotTake
from portal.referrals.offers import end_offer, envelope_at, places_of, resting
from portal.referrals.queries import change, forget_opened, get_sealed
from portal.referrals.rewrap import recipients_now, rewrap
from portal.sealing.envelope import envelope_id
from portal.sealing.keys import KeyPair, SealBroken
from portal.sealing.kit import seed_of
from portal.teams.declare_ready import declare_ready
from portal.teams.members import NobodyThere
from portal.teams.queries import get_team, offline_teams, ready_teams
from portal.teams.staff import KeyNotHeld, StaffSession


class WrongKit(SealBroken):
    """The words are a kit's, but of no kit that holds this team's key."""


def use_kit(engine: Engine, staff: StaffSession, team_id: str, words: str, now: datetime) -> int:
    """Give the member at work the team's keys by its kit, or by its area's; returns how many.

    Raises KitFault, WrongKit, NotAllowed, or MadeElsewhere for a team with offline custody.
    """
    staff.needs_member(team_id)
    refuse_offline(engine, "recovery", team_id)
    kit = KeyPair(seed_of(words))
    with writing(engine) as session:
        try:
            shared = share_with_member(session, team_id, staff.member_id, kit, how="recovery", now=now, by=staff)
        except KeyNotHeld:
            raise WrongKit("this kit does not hold the team's key") from None
        declare_ready(session, team_id, now, actor=by_member(staff.member_id))
    return shared


def hand_over(engine: Engine, staff: StaffSession, from_team: str, to_team: str, words: str, *, now: datetime) -> int:
    """Move everything that rests with a team that has lapsed to another of its area, by the area's kit.

    Whoever coordinates does this without reading anything: the kit opens the keys, not the pages. Returns how many
    referrals went. Raises KitFault, WrongKit, NotAllowed, NobodyThere or TeamCannotTake.
    """
    kit = KeyPair(seed_of(words))
    with writing(engine) as session:
        lapsed, target = get_team(session, from_team), get_team(session, to_team)
        if lapsed is None or target is None:
            raise NobodyThere("no such team")
        staff.needs_coordinator(lapsed.area)
        if (
            lapsed is target
            or target.area != lapsed.area
            or to_team not in ready_teams(session) - offline_teams(session)
        ):
            raise TeamCannotTake("the other team cannot receive referrals now")
        lapsed.ready_at = None
        session.flush()
        actor, moved = by_member(staff.member_id), 0
        for reference in sorted({place.reference for place in resting(session, from_team)}):
            sealed = get_sealed(session, reference, [from_team])
            end_offer(session, reference)
            if sealed is None:
                continue
            change(session, sealed, team_id=to_team)
            wanted = recipients_now(session, reference)
            for place in places_of(session, reference):
                envelope = envelope_at(session, place)
                if envelope:
                    try:
                        rewrap(session, place, kit, wanted, envelope)
                    except SealBroken:
                        raise WrongKit("this kit does not open what rests with the team") from None
            forget_opened(session, reference)
            post(session, "referral.waiting", now, team=to_team, reference=reference)
            detail = {"from": from_team, "to": to_team, "envelope": envelope_id(sealed.envelope)}
            record(session, "referral.handed_over", at=now, actor=actor, team=to_team, subject=reference, **detail)
            moved += 1
        record(session, "team.lapsed", at=now, actor=actor, team=from_team, to=to_team, referrals=moved)
    return moved
