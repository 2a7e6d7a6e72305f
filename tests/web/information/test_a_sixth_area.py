"""docs/add-an-area.md, followed with the very files that it shows: an area in a folder of one's own."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from portal.app import create_app
from portal.areas.loading import load_areas
from portal.cli import main
from portal.database.engine import make_engine
from portal.jobs.prepare_demo import prepare_demo
from portal.places.build.builder import build
from portal.places.place_file import FILE_NAME
from portal.settings import Settings, SettingsFault
from tests.journeys.staff import staff_of
from tests.support.applicants import Applicant
from tests.support.official import TODAY, sample_files
from tests.support.people import an_adult
from tests.support.portals import strict_app, words_of

DOC = Path(__file__).parents[3] / "docs" / "add-an-area.md"
FILES = ("middle-shire.toml", "easyread/en/areas/middle-shire.toml", "content/pages/professionals.toml")
QUESTION, EASY_QUESTION = "a question, in place of a rule", "easyread/en/apply/river_side.toml"
NOW = datetime(2026, 11, 20, 11, 5, tzinfo=UTC)
HINCKLEY = "E07000132"
CRISIS_LINE = "01632 960456"


def blocks() -> dict[str, str]:
    """Return the files that the document shows."""
    shown = re.findall(r"```toml\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    return dict(zip((*FILES, QUESTION, EASY_QUESTION), shown, strict=True))


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the document's files into a folder."""
    shown = blocks()
    return write(tmp_path_factory.mktemp("our-areas"), {name: shown[name] for name in FILES})


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the area with a question of its own: its file, and the question's Easy Read, and nothing else."""
    shown = blocks()
    rule = re.compile(r'\[\[rules\]\]\nname = "adults"\n.*?\n(?=\n\[\[)', re.DOTALL)
    words, count = rule.subn(lambda _found: shown[QUESTION], shown[FILES[0]])
    assert count == 1
    return write(tmp_path_factory.mktemp("asking"), {FILES[0]: words, EASY_QUESTION: shown[EASY_QUESTION]})


@pytest.fixture(scope="module")
def shire(own: Path, demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Give a deployment for that area alone, its teams at work, with a place file."""
    with deployed(own, demonstration, tmp_path_factory.mktemp("shire")) as app:
        yield app


@pytest.fixture(scope="module")
def river(asking: Path, demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Give a deployment for the area that asks a question of its own."""
    with deployed(asking, demonstration, tmp_path_factory.mktemp("river")) as app:
        yield app


@contextmanager
def deployed(own: Path, demonstration: Path, folder: Path) -> Iterator[Flask]:
    instance = Path(shutil.copytree(demonstration, folder / "instance"))
    files = sample_files(folder)
    build(files.code_point, files.practices, files.sub_icbs, instance / FILE_NAME, today=TODAY, sample=True)
    environ = {"PORTAL_INSTANCE": str(instance), "PORTAL_AREAS_DIR": str(own), "PORTAL_HOME_AREA": "middle-shire"}
    settings = Settings.from_env(environ)
    engine = make_engine(settings.database_url)
    prepare_demo(engine, load_areas(own), pepper=settings.pepper, out_path=instance / "demo.json", now=NOW)
    engine.dispose()
    with strict_app(settings, lambda: NOW) as app:
        yield app


def test_the_file_is_sound_and_the_check_names_what_has_no_easy_read_words(own: Path) -> None:
    told = CliRunner().invoke(main, ["areas", "check"], env={"PORTAL_AREAS_DIR": str(own)})
    assert told.exit_code == 0
    assert "The area files are sound." in told.stdout
    assert "no Easy Read words yet: We do not know what Middle Shire does" in told.stdout
    assert "route for professionals in Middle Shire" not in told.stdout


@pytest.mark.usefixtures("database")
def test_the_commands_of_the_document_print_what_it_says(own: Path, tmp_path: Path) -> None:
    environ = {"PORTAL_AREAS_DIR": str(own), "PORTAL_INSTANCE": str(tmp_path)}
    chosen = ["--answer", "area=middle-shire", "--answer", f"area_council={HINCKLEY}", "--born", "1990-02-03"]
    assert "team: middle-shire-adults" in CliRunner().invoke(main, ["route", *chosen], env=environ).stdout
    asked = CliRunner().invoke(main, ["route", "--postcode", "CV9 3QQ", "--born", "1990-02-03"], env=environ)
    assert asked.stdout.startswith("ask: council")
    created = ["team", "create", "middle-shire-adults", "--lead", "sam@example.org", "--name", "Sam Lead"]
    assert CliRunner().invoke(main, ["init"], env=environ).exit_code == 0
    assert "/staff/invitation/" in CliRunner().invoke(main, created, env=environ).stdout


def test_somebody_is_referred_to_it_and_its_staff_open_it_and_see_why(shire: Flask) -> None:
    person = Applicant(shire.test_client(), "easy-read/")
    home = {"postcode": {"postcode": "cv9 3qq"}, "council": {"council": HINCKLEY}}
    sent = person.send(an_adult(**home, full_name={"full_name": "Ruth Example"}))
    assert "Middle Shire adults team" in sent
    assert "They say they will contact you by Wednesday 25 November 2026." in sent
    found = re.search(r"[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}", sent)
    assert found
    demo = json.loads((shire.extensions["portal"].settings.instance / "demo.json").read_text(encoding="utf-8"))
    people = staff_of(demo, shire.test_client, lambda: NOW)
    staff = next(one for one in people if "middle-shire-adults" in one.teams)
    stranger = next(one for one in people if "middle-shire-children" in one.teams)
    staff.when_they_sign_in().then_it_waits_in_their_queue(found.group()).when_they_open(found.group())
    staff.then_they_read(
        "Ruth Example",
        "Home postcode: CV9 3QQ.",
        "Council: Hinckley and Bosworth. The official files place the postcode there",
        "Rule “adults” of Middle Shire: because the person is 18 or over and lives in Hinckley and Bosworth.",
    )
    stranger.when_they_sign_in().then_it_does_not_exist_for_them(found.group())


@pytest.mark.parametrize("level", ["", "easy-read/"])
@pytest.mark.parametrize("page", ["", "colours", "urgent-help", "apply/safe-now", "apply/who", "follow-up"])
def test_a_deployment_for_one_area_shows_its_lines_everywhere(shire: Flask, level: str, page: str) -> None:
    assert CRISIS_LINE in words_of(shire.test_client().get(f"/en/{level}{page}"))


def test_a_home_elsewhere_has_the_lines_of_its_own_area(shire: Flask) -> None:
    person = Applicant(shire.test_client())
    person.fill({key: answer for key, answer in an_adult().items() if key in ("who", "needs")})
    person.answer("postcode", {"postcode": "SE5 8AF"})
    assert CRISIS_LINE in person.html
    person.answer("council", {"council": "E09000028"})
    assert CRISIS_LINE not in person.html
    assert "0800 731 2864" in person.html


def test_it_comes_first_in_the_list_of_areas(shire: Flask) -> None:
    main = words_of(shire.test_client().get("/en/areas")).partition("<main")[2]
    assert 0 < main.index("Middle Shire") < main.index("Coventry and Warwickshire")


def test_its_own_words_stand_in_for_ours(shire: Flask) -> None:
    client = shire.test_client()
    assert "We do not know the way for professionals here." in words_of(client.get("/en/easy-read/areas/middle-shire"))
    assert "For professionals in Middle Shire</h1>" in words_of(client.get("/en/professionals"))


def test_a_home_area_that_nobody_knows_stops_the_start(instance: Path) -> None:
    environ = {"PORTAL_INSTANCE": str(instance), "PORTAL_HOME_AREA": "middle-shire"}
    with pytest.raises(SettingsFault, match="PORTAL_HOME_AREA must be one of: coventry-and-warwickshire"):
        create_app(Settings.from_env(environ))


def test_merged_areas_change_over_on_the_day(own: Path, tmp_path: Path) -> None:
    words = (own / FILES[0]).read_text(encoding="utf-8")
    ending, beginning = "valid_to = 2027-03-31\n" + words, words.replace("middle-shire-adults", "great-shire-adults")
    (tmp_path / "middle-shire.toml").write_text(ending, encoding="utf-8")
    newer = tmp_path / "middle-shire.2027-04-01.toml"
    newer.write_text("valid_from = 2027-04-01\n" + beginning, encoding="utf-8")
    chosen = ["--answer", "area=middle-shire", "--answer", f"area_council={HINCKLEY}", "--born", "1990-02-03"]
    for day, team in ((date(2027, 3, 31), "middle-shire-adults"), (date(2027, 4, 1), "great-shire-adults")):
        told = CliRunner().invoke(
            main, ["route", *chosen, "--on", day.isoformat()], env={"PORTAL_AREAS_DIR": str(tmp_path)}
        )
        assert f"team: {team} " in told.stdout


SIDES = {"north": "Middle Shire adults team", "south": "Middle Shire adults team, south"}


@pytest.mark.parametrize("level", ["", "easy-read/"])
@pytest.mark.parametrize(("side", "team"), SIDES.items())
def test_its_own_question_leads_to_the_right_one_of_two_teams(river: Flask, level: str, side: str, team: str) -> None:
    person = Applicant(river.test_client(), level)
    home = {"postcode": {"postcode": "cv9 3qq"}, "council": {"council": HINCKLEY}}
    asked = person.fill(an_adult(**home))
    assert person.question == "river_side"
    assert "Do you live north or south of the river?" in asked
    assert ("There is 1 team for each side." in asked) is bool(level), "Easy Read has its own words"
    assert ("Choose an answer" if level else "Select an answer") in person.answer("river-side", {})
    person.fill(an_adult(**home, river_side={"river_side": side}))
    assert person.slug == "check-answers"
    assert f"{side.capitalize()} of the river" in person.words
    assert re.search(rf"{team}( |\.)(?!south)", person.answer("check-answers", {}))


def test_it_is_sealed_in_words_and_its_staff_read_them(river: Flask) -> None:
    person = Applicant(river.test_client())
    home = {"postcode": {"postcode": "cv9 3qq"}, "council": {"council": HINCKLEY}}
    sent = person.send(an_adult(**home, river_side={"river_side": "south"}))
    found = re.search(r"[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}", sent)
    assert found
    demo = json.loads((river.extensions["portal"].settings.instance / "demo.json").read_text(encoding="utf-8"))
    staff = next(one for one in staff_of(demo, river.test_client, lambda: NOW) if "middle-shire-south" in one.teams)
    staff.when_they_sign_in().then_it_waits_in_their_queue(found.group()).when_they_open(found.group())
    staff.then_they_read(
        "Do you live north or south of the river?",
        "Does the person live north or south of the river? South of the river. The form says so.",
        "Rule “adults-south” of Middle Shire",
    )


def test_homes_elsewhere_are_not_asked_and_the_commands_know_it(river: Flask, asking: Path) -> None:
    environ = {"PORTAL_AREAS_DIR": str(asking)}
    told = CliRunner().invoke(main, ["areas", "check"], env=environ)
    assert (told.exit_code, "The area files are sound." in told.stdout) == (0, True)
    keys = [one["key"] for one in json.loads(CliRunner().invoke(main, ["journey", "--json"], env=environ).stdout)]
    assert keys[keys.index("river_side") - 1] == "under_26"
    person = Applicant(river.test_client())
    assert "Check your answers" in person.fill(an_adult(council={"council": "E09000028"}))


def test_a_question_without_its_easy_read_is_a_fault(asking: Path, tmp_path: Path) -> None:
    shutil.copy(asking / FILES[0], tmp_path)
    told = CliRunner().invoke(main, ["areas", "check"], env={"PORTAL_AREAS_DIR": str(tmp_path)})
    assert told.exit_code == 1
    assert (
        "easyread/en/apply/river_side.toml: file: fault: missing-question: the question has no Easy Read" in told.stdout
    )
