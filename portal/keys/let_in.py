"""Let a joiner in, or a colleague who made a new key: share every key of the team that one holds oneself."""

from datetime import datetime
from typing import Literal

from portal.audit.queries import by_member, record
from portal.database.engine import Engine, Session, writing
from portal.sealing.keys import KeyPair
from portal.sealing.teams import Holder, SeedWrap, share_epoch
from portal.teams.declare_ready import declare_ready
from portal.teams.key_holders import add_wrap, wraps_held_by
from portal.teams.members import NobodyThere, get_member, membership
from portal.teams.staff import KeyNotHeld, StaffSession, as_wrap

How = Literal["colleague", "recovery", "area"]


def share_team_key(engine: Engine, staff: StaffSession, team_id: str, member_id: str, now: datetime) -> int:
    """Share the team's keys with a member who has none yet; all open referrals open for them at once.

    Returns how many keys were shared; a second time none. Raises NotAllowed, NobodyThere or KeyNotHeld.
    """
    staff.needs_member(team_id)
    with writing(engine) as session:
        shared = share_with_member(session, team_id, member_id, KeyPair(staff.seed), how="colleague", now=now, by=staff)
        declare_ready(session, team_id, now, actor=by_member(staff.member_id))
    return shared


def share_with_member(
    session: Session, team_id: str, member_id: str, holder: KeyPair, *, how: How, now: datetime, by: StaffSession
) -> int:
    """Share every key of the team that this key pair holds. Raises NobodyThere, KeyNotHeld or SealBroken."""
    member = get_member(session, member_id)
    if member is None or membership(session, member_id, team_id) is None:
        raise NobodyThere("nobody of this team")
    held = wraps_held_by(session, team_id, holder.key_id)
    if not held:
        raise KeyNotHeld("the team's key has not been shared with this holder")
    to = Holder("member", member.public_key)
    shared = sum(keep_wrap(session, share_epoch(as_wrap(each), holder, to), member_id) for each in held)
    if shared:
        actor = by_member(by.member_id)
        record(
            session,
            "team.key_shared",
            at=now,
            actor=actor,
            team=team_id,
            subject=member_id,
            epochs=shared,
            key=member.key_id,
            how=how,
        )
    return shared


def keep_wrap(session: Session, wrap: SeedWrap, member_id: str | None) -> bool:
    """Let one more hold a key; returns False where they do already."""
    return add_wrap(
        session,
        team_id=wrap.team,
        epoch=wrap.epoch,
        holder_key_id=wrap.holder_key_id,
        holder_kind=wrap.holder_kind,
        epoch_key_id=wrap.epoch_key_id,
        member_id=member_id,
        wrapped=wrap.wrapped,
    )
