"""A team's or an area's recovery kit, made and proved by the people who keep it.

Made in the browser session, the kit's seed passes through the server once; made offline (`portal kit make`), it never
does. Proving it puts it to use: the team's key is wrapped to it, and what rests with the team follows.
"""

from dataclasses import dataclass, field
from datetime import datetime

from portal.audit.queries import by_member
from portal.database.engine import Engine, Session, reading, writing
from portal.keys.kits import KitKind, NoKit, prove_kit, register_kit
from portal.keys.let_in import keep_wrap
from portal.keys.new_version import make_epoch
from portal.keys.reseal import renew_all
from portal.sealing.keys import KeyPair, new_seed, public_key
from portal.sealing.kit import Canary, kit_words, open_canary, seed_of
from portal.sealing.teams import Holder, share_epoch
from portal.teams.declare_ready import declare_ready
from portal.teams.key_holders import wraps_held_by
from portal.teams.members import get_member
from portal.teams.queries import OFFLINE, current_epoch, get_team, newest_kit, offline_teams, proved_kit
from portal.teams.staff import StaffSession, as_wrap


class MadeElsewhere(Exception):
    """The team keeps its keys away from this service, and its kits too."""


@dataclass(frozen=True)
class MadeKit:
    """A kit's words, to show once and print. They are kept nowhere."""

    words: tuple[str, ...] = field(repr=False)
    key_id: str


def make_kit_here(engine: Engine, staff: StaffSession, kind: KitKind, owner: str, now: datetime) -> MadeKit:
    """Make a kit and keep its public half. Raises NotAllowed, or MadeElsewhere for a team with offline custody."""
    refuse_offline(engine, kind, owner)
    seed = new_seed()
    key_id = take_public_half(engine, staff, kind, owner, public_key(seed), now=now)
    return MadeKit(kit_words(seed), key_id)


def take_public_half(
    engine: Engine, staff: StaffSession, kind: KitKind, owner: str, public: bytes, *, now: datetime
) -> str:
    """Keep the public half of a kit that was made elsewhere; returns its key id. Raises NotAllowed, or ValueError."""
    _needs(staff, kind, owner)
    with writing(engine) as session:
        return register_kit(session, kind, owner, public, now, actor=by_member(staff.member_id)).holder_key_id


def waiting_canary(engine: Engine, kind: KitKind, owner: str) -> Canary:
    """Return the drill of the newest kit. Raises NoKit."""
    with reading(engine) as session:
        kit = newest_kit(session, kind, owner)
        if kit is None:
            raise NoKit(f"{owner} has no recovery kit")
        return Canary(kit.key_id, kit.canary_wrapped, kit.canary_digest)


def prove_with_words(
    engine: Engine, staff: StaffSession, kind: KitKind, owner: str, words: str, *, now: datetime
) -> None:
    """Prove a kit by its 24 words, first or as the drill. Raises KitFault, SealBroken, NoKit or NotAllowed.

    MadeElsewhere for a team with offline custody, whose kit's words are not to be typed in here.
    """
    refuse_offline(engine, kind, owner)
    answer = open_canary(waiting_canary(engine, kind, owner), owner, seed_of(words))
    prove_with_answer(engine, staff, kind, owner, answer, now=now)


def prove_with_answer(
    engine: Engine, staff: StaffSession, kind: KitKind, owner: str, answer: bytes, *, now: datetime
) -> None:
    """Prove a kit by the drill's answer, worked out offline; then put it to use. Raises as prove_with_words."""
    _needs(staff, kind, owner)
    with writing(engine) as session:
        prove_kit(session, kind, owner, answer, now, actor=by_member(staff.member_id))
        if kind == "recovery":
            put_kits_to_use(session, staff, owner, now)
    if kind == "recovery":
        renew_all(engine, staff, owner, now)


def use_kits(engine: Engine, staff: StaffSession, team_id: str, now: datetime) -> None:
    """Wrap the team's key to its own and its area's kit, where one is new, and bring what rests after it.

    Raises NotAllowed, or KeyNotHeld.
    """
    staff.needs_member(team_id)
    with writing(engine) as session:
        put_kits_to_use(session, staff, team_id, now)
    renew_all(engine, staff, team_id, now)


def put_kits_to_use(session: Session, staff: StaffSession, team_id: str, now: datetime) -> None:
    """Wrap the team's keys to its kits; makes the first key where there is none yet."""
    team, member = get_team(session, team_id), get_member(session, staff.member_id)
    if team is None or member is None:
        return
    actor = by_member(staff.member_id)
    if team.custody == OFFLINE:
        declare_ready(session, team_id, now, actor=actor)
        return
    if current_epoch(session, team_id) is None:
        make_epoch(session, team, now, actor, members=[member])
    else:
        pair = KeyPair(staff.seed)
        for kit in (proved_kit(session, "recovery", team.id), proved_kit(session, "area", team.area)):
            for held in wraps_held_by(session, team_id, pair.key_id) if kit is not None else ():
                assert kit is not None  # noqa: S101  # tells the type checker what the line above says
                holder = Holder("area" if kit.kind == "area" else "recovery", kit.public_key)
                keep_wrap(session, share_epoch(as_wrap(held), pair, holder), None)
    declare_ready(session, team_id, now, actor=actor)


def refuse_offline(engine: Engine, kind: KitKind, owner: str) -> None:
    """Raise MadeElsewhere for the kit of a team with offline custody: its words never pass through this service."""
    with reading(engine) as session:
        if kind == "recovery" and owner in offline_teams(session):
            raise MadeElsewhere(f"{owner} makes and proves its kits away from this service")


def _needs(staff: StaffSession, kind: KitKind, owner: str) -> None:
    if kind == "area":
        staff.needs_coordinator(owner)
    else:
        staff.needs_lead(owner)
