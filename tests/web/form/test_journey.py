"""The form over HTTP: what a person sees, and what is kept."""

import json
import re
from base64 import b64encode
from hashlib import sha512

import pytest
from flask import Flask

from portal.database.engine import reading
from portal.referrals.queries import count_referrals
from tests.support.applicants import Applicant
from tests.support.databases import draft_ids
from tests.support.form import QUESTIONS
from tests.support.people import an_adult, born, helped

ESSEX = an_adult(
    postcode={"postcode": "IP1 1AA"},
    council={"council": "E07000202"},
    gp_north_east_essex={"gp_north_east_essex": "yes"},
)


def kept(app: Flask) -> tuple[int, int]:
    """Return how many drafts or receipts, and how many referrals, lie in the database."""
    with reading(app.extensions["portal"].engine) as session:
        return len(draft_ids(session)), count_referrals(session)


def test_a_complete_form_is_sent_and_gets_a_reference(app: Flask, applicant: Applicant) -> None:
    words = applicant.send(an_adult())
    assert applicant.slug == "sent"
    assert re.search(r"[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}", words)
    assert "South East London" in words
    assert kept(app) == (1, 1)


def test_the_sent_page_keeps_no_answer(applicant: Applicant) -> None:
    words = applicant.send(an_adult())
    assert "Zoë" not in words
    assert "Zoë" not in applicant.open("check-answers")


def test_a_second_send_is_the_same_referral(app: Flask, applicant: Applicant) -> None:
    applicant.fill(an_adult())
    token = applicant.token()
    for _ in range(3):
        applicant.client.post(applicant.address("check-answers"), data={"csrf_token": token})
    assert kept(app) == (1, 1)


def test_check_answers_shows_every_answer_as_typed(applicant: Applicant) -> None:
    words = applicant.fill(an_adult())
    assert applicant.slug == "check-answers"
    for text in (
        "Zoë O'Brien-Smith & Sons <b>",
        "SE5 8AF",
        "Lambeth",
        "20 November 1996",
        "zoe@example.com",
        "I am autistic",
    ):
        assert text in words
    assert "Not answered" in words


def test_change_goes_to_the_field_and_comes_back_to_check(applicant: Applicant) -> None:
    applicant.fill(an_adult())
    assert "/en/apply/full-name?change=1#full-name" in applicant.html
    applicant.open("full-name?change=1")
    words = applicant.answer("full-name", {"full_name": "Zoe Smith"}, "?change=1")
    assert applicant.slug == "check-answers"
    assert "Zoe Smith" in words


def test_changing_how_to_be_contacted_asks_only_what_now_applies(applicant: Applicant) -> None:
    applicant.fill(an_adult())
    applicant.open("contact-way?change=1")
    applicant.answer("contact-way", {"contact_way": "phone"}, "?change=1")
    assert applicant.slug == "contact-phone"
    applicant.answer("contact-phone", {"contact_phone": "020 7946 0000"})
    words = applicant.answer("leave-message", {"leave_message": "no"})
    assert "zoe@example.com" not in words


def test_an_address_out_of_order_goes_to_the_first_question_without_an_answer(applicant: Applicant) -> None:
    applicant.open("consent")
    assert applicant.slug == "who"
    applicant.answer("who", {"who": "me"})
    applicant.open("check-answers")
    assert applicant.slug == "needs"


def test_the_back_link_goes_to_the_question_before(applicant: Applicant) -> None:
    applicant.answer("who", {"who": "me"})
    assert 'href="/en/apply/who"' in applicant.html


def test_a_year_is_written_as_a_year_and_a_count_as_a_number(applicant: Applicant) -> None:
    applicant.fill({name: answer for name, answer in an_adult().items() if name != "date_of_birth"})
    applicant.answer("date-of-birth", {"day": "1", "month": "2", "year": "07"})
    assert "The year must be a number from 1900 to 20" in applicant.words
    applicant.fill({name: answer for name, answer in an_adult().items() if name != "helps"})
    applicant.answer("helps", {"helps": "x" * 4001})
    assert "You have used 4,001" in applicant.words


@pytest.mark.parametrize(
    "question", [question for question in QUESTIONS if not question.is_optional], ids=lambda question: question.key
)
@pytest.mark.parametrize("level", ["", "easy-read/"])
def test_nothing_chosen_is_said_in_the_summary_beside_the_field_and_in_the_title(
    applicant: Applicant, question: object, level: str
) -> None:
    applicant.level = level
    key = question.key  # type: ignore[attr-defined]  # the parameter is a Question
    applicant.fill({name: answer for name, answer in REACHING.get(key, an_adult()).items() if name != key})
    assert applicant.question == key
    applicant.answer(applicant.slug, {})
    html = applicant.html
    assert applicant.page
    assert applicant.page.status_code == 422
    assert "<title>Error:" in html
    summary = re.search(r'error-summary__list">(.*?)</ul>', html, re.DOTALL)
    assert summary
    for target, text in re.findall(r'href="#([^"]+)">([^<]+)<', summary.group(1)):
        assert f'id="{target}"' in html
        assert html.count(text) >= 2


LETTER = an_adult(contact_way={"contact_way": "letter"})
CHILD = helped("parent_carer", date_of_birth=born(9), parental_responsibility={"parental_responsibility": "yes"})
REACHING = {
    "professional_area": an_adult(who={"who": "professional"}),
    "language": an_adult(needs={"needs": ["interpreter"], "needs_other": ""}),
    "area": an_adult(postcode={"no_postcode": ["dont_know"]}),
    "area_council": an_adult(postcode={"no_postcode": ["dont_know"]}, area={"area": "gloucestershire"}),
    "gp_north_east_essex": ESSEX,
    "waveney": an_adult(
        postcode={"postcode": "NR33 0AA"},
        council={"council": "E07000244"},
        gp_north_east_essex={"gp_north_east_essex": "no"},
    ),
    "age_band": an_adult(date_of_birth={"unknown": ["unknown"]}),
    "under_26": an_adult(date_of_birth={"unknown": ["unknown"]}, age_band={"age_band": "18_or_over"}),
    "suffolk_side": an_adult(
        postcode={"postcode": "CO10 0AA"},
        council={"council": "E07000200"},
        gp_north_east_essex={"gp_north_east_essex": "no"},
    ),
    "adult_knows": an_adult(date_of_birth=born(15)),
    "person_agrees": helped(),
    "parental_responsibility": CHILD,
    "young_person_view": CHILD,
    "legal_decision_maker": helped(person_agrees={"person_agrees": "may_not_be_able"}),
    "helper": helped(),
    "contact_phone": an_adult(contact_way={"contact_way": "phone"}),
    "leave_message": an_adult(contact_way={"contact_way": "text"}, contact_phone={"contact_phone": "07700 900 982"}),
    "contact_letter": LETTER,
    "contact_person": an_adult(contact_way={"contact_way": "someone_else"}),
    "contact_other": an_adult(contact_way={"contact_way": "another_way"}),
}


def test_what_was_typed_stays_beside_its_error(applicant: Applicant) -> None:
    applicant.fill(an_adult(contact_email=None))
    applicant.answer("contact-email", {"contact_email": 'zoe"at"<example>'})
    assert 'value="zoe&#34;at&#34;&lt;example&gt;"' in applicant.html
    assert "Enter an email address in the correct format" in applicant.words


def test_a_lost_token_loses_nothing_typed(applicant: Applicant) -> None:
    applicant.fill(an_adult(full_name=None))
    page = applicant.client.post(applicant.address("full-name"), data={"full_name": "Zoë", "csrf_token": "stale"})
    assert page.status_code == 400
    assert 'value="Zoë"' in page.get_data(as_text=True)
    assert "Select Continue again" in page.get_data(as_text=True)


def test_a_signpost_leaves_the_answers_in_hand_and_nothing_here(app: Flask, applicant: Applicant) -> None:
    words = applicant.fill(ESSEX)
    assert applicant.slug == "another-place"
    assert "Essex.DSR@essex.gov.uk" in words
    assert "IP1 1AA" in words
    assert "IP1 1AA" in applicant.open("my-answers")
    assert kept(app) == (0, 0)


def test_after_a_signpost_an_answer_can_still_be_changed(app: Flask, applicant: Applicant) -> None:
    applicant.fill(ESSEX)
    applicant.open("gp-north-east-essex")
    assert applicant.slug == "gp-north-east-essex"
    applicant.answer("gp-north-east-essex", {"gp_north_east_essex": "no"})
    assert applicant.slug == "full-name"
    assert kept(app) == (1, 0)


@pytest.mark.parametrize(("said", "slug"), [("no", "person-says-no"), ("not_asked", "not-asked-yet")])
def test_without_the_persons_yes_nothing_is_sent_or_kept(
    app: Flask, applicant: Applicant, said: str, slug: str
) -> None:
    words = applicant.fill(helped(person_agrees={"person_agrees": said}))
    assert applicant.slug == slug
    assert "without giving" in words or "name" in words
    assert kept(app) == (0, 0)


def test_no_at_the_end_erases_the_draft(app: Flask, applicant: Applicant) -> None:
    applicant.fill(an_adult(consent={"consent": "no"}))
    assert applicant.slug == "you-said-no"
    assert kept(app) == (0, 0)
    assert "Zoë" not in applicant.open("go-on")
    assert applicant.slug == "who"


def test_clear_my_answers_erases_the_draft(app: Flask, applicant: Applicant) -> None:
    applicant.fill(an_adult(consent=None))
    applicant.answer("clear", {})
    assert applicant.slug == "cleared"
    assert kept(app) == (0, 0)


def test_every_page_of_the_form_can_clear_the_answers(applicant: Applicant) -> None:
    applicant.fill(an_adult(consent=None))
    for slug in ("before-you-start", "safe-now", "who", "happening", "consent"):
        applicant.open(slug)
        assert 'action="/en/apply/clear"' in applicant.html, slug


def test_not_safe_shows_urgent_help_and_a_way_on_and_keeps_nothing(app: Flask, applicant: Applicant) -> None:
    applicant.open("safe-now")
    words = applicant.answer("safe-now", {"safe": "no"})
    assert applicant.slug == "urgent-now"
    assert "999" in words
    assert "/en/apply/go-on" in applicant.html
    assert kept(app) == (0, 0)


def test_danger_shows_urgent_help_next_and_then_goes_on(applicant: Applicant) -> None:
    applicant.fill(an_adult(happening=None))
    words = applicant.answer("happening", {"happening": ["hurt_myself"]})
    assert applicant.slug == "urgent-help-first"
    assert "111" in words
    applicant.open("go-on")
    assert applicant.slug == "in-hospital"


def test_in_hospital_shows_the_case_manager_of_south_east_london(applicant: Applicant) -> None:
    applicant.fill(an_adult(in_hospital=None))
    words = applicant.answer("in-hospital", {"in_hospital": "yes"})
    assert "lda.pmoteam@selondonics.nhs.uk" in words


def test_a_professional_is_shown_the_areas_route(app: Flask, applicant: Applicant) -> None:
    words = applicant.fill(
        {"who": {"who": "professional"}, "professional_area": {"professional_area": "gloucestershire"}}
    )
    assert applicant.slug == "for-professionals"
    assert "Gloucestershire" in words
    assert kept(app)[1] == 0


def test_neither_is_told_who_the_register_is_for(app: Flask, applicant: Applicant) -> None:
    applicant.fill(an_adult(disability={"disability": "neither"}))
    assert applicant.slug == "not-for-this"
    assert kept(app) == (0, 0)


def test_two_tabs_do_not_undo_each_other(applicant: Applicant) -> None:
    applicant.fill(an_adult())
    first, second = applicant.token(), applicant.token()
    applicant.client.post(applicant.address("helps"), data={"helps": "My dog", "csrf_token": first})
    applicant.client.post(applicant.address("worse"), data={"worse": "Noise", "csrf_token": second})
    words = applicant.open("check-answers")
    assert "My dog" in words
    assert "Noise" in words


def test_a_draft_that_is_gone_is_said_kindly(app: Flask, applicant: Applicant) -> None:
    applicant.fill(an_adult(consent=None))
    with app.extensions["portal"].engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM draft")
    applicant.open("consent")
    assert applicant.slug == "lost"


def test_skip_is_an_answer_to_what_is_optional(applicant: Applicant) -> None:
    applicant.fill(an_adult(helps=None))
    applicant.answer("helps", {"helps": "half a thought", "skip": "1"})
    assert applicant.slug == "worse"
    assert "half a thought" not in applicant.open("check-answers")


def test_the_switch_of_level_keeps_the_answers(applicant: Applicant) -> None:
    applicant.fill(an_adult(consent=None))
    applicant.level = "easy-read/"
    assert "Zoë O'Brien-Smith & Sons <b>" in applicant.send(an_adult()) or applicant.slug == "sent"


def test_local_urgent_help_shows_once_the_home_is_known(applicant: Applicant) -> None:
    applicant.open("who")
    assert "0800 731 2864" not in applicant.html
    applicant.fill(an_adult(full_name=None))
    assert "0800 731 2864" in applicant.html
    assert "0800 330 8590" not in applicant.html


def test_information_pages_set_no_cookie(applicant: Applicant) -> None:
    for path in ("/", "/en/", "/en/about", "/en/easy-read/colours", "/en/areas/gloucestershire", "/nothing-here"):
        page = applicant.client.get(path)
        assert "Set-Cookie" not in page.headers, path


def test_no_answer_stands_in_a_cookie_in_plain(applicant: Applicant) -> None:
    applicant.fill(ESSEX)
    cookies = json.dumps([cookie.value for cookie in applicant.client._cookies.values()])
    assert "IP1" not in cookies
    assert "E07000202" not in cookies


LONG = "I live on the fourth floor and the lift is broken. " * 78


def test_a_stop_reached_by_changing_an_answer_loses_nothing_typed(applicant: Applicant) -> None:
    applicant.fill(an_adult(happening={"happening": [], "happening_words": LONG.strip()}))
    applicant.open("postcode?change=1")
    applicant.answer("postcode", {"postcode": "LS1 1AA"}, "?change=1")
    applicant.answer("area", {"area": "elsewhere"})
    assert applicant.slug == "another-place"
    applicant.open("postcode")
    applicant.answer("postcode", {"postcode": "SE5 8AF"})
    applicant.open("go-on")
    assert "the lift is broken" in applicant.open("check-answers")


def test_answers_too_long_for_the_cookie_stay_in_the_draft(app: Flask, applicant: Applicant) -> None:
    # Text that does not pack well: what a form in a script of three bytes a letter comes to.
    words = "".join(b64encode(sha512(bytes([number])).digest()).decode() for number in range(45))
    applicant.fill(an_adult(happening={"happening": [], "happening_words": words}))
    applicant.open("disability?change=1")
    applicant.answer("disability", {"disability": "neither"}, "?change=1")
    assert applicant.slug == "not-for-this"
    assert "Zoë" in applicant.words
    assert kept(app) == (1, 0)


def test_the_persons_no_erases_what_a_helper_typed_about_them(app: Flask, applicant: Applicant) -> None:
    applicant.fill(helped(person_agrees={"person_agrees": "no"}))
    assert applicant.slug == "person-says-no"
    assert "Zoë" not in applicant.open("my-answers")
    assert kept(app) == (0, 0)


def test_a_second_person_on_the_device_is_asked_whose_answers_these_are(app: Flask, applicant: Applicant) -> None:
    applicant.fill(an_adult(consent=None))
    assert "Are they yours?" in applicant.open("before-you-start")
    applicant.answer("clear", {"again": "1"})
    assert applicant.slug == "safe-now"
    assert kept(app) == (0, 0)
    assert "Start now" in applicant.open("before-you-start")


def test_after_sending_another_form_can_be_started(app: Flask, applicant: Applicant) -> None:
    applicant.send(an_adult())
    assert "Was that you?" in applicant.open("before-you-start")
    applicant.answer("clear", {"again": "1"})
    applicant.send(an_adult())
    assert kept(app)[1] == 2


def test_a_yes_to_one_team_is_asked_again_for_another(applicant: Applicant) -> None:
    applicant.fill(an_adult())
    assert applicant.slug == "check-answers"
    applicant.open("postcode?change=1")
    applicant.answer("postcode", {"postcode": "GL1 1AA"}, "?change=1")
    applicant.answer("council", {"council": "E07000081"})
    applicant.open("go-on")
    assert applicant.slug == "consent"
    assert "Gloucestershire" in applicant.words


def test_a_helpers_yes_never_becomes_the_persons_own(applicant: Applicant) -> None:
    applicant.fill(helped())
    applicant.open("who?change=1")
    applicant.answer("who", {"who": "me"}, "?change=1")
    assert applicant.slug == "consent"
    assert "checked" not in applicant.html


def test_a_yes_is_asked_again_when_somebody_may_not_be_able_to_decide(applicant: Applicant) -> None:
    applicant.fill(helped(legal_decision_maker={"legal_decision_maker": "no"}))
    applicant.open("person-agrees?change=1")
    applicant.answer("person-agrees", {"person_agrees": "may_not_be_able"}, "?change=1")
    applicant.answer("legal-decision-maker", {"legal_decision_maker": "no"}, "?change=1")
    assert applicant.slug == "consent"
    assert "You are not saying yes for them" in applicant.words
