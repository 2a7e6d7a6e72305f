"""The sent page's codes: whose they are, the same when sent again, gone when cleared; and the page for the person."""

import re

import pytest
from flask import Flask

from portal.domain.answers import Answer
from tests.support.applicants import Applicant
from tests.support.people import an_adult, born, helped

CODE = re.compile(r'<ol class="app-code"[^>]*>(.*?)</ol>', re.DOTALL)
RESPONSIBLE = {"parental_responsibility": {"parental_responsibility": "yes"}}
NOT_SURE = {"parental_responsibility": {"parental_responsibility": "not_sure"}}
TALK: Answer = {"consent": "talk_to_me"}
VIEW = {"young_person_view": {"young_person_view": "wants"}}
A_PARENT = helped("parent_carer", date_of_birth=born(9), **RESPONSIBLE, **VIEW)
AN_AUNT = helped(date_of_birth=born(9), **NOT_SURE, **VIEW)


def codes(page: str) -> list[str]:
    """Return the codes that a page shows."""
    return [" ".join(re.findall(r"<li>([a-z]+)</li>", found)) for found in CODE.findall(page)]


def test_who_asks_for_themselves_sees_one_code_of_seven_words(applicant: Applicant) -> None:
    words = applicant.send(an_adult())
    (code,) = codes(applicant.html)
    assert len(code.split()) == 7
    assert "Your private code" in words
    assert "A page for the person" not in words


@pytest.mark.parametrize(
    ("answers", "headings"),
    [
        (helped(), ["The person’s own code", "Your code, as the helper"]),
        (A_PARENT, ["Your code, because you have parental responsibility", "A code for the child"]),
        (AN_AUNT, ["The code for the child, or for someone with parental responsibility", "Your code, as the helper"]),
    ],
)
@pytest.mark.parametrize("level", ["", "easy-read/"])
def test_after_a_helpers_journey_each_code_says_whose_it_is(
    applicant: Applicant, answers: dict[str, Answer], headings: list[str], level: str
) -> None:
    applicant.level = level
    words = applicant.send(answers)
    assert len(set(codes(applicant.html))) == 2
    assert [heading for heading in headings if heading not in words] == []


def test_a_second_send_and_a_second_look_show_the_same_codes(applicant: Applicant) -> None:
    applicant.fill(helped())
    token = applicant.token()
    applicant.answer("check-answers", {})
    first = codes(applicant.html)
    applicant.client.post(applicant.address("check-answers"), data={"csrf_token": token})
    applicant.open("sent")
    assert codes(applicant.html) == first


def test_cleared_from_this_device_they_are_gone(applicant: Applicant) -> None:
    applicant.send(helped())
    applicant.answer("clear", {})
    applicant.open("sent")
    assert codes(applicant.html) == []
    applicant.open("for-the-person")
    assert codes(applicant.html) == []


def test_another_browser_sees_none(app: Flask, applicant: Applicant) -> None:
    applicant.send(helped())
    other = Applicant(app.test_client())
    for slug in ("sent", "for-the-person"):
        other.open(slug)
        assert codes(other.html) == []


class TestThePageForThePerson:
    def test_says_what_was_sent_to_whom_and_how_to_say_no(self, applicant: Applicant) -> None:
        applicant.send(helped())
        own = codes(applicant.html)[0]
        assert "/en/easy-read/apply/for-the-person" in applicant.html
        applicant.level = "easy-read/"
        words = applicant.open("for-the-person")
        assert "South East London" in words
        assert "Where you live." in words
        assert "You can also say no on this website." in words
        assert codes(applicant.html) == [own]
        assert "Zoë" not in applicant.html
        assert "Sam Helper filled in a form about you." in words

    @pytest.mark.parametrize("level", ["", "easy-read/"])
    def test_leaves_the_full_code_with_whoever_has_parental_responsibility(
        self, applicant: Applicant, level: str
    ) -> None:
        applicant.send(A_PARENT)
        full, shared = codes(applicant.html)
        applicant.level = level
        applicant.open("for-the-person")
        assert codes(applicant.html) == [shared] != [full]

    def test_is_not_there_for_who_asked_for_themselves(self, applicant: Applicant) -> None:
        applicant.send(an_adult())
        applicant.open("for-the-person")
        assert applicant.slug == "sent"


class TestAfterSending:
    @pytest.mark.parametrize("level", ["", "easy-read/"])
    @pytest.mark.parametrize(
        ("answers", "says"),
        [
            (an_adult(consent=TALK), "You chose “Talk to me first”."),
            (helped(consent=TALK), "You chose “Talk to them first”."),
        ],
    )
    def test_talk_to_me_first_is_said_to_be_no_yes(
        self, applicant: Applicant, answers: dict[str, Answer], says: str, level: str
    ) -> None:
        applicant.level = level
        words = applicant.send(answers)
        assert says in words
        assert "not said yes" in words

    def test_a_yes_is_not_said_to_be_none(self, applicant: Applicant) -> None:
        assert "not said yes" not in applicant.send(an_adult())

    def test_local_urgent_help_is_that_of_the_council_and_the_age(self, applicant: Applicant) -> None:
        applicant.send(an_adult())
        assert "0800 731 2864" in applicant.html
        assert "0800 330 8590" not in applicant.html
        assert "0203 228 5980" not in applicant.html

    @pytest.mark.parametrize("level", ["", "easy-read/"])
    def test_where_no_way_to_the_team_is_known_none_is_promised(self, applicant: Applicant, level: str) -> None:
        applicant.level = level
        words = applicant.send(an_adult(postcode={"postcode": "GL1 1AA"}, council={"council": "E07000081"}))
        assert not [
            each for each in ("how to reach them", "always reach", "how to contact", "still talk to") if each in words
        ]
        assert "social worker" in words

    @pytest.mark.parametrize("level", ["", "easy-read/"])
    def test_says_on_which_page_the_code_is_used(self, applicant: Applicant, level: str) -> None:
        applicant.level = level
        assert f"localhost/en/{level}follow-up" in applicant.send(an_adult())

    def test_one_code_is_not_spoken_of_as_several(self, applicant: Applicant) -> None:
        words = applicant.send(an_adult())
        assert "Write the code down" in words
        assert "each code" not in words

    def test_each_source_is_named_once_beside_what_happens_next(self, applicant: Applicant) -> None:
        coventry = {"postcode": {"postcode": "CV6 1AA"}, "council": {"council": "E08000026"}}
        words = applicant.send(an_adult(**coventry))
        assert words.count("From Dynamic Support Register, Happy Healthy Lives") == 1

    @pytest.mark.parametrize(("level", "says"), [("", "needs its own consent form"), ("easy-read/", "their own form")])
    def test_a_form_that_the_area_needs_as_well_is_not_forgotten(
        self, applicant: Applicant, level: str, says: str
    ) -> None:
        applicant.level = level
        assert says in applicant.send(an_adult(postcode={"postcode": "E8 1AA"}, council={"council": "E09000012"}))
