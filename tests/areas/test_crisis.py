"""Urgent help: which lines, in which order, and are they open now?"""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from portal.areas.area import Areas, CrisisLine
from portal.areas.crisis import lines_for, local_lines
from portal.areas.hours import LONDON, Hours
from portal.areas.loading import load_areas

LAMBETH, GREENWICH, STROUD = "E09000022", "E09000011", "E07000082"


@pytest.fixture(scope="module")
def areas() -> Areas:
    return load_areas()


def line(areas: Areas, line_id: str) -> CrisisLine:
    every = areas.national.crisis_lines + tuple(line for area in areas.all for line in area.crisis_lines)
    return next(line for line in every if line.id == line_id)


def london(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=LONDON)


FRIDAY, SATURDAY, SUNDAY, CHRISTMAS = "2026-11-20", "2026-11-21", "2026-11-22", "2026-12-25"
SUMMER_FRIDAY = "2026-07-17"


@pytest.mark.parametrize(
    ("day", "clock", "bank_holiday", "is_open"),
    [
        (FRIDAY, "16:59:59", False, False),
        (FRIDAY, "17:00", False, True),
        (FRIDAY, "22:59:59", False, True),
        (FRIDAY, "23:00", False, False),
        (FRIDAY, "09:00", False, False),
        (SATURDAY, "08:59", False, False),
        (SATURDAY, "09:00", False, True),
        (SUNDAY, "22:59", False, True),
        (SUNDAY, "23:00", False, False),
        (CHRISTMAS, "09:00", False, False),
        (CHRISTMAS, "09:00", True, True),
        (CHRISTMAS, "23:00", True, False),
    ],
)
def test_the_childrens_line_at_its_edge_minutes(
    areas: Areas, day: str, clock: str, bank_holiday: bool, is_open: bool
) -> None:
    assert line(areas, "camhs-crisis-line").is_open(london(day, clock), bank_holiday) is is_open


def test_in_summer_the_hours_are_london_hours(areas: Areas) -> None:
    camhs = line(areas, "camhs-crisis-line")
    five_in_london = datetime.fromisoformat(f"{SUMMER_FRIDAY}T16:00").replace(tzinfo=UTC)
    assert camhs.is_open(five_in_london, bank_holiday=False) is True
    assert camhs.is_open(five_in_london - timedelta(seconds=1), bank_holiday=False) is False
    assert camhs.is_open(five_in_london.astimezone(timezone(timedelta(hours=9))), bank_holiday=False) is True


def test_the_day_is_the_day_in_london(areas: Areas) -> None:
    still_friday_in_utc = datetime.fromisoformat("2026-07-17T23:30").replace(tzinfo=UTC)
    assert line(areas, "camhs-crisis-line").is_open(still_friday_in_utc, bank_holiday=False) is False


@pytest.mark.parametrize("line_id", ["999", "nhs-111", "shout", "childline", "oxleas-crisis-line"])
def test_a_line_that_is_always_open(areas: Areas, line_id: str) -> None:
    assert line(areas, line_id).is_open(london(CHRISTMAS, "03:00"), bank_holiday=True) is True


@pytest.mark.parametrize("line_id", ["samaritans", "papyrus", "111-signvideo"])
def test_a_line_with_unknown_hours_is_neither_open_nor_closed(areas: Areas, line_id: str) -> None:
    assert line(areas, line_id).is_open(london(FRIDAY, "12:00"), bank_holiday=False) is None


def test_a_day_the_source_does_not_speak_of_is_not_known(areas: Areas) -> None:
    opening = areas["coventry-and-warwickshire"].opening
    assert opening is not None
    assert opening.hours.is_open(london(FRIDAY, "09:00"), bank_holiday=False) is True
    assert opening.hours.is_open(london(FRIDAY, "17:00"), bank_holiday=False) is False
    assert opening.hours.is_open(london(SATURDAY, "12:00"), bank_holiday=False) is False
    assert opening.hours.is_open(london(FRIDAY, "12:00"), bank_holiday=True) is None


def test_a_time_without_its_zone_is_refused() -> None:
    naive = london(FRIDAY, "12:00").replace(tzinfo=None)
    with pytest.raises(ValueError, match="with its zone"):
        Hours(always=True).is_open(naive, bank_holiday=False)


def test_national_lines_come_first_and_999_is_the_first_of_them(areas: Areas) -> None:
    lines = lines_for(areas, areas.national, "south-east-london", LAMBETH)
    ids = [line.id for line in lines]
    assert ids[0] == "999"
    assert ids[-2:] == ["camhs-crisis-line", "slam-crisis-support"]
    assert lines[: len(areas.national.crisis_lines)] == areas.national.crisis_lines


def test_without_an_area_only_national_lines_are_shown(areas: Areas) -> None:
    assert lines_for(areas) == areas.national.crisis_lines
    assert lines_for(areas, areas.national, None, None) == areas.national.crisis_lines


@pytest.mark.parametrize(
    ("area_id", "council", "expected"),
    [
        ("south-east-london", None, ["camhs-crisis-line", "oxleas-crisis-line", "slam-crisis-support"]),
        ("south-east-london", LAMBETH, ["camhs-crisis-line", "slam-crisis-support"]),
        ("south-east-london", GREENWICH, ["camhs-crisis-line", "oxleas-crisis-line"]),
        (None, GREENWICH, ["camhs-crisis-line", "oxleas-crisis-line"]),
        ("gloucestershire", STROUD, []),
        ("atlantis", None, []),
    ],
)
def test_local_lines_are_those_of_the_home(
    areas: Areas, area_id: str | None, council: str | None, expected: list[str]
) -> None:
    assert [line.id for line in local_lines(areas, area_id, council)] == expected


def test_the_short_list_has_calls_texts_and_sign_language(areas: Areas) -> None:
    short = [line for line in areas.national.crisis_lines if line.short]
    assert any(line.phone == "999" for line in short)
    assert any(line.phone == "111" and line.option for line in short)
    assert any(line.sms for line in short)
    assert any("BSL" in line.name and line.deaf for line in short)


def test_every_area_without_a_line_of_its_own_says_what_to_do(areas: Areas) -> None:
    for area in areas.all:
        assert area.crisis_lines or (area.crisis_note and "111" in area.crisis_note.text)
