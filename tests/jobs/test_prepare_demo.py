"""The demonstration: every team ready, everybody able to sign in, and a second run changes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from portal.areas.loading import load_areas
from portal.audit.queries import head, verify
from portal.database.engine import Engine, reading
from portal.jobs.prepare_demo import DemoSpoilt, prepare_demo
from portal.referrals.open import open_referral
from portal.referrals.queries import get_sealed
from portal.sealing.envelope import open_sealed
from portal.sealing.kit import seed_of
from portal.teams.queries import ready_teams
from tests.support.teams import CHEAP, NOW, PEPPER, WORDS, Person, send, signed_in

AREAS = load_areas()


def prepare(engine: Engine, path: Path) -> list[str]:
    return prepare_demo(engine, AREAS, pepper=PEPPER, out_path=path, now=NOW, cost=CHEAP)


@pytest.fixture
def path(engine: Engine, tmp_path: Path) -> Path:
    """Give the file that tells of a prepared demonstration."""
    prepare(engine, tmp_path / "demo.json")
    return tmp_path / "demo.json"


def told(path: Path) -> dict[str, Any]:
    return {team["id"]: team for team in json.loads(path.read_text(encoding="utf-8"))["teams"]}


def as_person(staff: dict[str, str]) -> Person:
    return Person("", staff["email"], staff["passphrase"], staff["totp_secret"])


def test_every_team_of_every_area_is_ready(engine: Engine, path: Path) -> None:
    ids = {team.id for team in AREAS.teams}
    assert set(told(path)) == ids
    with reading(engine) as session:
        assert ready_teams(session) == ids
        assert verify(session)


def test_each_team_opens_what_is_sent_to_it_and_so_does_its_kit(engine: Engine, path: Path) -> None:
    for number, team in enumerate(told(path).values()):
        receipt = send(engine, team_id=team["id"])
        moment = NOW.replace(minute=number)
        for staff in team["staff"]:
            session = signed_in(engine, as_person(staff), moment.replace(second=0 if staff is team["staff"][0] else 30))
            assert open_referral(engine, session, receipt.reference, NOW).content == WORDS
        with reading(engine) as session_of_store:
            kept = get_sealed(session_of_store, receipt.reference, [team["id"]])
        assert kept is not None
        assert open_sealed(kept.envelope, seed_of(team["recovery_kit"])) == WORDS


def test_the_team_of_either_side_has_one_member_of_each(path: Path) -> None:
    teams = told(path)
    east, west = (teams[f"suffolk-adults-{side}"]["staff"] for side in ("east", "west"))
    assert teams["suffolk-adults-either-side"]["staff"] == [east[0], west[0]]


def test_a_second_run_changes_nothing(engine: Engine, path: Path) -> None:
    before = path.read_bytes()
    with reading(engine) as session:
        head_before = head(session)
    assert prepare(engine, path) == []
    assert path.read_bytes() == before
    with reading(engine) as session:
        assert head(session) == head_before


def test_only_this_user_can_read_the_file(path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir() if each.suffix == ".new"] == []


def test_a_lost_file_is_said_plainly(engine: Engine, path: Path) -> None:
    path.unlink()
    with pytest.raises(DemoSpoilt, match="start again"):
        prepare(engine, path)


def test_a_file_from_an_earlier_database_is_replaced(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "demo.json"
    old = {"id": "gloucestershire-dsr", "area": "gloucestershire", "name": "Old", "staff": [], "recovery_kit": ""}
    path.write_text(json.dumps({"teams": [old], "areas": []}), encoding="utf-8")
    prepare(engine, path)
    assert len(told(path)["gloucestershire-dsr"]["staff"]) == 2
