"""Areas that begin and end: a merged board, a file with new rules, and what the official files answer of an area."""

from datetime import date
from pathlib import Path

import pytest

from portal.areas.area import Areas
from portal.areas.loading import BUILT_IN, load_areas
from portal.areas.routing import Codes, choose_team, known_answers
from tests.support.area_files import check
from tests.support.people import facts_of

LAST_DAY, FIRST_DAY = date(2027, 3, 31), date(2027, 4, 1)
STROUD, BRISTOL, LAMBETH, IPSWICH, EAST_SUFFOLK, BABERGH = (
    "E07000082",
    "E06000023",
    "E09000022",
    "E07000202",
    "E07000244",
    "E07000200",
)
TOP = """
id = "{id}"
name = "{name}"
{valid}

[sources.page]
title = "The board's page"
address = "https://example.org/dsr"
date = "1 April 2027"

[page]
kind = "web"
value = "https://example.org/dsr"
source = "page"

[professionals]
text = "We do not know of another way."
known = false
source = "page"

[hospital]
text = "Ask the ward staff."
known = false
source = "page"

[[teams]]
id = "{team}"
name = "The merged team"
ages = "any"
icb = {{ code = "QQQ", source = "page" }}
source = "page"

[[rules]]
name = "home"
team = "{team}"
why = "because you live in {{council}}"
why_helper = "because the person lives in {{council}}"
source = "page"
"""
COUNCIL = '\n[[councils]]\ncode = "{code}"\nname = "{name}"\nsource = "page"\n'


def area_file(area_id: str, team: str, valid: str = "", **councils: str) -> str:
    told = "".join(COUNCIL.format(code=code, name=name) for name, code in councils.items())
    return TOP.format(id=area_id, name=area_id.title(), valid=valid, team=team) + told


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """On 1 April 2027 Gloucestershire becomes part of a larger area; its team's id goes on."""
    ending = (BUILT_IN / "gloucestershire.toml").read_text(encoding="utf-8")
    (tmp_path / "gloucestershire.toml").write_text(f"valid_to = 2027-03-31\n{ending}", encoding="utf-8")
    beginning = area_file("severn", "gloucestershire-dsr", "valid_from = 2027-04-01", Stroud=STROUD, Bristol=BRISTOL)
    (tmp_path / "severn.toml").write_text(beginning, encoding="utf-8")
    return tmp_path


def sent_on(areas: Areas, day: date, council: str) -> tuple[str | None, str | None]:
    outcome = choose_team(
        areas.on(day), facts_of({"postcode": {"postcode": "GL5 1AA"}, "council": {"council": council}}, day)
    )
    return outcome.area_id, outcome.team_id


def test_a_referral_goes_by_the_day_it_is_sent(merged: Path) -> None:
    areas = load_areas(merged)
    assert sent_on(areas, LAST_DAY, STROUD) == ("gloucestershire", "gloucestershire-dsr")
    assert sent_on(areas, FIRST_DAY, STROUD) == ("severn", "gloucestershire-dsr")
    assert sent_on(areas, LAST_DAY, BRISTOL) == (None, None)
    assert sent_on(areas, FIRST_DAY, BRISTOL) == ("severn", "gloucestershire-dsr")


def test_only_the_areas_of_the_day_are_offered(merged: Path) -> None:
    areas = load_areas(merged)
    assert "severn" not in [area.id for area in areas.on(LAST_DAY).all]
    assert "gloucestershire" not in [area.id for area in areas.on(FIRST_DAY).all]


def test_staff_still_find_the_area_of_a_referral_from_before(merged: Path) -> None:
    areas = load_areas(merged).on(FIRST_DAY)
    assert areas["gloucestershire"].name == "Gloucestershire"
    assert areas.of_team("gloucestershire-dsr").id == "severn"
    assert areas.team("south-east-london-dsr").area_id == "south-east-london"
    assert [team.id for team in areas.teams].count("gloucestershire-dsr") == 1


def test_two_areas_may_not_claim_a_council_on_the_same_day(merged: Path) -> None:
    file = merged / "gloucestershire.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("2027-03-31", "2027-04-01"), encoding="utf-8")
    assert f"severn.toml: councils: “{STROUD}” is in gloucestershire.toml too" in check(merged)


def test_rules_that_change_on_a_day_stand_in_a_second_file_of_the_same_area(tmp_path: Path) -> None:
    first = area_file("severn", "old-team", "valid_to = 2027-03-31", Bristol=BRISTOL)
    second = area_file("severn", "new-team", "valid_from = 2027-04-01", Bristol=BRISTOL)
    (tmp_path / "severn.toml").write_text(first, encoding="utf-8")
    (tmp_path / "severn.2027-04-01.toml").write_text(second, encoding="utf-8")
    assert check(tmp_path) == []
    areas = load_areas(tmp_path)
    assert sent_on(areas, LAST_DAY, BRISTOL)[1] == "old-team"
    assert sent_on(areas, FIRST_DAY, BRISTOL)[1] == "new-team"
    assert {"old-team", "new-team"} <= {team.id for team in areas.teams}


def test_an_area_that_ends_before_it_begins_is_a_fault(tmp_path: Path) -> None:
    dates = "valid_from = 2027-04-01\nvalid_to = 2027-03-31"
    (tmp_path / "severn.toml").write_text(area_file("severn", "a-team", dates, Bristol=BRISTOL), encoding="utf-8")
    assert check(tmp_path) == ["severn.toml: valid_to: is before valid_from"]


def test_one_area_can_come_before_the_others() -> None:
    areas = load_areas().beginning_with("south-east-london")
    names = [area.name for area in areas.all[1:]]
    assert areas.all[0].id == "south-east-london"
    assert names == sorted(names)
    assert len(areas.all) == len(load_areas().all)


@pytest.mark.parametrize(
    ("council", "codes", "told", "confirmed"),
    [
        (LAMBETH, Codes(("72Q",), ("06T",)), {}, {}),
        (IPSWICH, Codes(("06L",), ()), {}, {}),
        (IPSWICH, Codes((), ("06T", "E07000071")), {"gp_north_east_essex": "yes"}, {"gp_north_east_essex": "yes"}),
        (IPSWICH, Codes((), ("06L",)), {"gp_north_east_essex": "no"}, {"gp_north_east_essex": "no"}),
        (EAST_SUFFOLK, Codes(("26A",), ()), {"waveney": "yes"}, {"waveney": "yes"}),
        (EAST_SUFFOLK, Codes(("06L",), ()), {"waveney": "no"}, {"waveney": "no"}),
        (EAST_SUFFOLK, Codes(), {}, {}),
        (BABERGH, Codes(("07K",), ()), {}, {"suffolk_side": "west"}),
        ("E08000035", Codes(("15F",), ()), {}, {}),
    ],
)
def test_the_official_files_answer_what_an_areas_file_lets_them(
    council: str, codes: Codes, told: dict[str, str], confirmed: dict[str, str]
) -> None:
    areas = load_areas()
    assert known_answers(areas, council, codes, confirmed=False) == told
    assert known_answers(areas, council, codes, confirmed=True) == confirmed


def test_a_code_or_an_answer_that_nobody_knows_is_a_fault(tmp_path: Path) -> None:
    question = (
        '\n[[questions]]\nkey = "docks"\nafter = "gp"\ncouncils = ["E06000023"]\nask = "Is it at the docks?"\n'
        'only_if = "Only if you live in Bristol."\nchoices = [{ value = "yes", label = "Yes" }]\n'
        'by_home = { X = "yes", 26A = "maybe" }\nsource = "page"\n'
    )
    (tmp_path / "severn.toml").write_text(area_file("severn", "a-team", Bristol=BRISTOL) + question, encoding="utf-8")
    faults = check(tmp_path)
    assert any("questions[1].by_home.X: is no sub-ICB location" in fault for fault in faults)
    assert any("questions[1].by_home.26A: “maybe” is not one of" in fault for fault in faults)
