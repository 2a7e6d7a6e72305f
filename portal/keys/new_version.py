"""Give a team a new key, held by its members, its recovery kit and its area's."""

from collections.abc import Sequence
from datetime import datetime

from portal.audit.queries import SYSTEM, record
from portal.database.engine import Session
from portal.sealing.teams import Holder, new_epoch
from portal.teams.key_holders import holders_of
from portal.teams.queries import OFFLINE, members_of, newest_epoch, proved_kit, retire_epochs
from portal.teams.tables import EpochRow, EpochWrapRow, MemberRow, TeamRow


def make_epoch(
    session: Session,
    team: TeamRow,
    now: datetime,
    actor: str = SYSTEM,
    *,
    members: Sequence[MemberRow] | None = None,
) -> int:
    """Make the team's next key and return its number. What is sealed from now on goes to it; what was before stays.

    `members` are those who shall hold it: by default those who held the one before, or all for the first.
    Raises ValueError where nobody could hold it, or where the team keeps its key away from this service.
    """
    if team.custody == OFFLINE:
        raise ValueError(f"{team.id} keeps its key offline")
    before = newest_epoch(session, team.id)
    if members is None:
        members = holders_of(session, team.id, before) if before else members_of(session, team.id)
    member_ids: dict[str, str] = {}
    holders: list[Holder] = []
    for member in members:
        member_ids[member.key_id] = member.id
        holders.append(Holder("member", member.public_key))
    for kit in (proved_kit(session, "recovery", team.id), proved_kit(session, "area", team.area)):
        if kit is not None:
            holders.append(Holder("area" if kit.kind == "area" else "recovery", kit.public_key))
    epoch, wraps = new_epoch(team.id, before + 1, holders)
    retire_epochs(session, team.id, now)
    session.add(
        EpochRow(team_id=team.id, number=epoch.number, public_key=epoch.public, key_id=epoch.key_id, created_at=now)
    )
    session.flush()
    for each in wraps:
        session.add(
            EpochWrapRow(
                team_id=team.id,
                epoch=each.epoch,
                holder_key_id=each.holder_key_id,
                holder_kind=each.holder_kind,
                epoch_key_id=each.epoch_key_id,
                member_id=member_ids.get(each.holder_key_id),
                wrapped=each.wrapped,
            )
        )
    session.flush()
    record(
        session,
        "team.epoch_made",
        at=now,
        actor=actor,
        team=team.id,
        epoch=epoch.number,
        key=epoch.key_id,
        holders=len(wraps),
    )
    return epoch.number
