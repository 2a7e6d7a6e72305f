"""Prepare a demonstration: every team of every area with made-up staff, keys, and a recovery kit that was proved."""

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from portal.accounts import totp
from portal.accounts.add_member import NewMember, add_member, new_member
from portal.areas.area import Areas, Team
from portal.database.engine import Engine, Session, reading, writing
from portal.keys.kits import KitKind, prove_kit, register_kit
from portal.keys.new_version import make_epoch
from portal.sealing.keys import new_seed, public_key
from portal.sealing.kit import kit_words, open_canary, seed_of
from portal.sealing.slots import PROMISED, Cost, generate
from portal.teams.create_team import create_team
from portal.teams.declare_ready import declare_ready
from portal.teams.members import fold_email, join_team, member_by_email
from portal.teams.queries import get_team, proved_kit, team_ids

NAMES = ("Asha Patel", "Ben Carter", "Chidi Okafor", "Dana Wolski", "Elin Davies", "Farid Khan", "Grace Lee",
         "Hanna Novak", "Imran Ali", "Joan Smith", "Kwame Mensah", "Lucy Brown", "Maya Singh", "Noah Evans",
         "Olga Petrova", "Peter Young", "Rosa Garcia", "Samir Haddad", "Tara O'Neill", "Umar Farooq")  # fmt: skip
STAFF_OF_A_TEAM = 2
AT_ONCE = 2


class DemoSpoilt(Exception):
    """The database has demonstration teams whose passphrases nobody knows any more."""


@dataclass(frozen=True)
class DemoStaff:
    """Somebody made up, with all that they need to sign in."""

    name: str
    email: str
    passphrase: str
    totp_secret: str


@dataclass(frozen=True)
class DemoTeam:
    """One team as demo.json tells it. `recovery_kit` is what a real team prints and locks away."""

    id: str
    area: str
    name: str
    staff: list[DemoStaff]
    recovery_kit: str


def prepare_demo(
    engine: Engine, areas: Areas, *, pepper: bytes, out_path: Path, now: datetime, cost: Cost = PROMISED
) -> list[str]:
    """Set up every team that is not there yet and write demo.json; returns the ids of the teams that were set up.

    A second run changes nothing. Raises DemoSpoilt where demo.json is gone but its teams are not.
    """
    told, area_kits = _read(out_path)
    with reading(engine) as session:
        there = team_ids(session)
    if lost := sorted({team.id for team in areas.teams} & there - told.keys()):
        raise DemoSpoilt(
            f"The database has the team {lost[0]}, but {out_path.name} does not know its passphrases. "
            "Move the instance folder away and start again."
        )
    told = {team_id: team for team_id, team in told.items() if team_id in there}
    missing = [team for team in areas.teams if team.id not in there]
    if not missing:
        return []
    made = _make_up(missing, told)
    members = _with_keys(made, pepper, cost)
    area_kits = {area.id: area_kits.get(area.id) or _new_kit() for area in areas.all}
    with writing(engine) as session:
        for area_id, words in area_kits.items():
            _prove(session, "area", area_id, words, now)
        for team in made.values():
            _set_up(session, team, members, now)
        _write(out_path, [(told | made)[team.id] for team in areas.teams], area_kits)
    return list(made)


def _make_up(missing: Iterable[Team], told: dict[str, DemoTeam]) -> dict[str, DemoTeam]:
    """Think of staff for each team; teams that others run come last and take theirs from those."""
    made: dict[str, DemoTeam] = {}
    used = sum(len(team.staff) for team in told.values())
    for team in sorted(missing, key=lambda team: bool(team.staffed_by)):
        others = [(made | told)[other] for other in team.staffed_by if other in made | told]
        staff = [other.staff[0] for other in others]
        while len(staff) < STAFF_OF_A_TEAM:
            staff.append(_somebody(NAMES[used % len(NAMES)], team.id))
            used += 1
        made[team.id] = DemoTeam(team.id, team.area_id, team.name, staff, _new_kit())
    return made


def _somebody(name: str, team_id: str) -> DemoStaff:
    local = name.lower().replace(" ", ".").replace("'", "")
    return DemoStaff(name, f"{local}@{team_id}.example", generate(), totp.new_secret())


def _new_kit() -> str:
    return " ".join(kit_words(new_seed()))


def _with_keys(made: dict[str, DemoTeam], pepper: bytes, cost: Cost) -> dict[str, NewMember]:
    """Make each new member's key, two at once: most of a demonstration's time goes here."""
    people = {staff.email: staff for team in made.values() for staff in team.staff}

    def make(staff: DemoStaff) -> NewMember:
        return new_member(
            staff.email,
            staff.name,
            passphrase=staff.passphrase,
            totp_secret=staff.totp_secret,
            pepper=pepper,
            cost=cost,
        )

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(people, pool.map(make, people.values()), strict=True))


def _set_up(session: Session, team: DemoTeam, members: dict[str, NewMember], now: datetime) -> None:
    create_team(session, team.id, team.area, team.name, now)
    for position, staff in enumerate(team.staff):
        known = member_by_email(session, fold_email(staff.email))
        if known is None:
            add_member(session, members[staff.email], now)
        member_id = members[staff.email].id if known is None else known.id
        join_team(session, member_id, team.id, now, role="lead" if position == 0 else "member")
    _prove(session, "recovery", team.id, team.recovery_kit, now)
    row = get_team(session, team.id)
    assert row is not None  # noqa: S101  # it was created above
    make_epoch(session, row, now)
    declare_ready(session, team.id, now)


def _prove(session: Session, kind: KitKind, owner: str, words: str, now: datetime) -> None:
    """Register a kit and open its canary with it, unless that was done before."""
    if proved_kit(session, kind, owner) is not None:
        return
    seed = seed_of(words)
    canary = register_kit(session, kind, owner, public_key(seed), now)
    prove_kit(session, kind, owner, open_canary(canary, owner, seed), now)


def _read(path: Path) -> tuple[dict[str, DemoTeam], dict[str, str]]:
    if not path.exists():
        return {}, {}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    teams = [DemoTeam(**team | {"staff": [DemoStaff(**staff) for staff in team["staff"]]}) for team in found["teams"]]
    return {team.id: team for team in teams}, {area["id"]: area["recovery_kit"] for area in found["areas"]}


def _write(path: Path, teams: list[DemoTeam], area_kits: dict[str, str]) -> None:
    """Write demo.json whole or not at all, readable by this user alone."""
    areas = [{"id": area_id, "recovery_kit": words} for area_id, words in area_kits.items()]
    text = json.dumps({"teams": [asdict(team) for team in teams], "areas": areas}, indent=2, ensure_ascii=False)
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)
