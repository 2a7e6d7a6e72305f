"""The five areas that come with the portal: what their files say, and what they leave unsaid."""

from datetime import date

import pytest

from portal.areas.area import Areas
from portal.areas.loading import BUILT_IN, load_areas


@pytest.fixture(scope="module")
def areas() -> Areas:
    return load_areas()


def test_their_ids_are_the_promised_ones(areas: Areas) -> None:
    assert set(areas) == {
        "north-east-london",
        "suffolk-and-north-east-essex",
        "gloucestershire",
        "coventry-and-warwickshire",
        "south-east-london",
    }


def test_nothing_was_checked_by_a_person_yet() -> None:
    assert not any("checked_on" in path.read_text(encoding="utf-8") for path in BUILT_IN.glob("*.toml"))


@pytest.mark.parametrize(
    "uncertain",
    [
        "0800 169 0398",
        "08081 966798",
        "0808 196 3494",
        "0800 995 1000",
        "0808 115 1505",
        "07860",
        "07786",
        "88247",
        "IP1 2BX",
        "18000",
    ],
)
def test_what_is_uncertain_is_not_published(uncertain: str) -> None:
    pressed = uncertain.replace(" ", "")
    for path in BUILT_IN.glob("*.toml"):
        assert pressed not in path.read_text(encoding="utf-8").replace(" ", ""), path.name


def test_a_date_is_told_only_where_the_page_gives_one(areas: Areas) -> None:
    dates = {area.id: area.page.source_date for area in areas.all}
    assert dates.pop("suffolk-and-north-east-essex") == "7 June 2024"
    assert set(dates.values()) == {"date not shown"}


def test_promises_are_those_of_the_two_areas_that_make_one(areas: Areas) -> None:
    promised = {area.id: [(p.channel, p.working_days) for p in area.promises] for area in areas.all if area.promises}
    assert promised == {"coventry-and-warwickshire": [("referral", 5)], "south-east-london": [("voicemail", 2)]}


def test_suffolk_belongs_to_its_new_board_since_april_2026(areas: Areas) -> None:
    boards = {(team.icb.code, team.icb.since) for team in areas["suffolk-and-north-east-essex"].teams}
    assert boards == {("T6Y0W", date(2026, 4, 1))}


def test_an_address_with_an_ampersand_stays_as_it_is(areas: Areas) -> None:
    values = [contact.value for contact in areas.of_team("suffolk-adults-west").contacts_for("suffolk-adults-west")]
    assert values == ["ld&awest.duty@nsft.nhs.uk", "01284 733188"]


def test_the_team_of_both_sides_has_the_contacts_of_both(areas: Areas) -> None:
    area = areas["suffolk-and-north-east-essex"]
    both = set(area.contacts_for("suffolk-adults-east")) | set(area.contacts_for("suffolk-adults-west"))
    assert set(area.contacts_for("suffolk-adults-either-side")) == both


def test_city_and_hackney_is_two_councils(areas: Areas) -> None:
    named = [council.name for council in areas["north-east-london"].councils if "City and Hackney" in council.also]
    assert named == ["City of London", "Hackney"]
