"""Made-up teams with real keys at little cost, drafts and referrals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from portal.accounts import totp
from portal.accounts.add_member import add_member, new_member
from portal.accounts.sessions import load_session
from portal.accounts.sign_in import sign_in
from portal.database.engine import Engine, Session, writing
from portal.domain.counting import Counted
from portal.domain.follow_up import Holder, Holders
from portal.domain.submission import Submission
from portal.drafts.queries import put_draft
from portal.drafts.receipt import Receipt
from portal.keys.kits import KitKind, prove_kit, register_kit
from portal.keys.new_version import make_epoch
from portal.referrals.bundle import Places
from portal.referrals.submit import submit_referral
from portal.sealing.drafts import lock, new_secret, row_id
from portal.sealing.keys import new_seed, public_key
from portal.sealing.kit import open_canary
from portal.sealing.slots import Cost
from portal.teams.create_team import create_team
from portal.teams.declare_ready import declare_ready
from portal.teams.members import join_team
from portal.teams.queries import get_team
from portal.teams.staff import StaffSession

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
PEPPER = bytes(range(32))
CHEAP = Cost(memory_kib=64, iterations=1)
AREA = "gloucestershire"
SCHEMA = "5f" * 32
PLACES = {"team-a": Places("The team", "Gloucestershire")}
WORDS = b"I am Zo\xc3\xab Quetzalcoatlus of 12 Larkspur Mews"


@dataclass(frozen=True)
class Person:
    """Somebody on the staff, with what they know."""

    id: str
    email: str
    passphrase: str
    totp_secret: str

    def code(self, moment: datetime = NOW) -> str:
        """Return what their app shows."""
        return totp.code_at(self.totp_secret, moment)


@dataclass(frozen=True)
class MadeTeam:
    """A team that is ready, with its people and its recovery kit's seed."""

    id: str
    people: Sequence[Person]
    kit: bytes


def a_person(session: Session, email: str, *team_ids: str) -> Person:
    """Take somebody onto the staff and into these teams."""
    secret, passphrase = totp.new_secret(), f"words of {email}"
    member = new_member(email, "Asha Patel", passphrase=passphrase, totp_secret=secret, pepper=PEPPER, cost=CHEAP)
    add_member(session, member, NOW)
    for team_id in team_ids:
        join_team(session, member.id, team_id, NOW)
    return Person(member.id, email, passphrase, secret)


def a_kit(session: Session, owner: str, kind: KitKind = "recovery", *, proved: bool = True) -> bytes:
    """Register a kit, prove it, and return its seed."""
    seed = new_seed()
    canary = register_kit(session, kind, owner, public_key(seed), NOW)
    if proved:
        prove_kit(session, kind, owner, open_canary(canary, owner, seed), NOW)
    return seed


def a_team(engine: Engine, team_id: str = "team-a", people: int = 2, area: str = AREA) -> MadeTeam:
    """Set up a team with so many members, a proved kit and a key."""
    with writing(engine) as session:
        create_team(session, team_id, area, f"The team {team_id}", NOW)
        staff = [a_person(session, f"person{number}@{team_id}.example", team_id) for number in range(people)]
        kit = a_kit(session, team_id)
        row = get_team(session, team_id)
        assert row is not None
        make_epoch(session, row, NOW)
        declare_ready(session, team_id, NOW)
    return MadeTeam(team_id, staff, kit)


def a_draft(engine: Engine, content: bytes = WORDS) -> bytes:
    """Keep a draft; return its cookie's secret."""
    secret = new_secret()
    with writing(engine) as session:
        put_draft(session, row_id(secret), lock(secret, content, "draft"), NOW, NOW + timedelta(hours=24))
    return secret


def send(
    engine: Engine,
    secret: bytes | None = None,
    team_id: str = "team-a",
    *,
    content: bytes = WORDS,
    due_on: date | None = None,
    holders: Holders | None = None,
    now: datetime = NOW,
) -> Receipt:
    """Send a draft, by default a new one, to a team."""
    return submit_referral(
        engine,
        secret or a_draft(engine),
        Submission(
            team_id=team_id,
            area_id=AREA,
            document=content,
            form_version=1,
            schema_hash=SCHEMA,
            due_on=due_on,
            holders=holders or Holders(Holder.YOU),
            counted=Counted(is_adult=True, is_helped=False),
        ),
        pepper=PEPPER,
        now=now,
    )


def signed_in(engine: Engine, person: Person, now: datetime = NOW) -> StaffSession:
    """Sign somebody in; return their session."""
    secret = sign_in_as(engine, person, now)
    session = load_session(engine, secret, now)
    assert session is not None
    return session


def sign_in_as(engine: Engine, person: Person, now: datetime = NOW, **typed: str) -> bytes:
    """Sign in with what this person knows, but for what is given; return the cookie's secret."""
    known = {"email": person.email, "passphrase": person.passphrase, "code": person.code(now)} | typed
    return sign_in(
        engine,
        email=known["email"],
        passphrase=known["passphrase"],
        code=known["code"],
        pepper=PEPPER,
        now=now,
        cost=CHEAP,
    )
