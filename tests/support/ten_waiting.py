"""Ten referrals that wait for a team, and who can read them: worked out from the database alone, by keys."""

from collections.abc import Collection

from portal.audit.queries import verify
from portal.audit.tables import AuditRow
from portal.database.engine import Engine, reading, writing
from portal.keys.let_in import share_team_key
from portal.referrals.tables import ReferralRow
from portal.sealing.envelope import open_sealed
from portal.sealing.keys import KeyPair, SealBroken
from portal.sealing.teams import open_epoch
from portal.teams.staff import StaffSession, as_wrap
from portal.teams.tables import EpochWrapRow, MemberRow, MembershipRow
from tests.support.teams import NOW, Person, a_person, send

TEN = 10


def ten_waiting(engine: Engine, team_id: str = "team-a") -> set[str]:
    """Send ten referrals; return their references."""
    return {send(engine, team_id=team_id, content=f"Letter {number}".encode()).reference for number in range(TEN)}


def readable(engine: Engine, seed: bytes, references: Collection[str]) -> set[str]:
    """Return which of these somebody with this seed and the whole database can open, whatever the pages allow."""
    holder = KeyPair(seed)
    with reading(engine) as session:
        held = session.query(EpochWrapRow).filter(EpochWrapRow.holder_key_id == holder.key_id).all()
        keys = [holder, *(KeyPair(open_epoch(as_wrap(wrap), holder)) for wrap in held)]
        rows = session.query(ReferralRow).filter(ReferralRow.reference.in_(references)).all()
        return {row.reference for row in rows if any(_opens(row.envelope, key) for key in keys)}


def _opens(envelope: bytes, key: KeyPair) -> bool:
    try:
        open_sealed(envelope, key)
    except SealBroken:
        return False
    return True


def a_joiner(engine: Engine, email: str, team_id: str = "team-a") -> Person:
    """Take somebody into a team, whom nobody has let in yet."""
    with writing(engine) as session:
        return a_person(session, email, team_id)


def let_in(engine: Engine, staff: StaffSession, person: Person, team_id: str = "team-a") -> int:
    """Have a colleague share the team's key."""
    return share_team_key(engine, staff, team_id, person.id, NOW)


def make_lead(engine: Engine, person: Person, team_id: str = "team-a") -> None:
    """Make a member the lead of their team."""
    with writing(engine) as session:
        row = session.get(MembershipRow, (person.id, team_id))
        assert row is not None
        row.role = "lead"


def is_off_the_staff(engine: Engine, person: Person) -> bool:
    """Tell whether somebody can no longer sign in."""
    with reading(engine) as session:
        row = session.get(MemberRow, person.id)
        return row is not None and row.disabled_at is not None


def logged(engine: Engine, *events: str) -> list[str]:
    """Return which of these events the log has, in order, with its chain checked."""
    with reading(engine) as session:
        verify(session)
        return [row.event for row in session.query(AuditRow).order_by(AuditRow.id) if row.event in events]
