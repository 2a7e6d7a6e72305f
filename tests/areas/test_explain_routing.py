"""Staff read how a team was found, step by step; the words say what the files told and what the form said."""

from pathlib import Path

import pytest

from portal.areas.explain_routing import steps_to_team
from portal.areas.loading import load_areas
from portal.areas.residence import HomeGuide
from portal.domain.answers import Answer, Answers
from portal.domain.facts import Facts
from portal.form.values import values_of
from portal.places.build.builder import build
from portal.places.outward import Places
from portal.places.place_file import PlaceFile
from tests.support.form import QUESTIONS
from tests.support.official import BABERGH, EAST_SUFFOLK, IPSWICH, LAMBETH, SOUTHWARK, TODAY, Official, write_directory
from tests.support.people import born


@pytest.fixture
def guide(sample: Official, tmp_path: Path) -> HomeGuide:
    """Knows the sample's postcodes and surgeries."""
    out = tmp_path / "places.sqlite"
    files = [sample.code_point, write_directory(tmp_path / "ONSPD_NOV_2025_UK.csv")]
    build(files, sample.practices, sample.sub_icbs, out, today=TODAY, sample=True)
    file = PlaceFile.load(out)
    return HomeGuide(load_areas(), Places.load(), frozenset, lambda: file)


def explained(guide: HomeGuide, answers: Answers) -> list[str]:
    facts = Facts(values_of(QUESTIONS, answers), TODAY, guide)
    return list(steps_to_team(guide.all_areas, facts, guide.evidence(facts), guide.outcome(facts)))


def steps(guide: HomeGuide, postcode: str, council: str, **more: Answer) -> list[str]:
    """Return the steps of an adult with this home."""
    home: dict[str, Answer] = {"postcode": {"postcode": postcode}, "council": {"council": council}}
    answers = {**home, "date_of_birth": born(30, on=TODAY), **more}
    return explained(guide, answers)


def test_postcode_council_age_and_rule(guide: HomeGuide) -> None:
    assert steps(guide, "SE1 7PB", LAMBETH) == [
        "Home postcode: SE1 7PB.",
        "Council: Lambeth. The official files place the postcode there, and the form says that this is right.",
        "Age on the day of sending, 21 November 2026: 18 and over.",
        "Rule “home” of South East London: because the person lives in Lambeth.",
    ]


def test_an_ended_postcode_and_one_that_no_file_lists(guide: HomeGuide) -> None:
    assert "The postcode is no longer used; it was there." in steps(guide, "SE5 8AB", SOUTHWARK)[1]
    assert "No official file lists this postcode; homes near it are there." in steps(guide, "SE1 7ZZ", LAMBETH)[1]


def test_somebody_who_said_no_to_what_was_found(guide: HomeGuide) -> None:
    chosen = {"area": {"area": "south-east-london"}, "area_council": {"area_council": SOUTHWARK}}
    assert steps(guide, "SE1 7PB", "none_of_these", **chosen)[1:3] == [
        "The official files say Lambeth. Whoever filled in the form said that this is not right.",
        "Council: Southwark, chosen by whoever filled in the form.",
    ]


def test_somebody_without_a_postcode(guide: HomeGuide) -> None:
    answers: dict[str, Answer] = {
        "postcode": {"postcode": "", "no_postcode": ["no_fixed_address"]},
        "area": {"area": "south-east-london"},
        "area_council": {"area_council": SOUTHWARK},
        "date_of_birth": born(30, on=TODAY),
    }
    assert explained(guide, answers)[:2] == [
        "No postcode: no fixed address.",
        "Council: Southwark, chosen by whoever filled in the form.",
    ]


def test_without_a_place_file_the_person_chose_the_council() -> None:
    plain = HomeGuide(load_areas(), Places.load(), frozenset)
    assert steps(plain, "SE5 8AF", SOUTHWARK)[1] == "Council: Southwark, chosen by whoever filled in the form."


def test_what_the_files_told_of_home_and_surgery_without_asking(guide: HomeGuide) -> None:
    told = steps(guide, "IP12 1AA", EAST_SUFFOLK, gp={"gp": "Orchard House Surgery", "surgery": "D83002"})
    assert (
        "Is the person’s GP surgery in Colchester or Tendring? No. "
        "The official files say so, from the postcode or the GP surgery."
    ) in told


def test_what_the_person_said_beside_what_the_files_say(guide: HomeGuide) -> None:
    side = "Does the person live in the east or the west of Suffolk?"
    no_gp: Answer = {"gp_north_east_essex": "no_gp"}
    said = {"gp_north_east_essex": no_gp, "suffolk_side": {"suffolk_side": "west"}}
    assert f"{side} The west of Suffolk. The form and the official files say so." in steps(
        guide, "CO10 1AA", BABERGH, **said
    )
    assert f"{side} The west of Suffolk. The form says so; the files differ." in steps(
        guide, "CO10 0AA", BABERGH, **said
    )
    assert "Is the person’s GP surgery in Colchester or Tendring? They do not have a GP. The form says so." in steps(
        guide, "IP1 1AA", IPSWICH, **said
    )
