"""Take the public half of a recovery kit, and have the kit prove that it opens."""

from datetime import datetime
from typing import Literal

from portal.audit.queries import SYSTEM, record
from portal.database.engine import Session
from portal.sealing.keys import key_id
from portal.sealing.kit import Canary, check_answer, new_canary
from portal.teams.queries import newest_kit, retire_older_kits
from portal.teams.tables import RecoveryKeyRow

KitKind = Literal["recovery", "area", "offline"]


class NoKit(LookupError):
    """There is no kit to prove."""


def register_kit(
    session: Session, kind: KitKind, owner: str, public: bytes, now: datetime, *, actor: str = SYSTEM
) -> Canary:
    """Keep the public half of the kit of a team ("recovery") or an area ("area"); returns the canary it must open.

    "offline" is the key with which a team goes offline.

    Nothing is sealed to it before it has. A kit in use before stays in use until then.
    """
    before = newest_kit(session, kind, owner)
    canary = new_canary(owner, public)
    row = RecoveryKeyRow(
        kind=kind,
        owner=owner,
        number=1 if before is None else before.number + 1,
        public_key=public,
        key_id=key_id(public),
        canary_wrapped=canary.wrapped,
        canary_digest=canary.digest,
        created_at=now,
    )
    session.add(row)
    session.flush()
    team = None if kind == "area" else owner
    record(
        session, "recovery.kit_made", at=now, actor=actor, team=team, subject=owner, kind=kind, key=canary.holder_key_id
    )
    return canary


def prove_kit(
    session: Session, kind: KitKind, owner: str, answer: bytes, now: datetime, *, actor: str = SYSTEM
) -> None:
    """Note that the newest kit has opened its canary. Raises NoKit, or SealBroken for another answer."""
    kit = newest_kit(session, kind, owner)
    if kit is None:
        raise NoKit(f"{owner} has no recovery kit")
    check_answer(Canary(kit.key_id, kit.canary_wrapped, kit.canary_digest), answer)
    kit.canary_opened_at = now
    session.flush()
    retire_older_kits(session, kit, now)
    team = None if kind == "area" else owner
    record(session, "recovery.canary_opened", at=now, actor=actor, team=team, subject=owner, kind=kind, key=kit.key_id)
