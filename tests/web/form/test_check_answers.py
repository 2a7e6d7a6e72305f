"""What stands on the page where answers are checked, and the way back from every page before it."""

import re

import pytest

from tests.support.applicants import Applicant
from tests.support.people import an_adult, born, helped

HEADING = re.compile(r"<h2[^>]*>([^<]+)</h2>")
PARENT = {
    "parental_responsibility": {"parental_responsibility": "yes"},
    "young_person_view": {"young_person_view": "wants"},
}


@pytest.mark.parametrize("level", ["", "easy-read/"])
def test_who_asks_for_themselves_is_not_called_the_person(applicant: Applicant, level: str) -> None:
    applicant.level = level
    applicant.fill(an_adult())
    assert "About you" in HEADING.findall(applicant.html)
    assert "the person" not in applicant.words.lower()


@pytest.mark.parametrize("level", ["", "easy-read/"])
def test_each_section_stands_there_once(applicant: Applicant, level: str) -> None:
    applicant.level = level
    applicant.fill(helped("parent_carer", date_of_birth=born(9), **PARENT))
    headings = HEADING.findall(applicant.html)
    assert headings.count("About the person") == 1
    assert len(headings) == len(set(headings))


def test_a_birth_date_has_its_month_in_words(applicant: Applicant) -> None:
    applicant.fill(an_adult(date_of_birth={"day": "03", "month": "5", "year": "1996"}))
    assert "3 May 1996" in applicant.words


@pytest.mark.parametrize(
    ("slug", "back"),
    [
        ("safe-now", "before-you-start"),
        ("urgent-now", "safe-now"),
        ("urgent-help-first", "happening"),
        ("help-in-hospital", "in-hospital"),
        ("check-answers", "consent"),
    ],
)
def test_every_page_has_its_way_back(applicant: Applicant, slug: str, back: str) -> None:
    applicant.fill(an_adult())
    applicant.open(slug)
    found = re.search(r'class="nhsuk-back-link" href="([^"]+)"', applicant.html)
    assert found, applicant.html
    assert found.group(1).endswith(f"/apply/{back}")
