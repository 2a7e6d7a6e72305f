"""With a place file: the form finds home and GP surgery, shows what it found, and lets people say no."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from flask import Flask

from portal.domain.answers import Answer
from portal.places.build.builder import build
from portal.places.place_file import FILE_NAME
from portal.settings import Settings
from tests.support.applicants import Applicant
from tests.support.official import BABERGH, LAMBETH, SOUTHWARK, TODAY, sample_files, write_directory
from tests.support.people import an_adult, helped
from tests.support.portals import strict_app

LEVELS = ["", "easy-read/"]
HIGHWOODS, ST_MARYS, CAMBERWELL = "F81001", "D83001", "G85001"


@pytest.fixture(scope="module")
def england(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Give a portal with a place file, built from small files with an ONS directory."""
    folder = tmp_path_factory.mktemp("england")
    instance = Path(shutil.copytree(demonstration, folder / "instance"))
    files = sample_files(folder)
    postcodes = [files.code_point, write_directory(folder / "ONSPD_NOV_2025_UK.csv")]
    build(postcodes, files.practices, files.sub_icbs, instance / FILE_NAME, today=TODAY, sample=True)
    with strict_app(Settings.from_env({"PORTAL_INSTANCE": str(instance), "PORTAL_DEMO": "1"})) as app:
        yield app


@pytest.fixture(params=LEVELS, ids=["standard", "easy"])
def person(england: Flask, request: pytest.FixtureRequest) -> Applicant:
    """Give somebody who is about to fill in the form, at each reading level."""
    return Applicant(england.test_client(), request.param)


@pytest.fixture
def reader(england: Flask) -> Applicant:
    """Give somebody who reads the standard words."""
    return Applicant(england.test_client())


def living(postcode: str, council: str, **more: Answer) -> Mapping[str, Answer]:
    """Return complete answers of an adult with this home."""
    home: dict[str, Answer] = {"postcode": {"postcode": postcode, "no_postcode": []}, "council": {"council": council}}
    return an_adult(**{**home, **more})


def asked(person: Applicant, postcode: str, *, helper: bool = False) -> str:
    """Return the question that follows a postcode."""
    answers = helped() if helper else an_adult()
    person.fill({key: answers[key] for key in ("who", "needs", "person_agrees") if key in answers})
    return person.answer("postcode", {"postcode": postcode})


def test_a_person_is_shown_the_council_that_was_found_and_says_yes(person: Applicant) -> None:
    assert "You live in Lambeth. Is that right?" in asked(person, " se1 7pb ")
    assert "Southwark" not in person.words
    assert "GP surgery" in person.answer("council", {"council": LAMBETH})


def test_a_person_can_say_no_and_choose_their_council(person: Applicant) -> None:
    asked(person, "SE1 7PB")
    assert "Which part of England" in person.answer("council", {"council": "none_of_these"})
    person.answer("area", {"area": "south-east-london"})
    assert person.question == "area_council"
    assert "GP surgery" in person.answer("area-council", {"area_council": SOUTHWARK})


def test_a_helper_is_asked_about_the_person(person: Applicant) -> None:
    assert "The person lives in Lambeth. Is that right?" in asked(person, "SE1 7PB", helper=True)


def test_neither_yes_nor_no_is_asked_again(reader: Applicant) -> None:
    asked(reader, "SE1 7PB")
    assert "Select yes if this is right" in reader.answer("council", {})


def test_an_ended_postcode_is_said_to_be_no_longer_used(reader: Applicant) -> None:
    words = asked(reader, "SE5 8AB")
    assert "You live in Southwark. Is that right?" in words
    assert "This postcode is no longer used." in words


def test_a_postcode_that_no_file_lists_is_said_to_be_unknown(reader: Applicant) -> None:
    words = asked(reader, "SE1 7ZZ")
    assert "You live in Lambeth. Is that right?" in words
    assert "We do not know this postcode." in words


def test_a_home_in_a_council_of_no_area_is_sent_on_after_a_yes(reader: Applicant) -> None:
    assert "You live in Hinckley and Bosworth. Is that right?" in asked(reader, "CV9 3QQ")
    reader.answer("council", {"council": "E07000132"})
    assert reader.slug == "another-place"


def at_the_surgery(person: Applicant, postcode: str, council: str) -> str:
    """Bring a person to the question about their GP surgery."""
    asked(person, postcode)
    return person.answer("council", {"council": council})


def test_surgeries_that_fit_are_listed_the_nearest_first(person: Applicant) -> None:
    at_the_surgery(person, "SE1 7PB", LAMBETH)
    words = person.answer("gp", {"gp": "london"})
    assert words.index("Lambeth Walk") < words.index("Camberwell Green")
    assert "Old Camberwell Surgery" not in words
    assert "My surgery is not in this list" in words


def test_a_surgery_is_found_in_spite_of_its_spelling_and_kept_by_its_name(person: Applicant) -> None:
    at_the_surgery(person, "SE5 8AF", SOUTHWARK)
    assert "Camberwell Green Surgery" in person.answer("gp", {"gp": "camberwel grean"})
    person.answer("gp", {"gp": "camberwel grean", "searched": "camberwel grean", "surgery": CAMBERWELL})
    assert person.question == "full_name"
    assert "Camberwell Green Surgery" in person.open("gp")
    assert "17 Camberwell Green" in person.html


def test_a_surgery_that_is_not_in_the_list_is_kept_as_it_was_typed(reader: Applicant) -> None:
    answers = living("SE5 8AF", SOUTHWARK)
    at_the_surgery(reader, "SE5 8AF", SOUTHWARK)
    reader.answer("gp", {"gp": "Camberwell Blue"})
    reader.answer("gp", {"gp": "Camberwell Blue", "searched": "Camberwell Blue", "surgery": "not_listed"})
    assert reader.question == "full_name"
    reader.fill({key: answer for key, answer in answers.items() if key != "gp"})
    assert "Camberwell Blue" in reader.words


def test_words_that_fit_nothing_are_kept_and_stop_nobody(reader: Applicant) -> None:
    at_the_surgery(reader, "SE5 8AF", SOUTHWARK)
    reader.answer("gp", {"gp": "Zzyzx"})
    assert reader.question == "full_name"


def test_going_on_without_choosing_says_what_to_do(reader: Applicant) -> None:
    at_the_surgery(reader, "SE5 8AF", SOUTHWARK)
    reader.answer("gp", {"gp": "camberwell"})
    words = reader.answer("gp", {"gp": "camberwell", "searched": "camberwell", "surgery": ""})
    assert "Select your GP surgery, or “My surgery is not in this list”" in words


def test_other_words_make_a_new_list(reader: Applicant) -> None:
    at_the_surgery(reader, "SE5 8AF", SOUTHWARK)
    reader.answer("gp", {"gp": "camberwell"})
    words = reader.answer("gp", {"gp": "lambeth walk", "searched": "camberwell", "surgery": CAMBERWELL})
    assert "Lambeth Walk Group Practice" in words


def test_a_closed_surgery_cannot_be_chosen(reader: Applicant) -> None:
    at_the_surgery(reader, "SE5 8AF", SOUTHWARK)
    reader.answer("gp", {"gp": "camberwell"})
    reader.answer("gp", {"gp": "camberwell", "searched": "camberwell", "surgery": "G85009"})
    assert reader.question == "gp"


def test_a_colchester_surgery_leads_a_suffolk_home_to_essex(reader: Applicant) -> None:
    at_the_surgery(reader, "CO10 1AA", BABERGH)
    reader.answer("gp", {"gp": "highwoods"})
    reader.answer("gp", {"gp": "highwoods", "searched": "highwoods", "surgery": HIGHWOODS})
    assert reader.slug == "another-place"
    assert "Essex.DSR@essex.gov.uk" in reader.words
    assert "because your GP surgery is in Colchester or Tendring" in reader.words


@pytest.mark.parametrize(("postcode", "side"), [("CO10 0AA", "east"), ("CO10 1AA", "west")])
def test_the_side_of_suffolk_is_proposed_and_the_person_confirms(reader: Applicant, postcode: str, side: str) -> None:
    answers = living(postcode, BABERGH, gp={"gp": "market road", "searched": "market road", "surgery": ST_MARYS})
    reader.fill(answers)
    assert reader.question == "suffolk_side"
    assert "We chose one from the postcode." in reader.words
    assert f'value="{side}" checked' in reader.html
    reader.answer("suffolk-side", {"suffolk_side": side})
    reader.fill(answers)
    assert (
        f"This goes to the Suffolk adults team, {side}, because you are 18 or over and live in Babergh" in reader.words
    )


def test_a_home_in_waveney_is_known_without_asking(reader: Applicant) -> None:
    at_the_surgery(reader, "IP18 6SH", "E07000244")
    reader.answer("gp", {"gp": "quay street", "searched": "quay street", "surgery": "D83002"})
    assert reader.slug == "another-place"
    assert "Norfolk" in reader.words


def test_before_sending_everyone_reads_where_it_goes_and_why(person: Applicant) -> None:
    person.fill(living("SE1 7PB", LAMBETH))
    assert person.slug == "check-answers"
    assert "because you live in Lambeth" in person.words


def test_a_helper_reads_why_of_the_person(person: Applicant) -> None:
    person.fill(helped(**{key: living("SE1 7PB", LAMBETH)[key] for key in ("postcode", "council")}))
    assert "because the person lives in Lambeth" in person.words


def test_the_script_stands_on_the_surgery_page_alone(person: Applicant) -> None:
    asked(person, "SE1 7PB")
    assert "surgeries." not in person.html
    person.answer("council", {"council": LAMBETH})
    assert person.html.count("<script") == (3 if person.level else 2)
    assert 'src="/static/surgeries.' in person.html


def test_while_typing_the_nearest_come_first_and_only_this_form_may_ask(reader: Applicant) -> None:
    at_the_surgery(reader, "SE1 7PB", LAMBETH)
    address = reader.address("surgeries")
    answer = reader.client.post(address, data={"gp": "londn", "csrf_token": reader.token()})
    assert [each["code"] for each in answer.get_json()] == ["G85002", CAMBERWELL]
    assert reader.client.post(address, data={"gp": "london"}).status_code == 400
    assert reader.client.get(f"{address}?gp=london").status_code == 404


def test_without_a_place_file_the_question_is_a_plain_box(applicant: Applicant) -> None:
    applicant.fill(
        {key: answer for key, answer in an_adult().items() if key in ("who", "needs", "postcode", "council")}
    )
    assert applicant.question == "gp"
    assert "surgeries." not in applicant.html
    applicant.answer("gp", {"gp": "Camberwell Health"})
    assert applicant.question == "full_name"
