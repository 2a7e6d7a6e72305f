"""Open what rests with a member's teams for one answer, so that it can be searched by name. Nothing is kept."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from portal.audit.queries import by_member, record
from portal.database.engine import Engine, reading, writing
from portal.referrals.worklist import DeskLine, sealed_lines
from portal.sealing.envelope import envelope_id, open_sealed
from portal.sealing.keys import SealBroken
from portal.teams.staff import KeysOf, StaffSession

MOST = 5000


@dataclass(frozen=True)
class Unlocked:
    """A line of the queue with what is in it. `content` is None where it does not open."""

    line: DeskLine
    content: bytes | None = field(repr=False)


def unlock_queue(engine: Engine, staff: StaffSession, now: datetime) -> list[Unlocked]:
    """Open every referral of the member's teams that is still here; the log has one line for each team.

    It counts them and names them all by one hash, since a thousand ids would say no more.
    """
    with reading(engine) as session:
        keys, unlocked = KeysOf(session, staff), []
        opened: dict[str, list[str]] = {}
        for line in sealed_lines(session, [team.id for team in staff.teams if not team.is_offline], MOST):
            try:
                content = open_sealed(line.envelope, keys.for_envelope(line.envelope))
            except SealBroken:
                unlocked.append(Unlocked(line, None))
                continue
            unlocked.append(Unlocked(line, content))
            opened.setdefault(line.team_id, []).append(envelope_id(line.envelope))
    if opened:
        with writing(engine) as session:
            for team_id, names in opened.items():
                record(
                    session,
                    "queue.unlocked",
                    at=now,
                    actor=by_member(staff.member_id),
                    team=team_id,
                    envelopes=hash_of(names),
                    count=len(names),
                )
    return unlocked


def hash_of(envelope_ids: Iterable[str]) -> str:
    """Return the SHA-256 of envelope ids in their order by name, one on each line."""
    return hashlib.sha256("\n".join(sorted(envelope_ids)).encode()).hexdigest()
