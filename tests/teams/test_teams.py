"""Which teams may receive."""

import pytest

from portal.database.engine import Engine, reading, writing
from portal.keys.new_version import make_epoch
from portal.teams.create_team import create_team
from portal.teams.declare_ready import declare_ready
from portal.teams.queries import get_team, readiness, ready_teams, sealing_keys
from portal.teams.tables import MemberRow
from tests.support.teams import AREA, NOW, a_kit, a_person, a_team


def ready(engine: Engine) -> set[str]:
    with reading(engine) as session:
        return ready_teams(session)


@pytest.mark.parametrize(("people", "expected"), [(1, set()), (2, {"team-a"}), (3, {"team-a"})])
def test_a_team_needs_two_members_who_hold_its_key(engine: Engine, people: int, expected: set[str]) -> None:
    a_team(engine, people=people)
    assert ready(engine) == expected


@pytest.mark.parametrize("proved", [True, False])
def test_a_kit_counts_once_it_has_opened_its_canary(engine: Engine, proved: bool) -> None:
    with writing(engine) as session:
        create_team(session, "team-a", AREA, "Team A", NOW)
        for number in range(2):
            a_person(session, f"{number}@a.example", "team-a")
        a_kit(session, "team-a", proved=proved)
        make_epoch(session, get_team(session, "team-a"), NOW)  # type: ignore[arg-type]  # it was created above
        found = declare_ready(session, "team-a", NOW)
    assert (found.has_kit, found.kit_is_proved, found.is_met) == (True, proved, proved)
    assert ready(engine) == ({"team-a"} if proved else set())


def test_a_team_without_a_key_is_not_ready(engine: Engine) -> None:
    with writing(engine) as session:
        create_team(session, "team-a", AREA, "Team A", NOW)
        a_kit(session, "team-a")
        assert not declare_ready(session, "team-a", NOW).is_met
    assert ready(engine) == set()


def test_a_live_team_that_falls_below_the_gate_goes_on_receiving(engine: Engine) -> None:
    team = a_team(engine)
    with writing(engine) as session:
        session.get_one(MemberRow, team.people[0].id).disabled_at = NOW
    with reading(engine) as session:
        assert not readiness(session, "team-a").is_met
    assert ready(engine) == {"team-a"}


def test_referrals_are_sealed_to_team_kit_and_area(engine: Engine) -> None:
    a_team(engine)
    with writing(engine) as session:
        a_kit(session, AREA, "area")
        a_kit(session, "another-area", "area")
        keys = sealing_keys(session, "team-a", AREA)
    assert [(key.kind, key.owner, key.number) for key in keys] == [
        ("team", "team-a", 1),
        ("recovery", "team-a", 1),
        ("area", AREA, 1),
    ]


def test_a_new_key_and_a_new_kit_take_the_place_of_the_old(engine: Engine) -> None:
    a_team(engine)
    with writing(engine) as session:
        a_kit(session, "team-a")
        make_epoch(session, get_team(session, "team-a"), NOW)  # type: ignore[arg-type]  # it was created above
        keys = sealing_keys(session, "team-a", AREA)
    assert sorted((key.kind, key.number) for key in keys) == [("recovery", 2), ("team", 2)]


def test_an_unproved_new_kit_leaves_the_old_one_in_use(engine: Engine) -> None:
    a_team(engine)
    with writing(engine) as session:
        a_kit(session, "team-a", proved=False)
        keys = sealing_keys(session, "team-a", AREA)
    assert ("recovery", 1) in {(key.kind, key.number) for key in keys}
