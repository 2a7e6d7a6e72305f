"""A question, and another that follows from its answer, added in a copy of the portal as docs/development.md says."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.tree import ROOT

DECLARED = """
ANIMAL = Question(
    key="animal",
    section=SECTION,
    kind=Kind.YES_NO,
    ask=N_("Do you live with an animal?"),
    ask_helper=N_("Does the person live with an animal?"),
    missing=N_("Select yes if an animal lives there"),
)

ANIMAL_CARE = Question(
    key="animal_care",
    section=SECTION,
    kind=Kind.TEXT,
    ask=N_("Who else can look after the animal?"),
    required=False,
    asked_if=lambda facts: facts.text("animal") == "yes",
    only_if=N_("Only if an animal lives there."),
)

STEPS = (ANIMAL, ANIMAL_CARE, """
EASY_ANIMAL = """
ask = "Do you live with an animal?"
ask_helper = "Do they live with an animal?"
picture = "home"

[choices.animal.yes]
say = "Yes"
picture = "yes"

[choices.animal.no]
say = "No"
picture = "no"
"""
EASY_ANIMAL_CARE = """
ask = "Who else can look after the animal?"
picture = "family"

[[help]]
say = "You can skip this question."
picture = "skip"
"""
EASY_ERROR = """
[[errors]]
text = "Select yes if an animal lives there"
say = "Choose an answer about the animal."
"""
ASKED = """
import sys
from pathlib import Path
from portal.settings import Settings
from tests.support.applicants import Applicant
from tests.support.clocks import SetClock
from tests.support.people import an_adult
from tests.support.portals import strict_app

settings = Settings.from_env({"PORTAL_INSTANCE": sys.argv[1], "PORTAL_DEMO": "1"})
answers = {"animal": {"animal": "yes"}, "animal_care": {"animal_care": "My aunt Zoraida"}}
with strict_app(settings, SetClock()) as app:
    for level in ("", "easy-read/"):
        person = Applicant(app.test_client(), level)
        person.fill(an_adult())
        assert person.slug == "animal", person.slug
        words = person.answer("animal", {})
        assert ("Choose an answer about the animal." if level else "Select yes if an animal lives there") in words
        words = person.fill({**an_adult(), **answers})
        assert person.slug == "check-answers", person.slug
        assert "Do you live with an animal?" in words and "My aunt Zoraida" in words, words
        person.open("animal")
        words = person.answer("animal", {"animal": "no"})
        assert "Zoraida" not in person.open("check-answers")
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of the portal with the two questions, changed in no other file than the page in docs names."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "portal", tmp_path / "portal", ignore=ignored)
    for folder in ("static", "tests", "translations", "docs"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    questions, easy = tmp_path / "portal/form/questions/support.py", tmp_path / "portal/easyread/en"
    questions.write_text(questions.read_text("utf-8").replace("\nSTEPS = (", DECLARED), "utf-8")
    (easy / "apply/animal.toml").write_text(EASY_ANIMAL, "utf-8")
    (easy / "apply/animal_care.toml").write_text(EASY_ANIMAL_CARE, "utf-8")
    with (easy / "errors.toml").open("a", encoding="utf-8") as errors:
        errors.write(EASY_ERROR)
    return tmp_path


def run(copy: Path, *words: str) -> str:
    """Run Python on the copy; return what it prints."""
    environ = {"PYTHONPATH": str(copy), "PATH": "/usr/bin:/bin", "PYTHONWARNINGS": "error"}
    done = subprocess.run([sys.executable, *words], cwd=copy, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_its_words_are_whole(copy: Path) -> None:
    assert "0 to mend" in run(copy, "-m", "portal", "words", "check")


def test_it_is_told_with_the_others(copy: Path) -> None:
    told = run(copy, "-m", "portal", "journey", "--json")
    assert told.index('"animal"') < told.index('"animal_care"') < told.index('"supporters"')


def test_it_is_asked_checked_shown_and_dropped_when_it_stops_applying(copy: Path, instance: Path) -> None:
    run(copy, "-c", ASKED, str(instance))
