"""The page and the file with numbers: who gets them, and what is hidden in both."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.database.engine import writing
from portal.referrals.counts import count_one
from tests.support.office import AREA, TEAM, Office, an_office


@pytest.fixture
def office(database: None, tmp_path: Path) -> Iterator[Office]:
    """Give an office with numbers for November and few for December, in February."""
    with an_office(tmp_path) as office:
        with writing(office.engine) as session:
            for number in range(12):
                measures = ("received", "adult" if number < 7 else "under_18", "self" if number < 3 else "helper")
                count_one(session, "2026-11", TEAM, (*measures, "in_time") if number < 6 else measures)
            for _ in range(4):
                count_one(session, "2026-12", TEAM, ("received", "adult", "self"))
        office.clock.move_on(days=80)
        yield office


def test_the_page_shows_months_and_hides_what_is_small(office: Office) -> None:
    page = office.at_work("coordinator").open("/staff/numbers")
    assert "November 2026" in page
    assert "February 2027" not in page
    assert '<rect width="100" height="10"/>' in page
    assert page.count(">hidden</span>") == 2  # December and January have no bar
    assert "Team by team" not in page  # one team is the whole area


def test_the_file_says_the_same(office: Office) -> None:
    rows = list(csv.DictReader(office.at_work("auditor").open("/staff/numbers.csv").splitlines()))
    november = next(row for row in rows if (row["month"], row["team"]) == ("2026-11", TEAM))
    assert november == {
        "month": "2026-11",
        "area": AREA,
        "team": TEAM,
        "received": "12",
        "under_18": "5",
        "adult": "7",
        "self": "",
        "helper": "",
        "in_time": "6",
        "not_in_time": "6",
    }
    december = [row for row in rows if row["month"] == "2026-12"]
    assert {value for row in december for name, value in row.items() if name not in {"month", "area", "team"}} == {""}


def test_a_lead_sees_their_area_and_a_member_nothing(office: Office) -> None:
    assert "November 2026" in office.at_work("lead").open("/staff/numbers")
    assert "November 2026" not in office.at_work("member").open("/staff/numbers")
