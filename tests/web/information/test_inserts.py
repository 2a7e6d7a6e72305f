"""Each part of a page that shows an area's facts says the fact, and says what is not known, in both reading levels."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from portal.areas.area import Area, Areas
from portal.areas.residence import HomeGuide
from portal.areas.routing import Outcome
from portal.content.pages import INSERTS
from portal.domain.answers import Answer
from portal.domain.facts import Facts
from portal.form.choices import choices_of
from portal.form.question import Kind, Question
from portal.form.walk import walk
from portal.places.outward import Places
from portal.web.form.sending import SentView
from portal.web.form.summary import Row, Section
from portal.web.frame.urgent import cards_for
from portal.web.information.areas import add_area_views, council_names, told_words, ways_of_area
from tests.support.form import STEPS

STANDARD, EASY = "", "/easy-read"
COVENTRY, RUGBY, SOUTHWARK = "E08000026", "E07000220", "E09000028"
BY_AREA = sorted(name for name in INSERTS if name.endswith("-by-area"))
Show = Callable[..., str]
GP = "Your doctor or your social worker can contact the team for you."


def of_page(area: Area, app: Flask) -> dict[str, Any]:
    with app.test_request_context("/en/areas"):
        app.preprocess_request()
        return {"area": area, "crisis": cards_for(area.id)}


def test_every_insert_is_written() -> None:
    folder = Path(__file__).parents[3] / "portal" / "templates" / "inserts"
    written = {path.stem for path in folder.glob("*.html") if "to be written" not in path.read_text(encoding="utf-8")}
    assert written >= INSERTS


@pytest.mark.parametrize("level", [STANDARD, EASY])
@pytest.mark.parametrize("name", [*BY_AREA, "ways-to-apply", "areas-list"])
def test_every_area_is_there(show: Show, areas: Areas, name: str, level: str) -> None:
    words = show(name, level)
    assert [area.name for area in areas.all if area.name not in words] == []


@pytest.mark.parametrize("name", sorted({*BY_AREA, "ways-to-apply"}))
def test_standard_wording_names_page_and_date(show: Show, name: str) -> None:
    words = show(name)
    assert "Dynamic Support Register, NHS Suffolk and North East Essex, 7 June 2024" in words
    assert "Dynamic Support Register, NHS Gloucestershire, the page shows no date" in words


@pytest.mark.parametrize(
    ("name", "level", "says"),
    [
        ("promises-by-area", STANDARD, "They say they will contact you within 5 working days"),
        ("promises-by-area", STANDARD, "they say they will get back to you within 2 working days"),
        ("promises-by-area", STANDARD, "We do not know how soon the team will answer."),
        ("promises-by-area", EASY, "They say they will contact you in 5 working days."),
        ("promises-by-area", EASY, "We do not know how soon the team will answer."),
        ("keyworkers-by-area", STANDARD, "SELECT Keyworker"),
        ("keyworkers-by-area", STANDARD, "It is for people under 19."),
        ("keyworkers-by-area", STANDARD, "Gloucestershire’s page does not say who the keyworkers are."),
        (
            "keyworkers-by-area",
            STANDARD,
            "We do not know who the keyworkers are if you live in Colchester or Tendring.",
        ),
        ("keyworkers-by-area", EASY, "It is called Transforming Care Navigators."),
        ("keyworkers-by-area", EASY, "We do not know who the keyworkers are here."),
        ("hospital-by-area", STANDARD, "lda.pmoteam@selondonics.nhs.uk"),
        ("hospital-by-area", STANDARD, "Gloucestershire’s page does not say what to do when you are in hospital."),
        ("hospital-by-area", EASY, "lda.pmoteam@selondonics.nhs.uk"),
        ("hospital-by-area", EASY, "The area does not say what to do in hospital."),
        ("shared-with-by-area", STANDARD, "Coventry City Council, if you live in Coventry"),
        ("shared-with-by-area", STANDARD, "We do not know. The page does not say."),
        ("shared-with-by-area", EASY, "People who work in health and social care."),
        ("shared-with-by-area", EASY, "We do not know who they tell when they get your form."),
        ("consent-by-area", STANDARD, "North East London also needs its own consent form"),
        ("consent-by-area", EASY, "You also need to fill in their own form to say yes."),
        ("professionals-by-area", STANDARD, "Professionals can only refer through the South East London ICB"),
        ("professionals-by-area", STANDARD, "We do not know the route for professionals in Gloucestershire."),
        ("professionals-by-area", EASY, "We do not know the way for professionals here."),
        ("who-can-join-by-area", STANDARD, "a confirmed diagnosis of a learning disability, autism or both"),
        ("who-can-join-by-area", EASY, "You can be any age."),
        ("ways-to-apply", STANDARD, "01473 341100"),
        ("ways-to-apply", STANDARD, "ld&awest.duty@nsft.nhs.uk"),
        ("ways-to-apply", STANDARD, "We could not read the town and the postcode."),
        ("ways-to-apply", STANDARD, "Essex.DSR@essex.gov.uk"),
        ("ways-to-apply", STANDARD, "We do not have a phone number for this team."),
        ("ways-to-apply", EASY, "You can call 0208 176 5565."),
        ("ways-to-apply", EASY, "We do not have a phone number or an email for this team."),
        ("ways-to-apply", EASY, GP),
        ("areas-list", STANDARD, "Bexley, Bromley, Greenwich, Lambeth, Lewisham, Southwark"),
        ("areas-list", EASY, "This is for Bexley, Bromley, Greenwich, Lambeth, Lewisham and Southwark."),
        ("picture-credits", STANDARD, "OpenMoji"),
        ("picture-credits", EASY, "CC BY-SA 4.0"),
        ("accessibility-tested", STANDARD, "This statement was prepared on 20 November 2026."),
        ("accessibility-tested", EASY, "A program cannot find every problem."),
        ("accessibility-contact", STANDARD, "There is nobody to write to about a problem."),
        ("accessibility-contact", EASY, "This is a demonstration."),
        ("who-runs-this", STANDARD, "It is not a real NHS service, and no team works with it."),
        ("who-runs-this", EASY, "It is not a real NHS service."),
        ("journey-length", STANDARD, "There are 20 to 35 questions."),
        ("journey-length", EASY, "There are 20 to 35 questions."),
    ],
)
def test_facts_and_gaps_are_said(show: Show, name: str, level: str, says: str) -> None:
    assert says in show(name, level)


@pytest.mark.parametrize("level", [STANDARD, EASY])
def test_a_service_that_is_no_demonstration_says_who_must_be_named(show: Show, level: str) -> None:
    assert "must say here who it is" in show("who-runs-this", level, demo=False)
    assert "must give its contact details here" in show("accessibility-contact", level, demo=False)


def test_an_address_with_an_ampersand_still_works_as_a_link(show_html: Show) -> None:
    page = show_html("ways-to-apply")
    assert 'href="mailto:ld%26awest.duty@nsft.nhs.uk"' in page
    assert "ld&amp;awest.duty@nsft.nhs.uk</a>" in page


@pytest.mark.parametrize("level", [STANDARD, EASY])
def test_an_area_page_says_that_nobody_has_checked_it(show: Show, portal: Flask, areas: Areas, level: str) -> None:
    for area in areas.all:
        words = show("area-detail", level, **of_page(area, portal))
        assert "Nobody has checked this by phone yet." in words
        assert all(team.name in words for team in area.teams)


def test_an_area_in_easy_read_opens_one_part_at_a_time(show_html: Show, portal: Flask, areas: Areas) -> None:
    page = show_html("area-detail", EASY, **of_page(areas["south-east-london"], portal))
    before, _, rest = page.partition("<details")
    assert "Start the form" in before
    assert len(re.sub(r"<[^>]+>", "", before).split()) < 50
    headings = re.findall(r'<summary class="nhsuk-details__summary"><h2[^>]*>([^<]+)</h2>', "<details" + rest)
    assert {"Other ways to ask", "What happens next", "Urgent help", "Keyworkers", "The teams"} <= set(headings)


def test_an_area_page_tells_when_the_team_works_or_that_we_do_not_know(show: Show, portal: Flask, areas: Areas) -> None:
    coventry = show("area-detail", **of_page(areas["coventry-and-warwickshire"], portal))
    assert "The team works Monday to Friday 9am to 5pm. Closed on Saturday and Sunday." in coventry
    assert "since 1 July 2022" in coventry
    gloucestershire = show("area-detail", **of_page(areas["gloucestershire"], portal))
    assert "We do not know when the team works." in gloucestershire


def test_an_area_page_shows_local_urgent_help(show: Show, portal: Flask, areas: Areas) -> None:
    words = show("area-detail", **of_page(areas["south-east-london"], portal))
    assert "0800 330 8590" in words
    assert "999" in words


@pytest.mark.parametrize("level", [STANDARD, EASY])
def test_only_the_home_council_is_named_once_home_is_known(show: Show, areas: Areas, level: str) -> None:
    home = areas["coventry-and-warwickshire"]
    words = show("shared-with-home", level, home=home, council=home.council(RUGBY))
    assert "Warwickshire County Council" in words
    assert "Coventry City Council" not in words


@pytest.mark.parametrize("level", [STANDARD, EASY])
def test_without_a_home_we_say_that_we_do_not_know_who_is_told(show: Show, level: str) -> None:
    assert "We do not know who the team tells." in show("shared-with-home", level, home=None, council=None)


@pytest.mark.parametrize("level", [STANDARD, EASY])
def test_before_consent_shows_who_opens_it_and_the_areas_own_form(show: Show, areas: Areas, level: str) -> None:
    home = areas["north-east-london"]
    outcome = Outcome(kind="team", reason="because you live in Barking and Dagenham")
    words = show("before-consent", level, home=home, council=home.councils[0], team=home.teams[0], outcome=outcome)
    assert "North East London Dynamic Support Register team" in words
    assert "read it at night or at weekends." in words
    assert "own consent form" in words or "their own form to say yes" in words


@pytest.mark.parametrize("level", [STANDARD, EASY])
def test_a_dated_promise_and_a_missing_one(show: Show, areas: Areas, level: str) -> None:
    home = areas["coventry-and-warwickshire"]
    sent = SentView("AB3-7KM-X2Q", home.teams[0].name, date(2026, 11, 27))
    dated = show("what-happens-home", level, home=home, sent=sent)
    assert "They say they will contact you by Friday 27 November 2026." in dated
    home = areas["south-east-london"]
    undated = show("what-happens-home", level, home=home, sent=SentView("AB3-7KM-X2Q", home.teams[0].name, None))
    assert "We do not know how soon the team will answer." in undated
    assert "2 working days" in undated
    assert "0208 176 5565" in undated


@pytest.mark.parametrize("level", [STANDARD, EASY])
def test_the_sent_panel_shows_reference_and_team(show: Show, level: str) -> None:
    page = SimpleNamespace(title="Your form is sent")
    words = show("sent-panel", level, page=page, sent=SentView("AB3-7KM-X2Q", "East team", None))
    assert "AB3-7KM-X2Q" in words
    assert "Your form went to the East team." in words


@pytest.mark.parametrize("level", [STANDARD, EASY])
def test_whom_to_call_without_a_name(show: Show, areas: Areas, level: str) -> None:
    london = show("call-without-a-name", level, home=areas["south-east-london"])
    assert "0208 176 5565" in london
    without = show("call-without-a-name", level, home=areas["gloucestershire"])
    assert re.search(r"We do not have a (tele)?phone number for the team in Gloucestershire\.", without)
    assert "mental health option" in without


@pytest.mark.parametrize("level", [STANDARD, EASY])
def test_teams_that_are_not_ready_are_named_and_ready_ones_are_not(show: Show, areas: Areas, level: str) -> None:
    everyone = {team.id for team in areas.teams}
    assert show("not-ready-teams", level, ready=everyone) == ""
    words = show("not-ready-teams", level, ready=everyone - {"gloucestershire-dsr"})
    assert "Gloucestershire Dynamic Support Register team" in words
    assert "South East London" not in words


@pytest.mark.parametrize("level", [STANDARD, EASY])
def test_a_signpost_gives_contacts_and_next_steps(show: Show, areas: Areas, level: str) -> None:
    signpost = areas["suffolk-and-north-east-essex"].signpost("essex-dsr")
    outcome = Outcome(kind="signpost", signpost=signpost, reason="because you live in Colchester")
    words = show("signpost-detail", level, outcome=outcome)
    assert "Essex.DSR@essex.gov.uk" in words
    assert "Ask them how to join." in words


def test_easy_read_does_not_deny_an_address_that_it_has_just_shown(show: Show, areas: Areas) -> None:
    suffolk = areas["suffolk-and-north-east-essex"]
    words = show("ways-of-area", EASY, home=suffolk, team=suffolk.team("suffolk-under-18"))
    assert "Endeavour House" in words
    assert "We do not know the town and the postcode." in words
    assert "We do not have an address for letters" not in words


@pytest.mark.parametrize("level", [STANDARD, EASY])
def test_the_way_of_one_team_or_of_a_whole_area(show: Show, areas: Areas, level: str) -> None:
    suffolk = areas["suffolk-and-north-east-essex"]
    west = show("ways-of-area", level, home=suffolk, team=suffolk.team("suffolk-adults-west"))
    assert "01284 733188" in west
    assert "01473 341100" not in west
    assert "01473 341100" in show("ways-of-area", level, home=suffolk, team=None)
    assert "We do not know which team is yours." in show("ways-of-area", level, home=None, team=None)


@pytest.mark.parametrize("level", [STANDARD, EASY])
def test_professionals_read_about_their_area_or_about_all(show: Show, areas: Areas, level: str) -> None:
    one = show("professionals-of-area", level, professional_area=areas["gloucestershire"])
    assert "Information for professionals" in one
    assert "South East London" not in one
    assert "South East London" in show("professionals-of-area", level, professional_area=None)


def test_hospital_advice_of_home_or_the_way_to_all(show: Show, areas: Areas) -> None:
    assert "case manager" in show("hospital-by-home", home=areas["south-east-london"])
    assert "We do not know your area yet." in show("hospital-by-home", home=None)


def test_answers_in_hand_are_escaped_and_carry_no_change_links(show_html: Show) -> None:
    rows = [
        Row("What is your name?", ["Zoë <b> & Sons"], "/change", "name"),
        Row("What helps?", [], "/change", "helps"),
    ]
    page = show_html("answers-in-hand", answers_in_hand=[Section("You", rows)])
    assert "Zoë &lt;b&gt; &amp; Sons" in page
    assert "/change" not in page
    assert "Not answered" in page
    assert "/en/apply/my-answers" in page
    assert show_html("answers-in-hand", answers_in_hand=[]).strip() == ""


@pytest.mark.parametrize("level", [STANDARD, EASY])
def test_where_the_form_stops_the_answers_can_be_cleared_first(show_html: Show, level: str) -> None:
    page = show_html(
        "nothing-sent", level, answers_in_hand=[Section("You", [Row("Name?", ["Zoë"], "/change", "name")])]
    )
    assert f'action="/en{level}/apply/clear"' in page
    assert page.index("24 hours") < page.index("Clear my answers now")
    assert "clear" not in show_html("nothing-sent", level, answers_in_hand=[])


@pytest.mark.parametrize("level", [STANDARD, EASY])
def test_are_you_safe_has_three_answers_and_says_what_is_missing(show_html: Show, level: str) -> None:
    page = show_html("safe-now", level, page=SimpleNamespace(title="Are you safe?"), safe_error="Select yes or no")
    assert re.findall(r'name="safe" type="radio" value="(\w+)"', page) == ["yes", "no", "not_sure"]
    assert 'id="safe-error"' in page
    assert 'name="csrf_token"' in page


@pytest.mark.parametrize("level", [STANDARD, EASY])
def test_ways_on_are_links(show_html: Show, level: str) -> None:
    assert f'href="/en{level}/apply/safe-now"' in show_html("start-now", level, go_on_url="/on", here="")
    assert "Are they yours?" in show_html("start-now", level, go_on_url="/on", here="answers")
    assert "Was that you?" in show_html("start-now", level, go_on_url="/on", here="sent")
    assert 'href="/on"' in show_html("go-on", level, go_on_url="/on")
    assert f'href="/en{level}/apply/before-you-start"' in show_html("start-buttons", level)


def test_a_team_whose_ways_stand_under_other_teams_is_not_repeated(areas: Areas) -> None:
    names = [ways.team.id for ways in ways_of_area(areas["suffolk-and-north-east-essex"])]
    assert names == ["suffolk-under-18", "suffolk-adults-east", "suffolk-adults-west"]


def test_councils_are_listed_as_people_write_them(portal: Flask, areas: Areas) -> None:
    area = areas["south-east-london"]
    with portal.test_request_context("/en/areas"):
        portal.preprocess_request()
        assert council_names(area, {"E09000004", "E09000006", SOUTHWARK}) == "Bexley, Bromley or Southwark"
        coventry = areas["coventry-and-warwickshire"]
        assert "Coventry City Council" in told_words(coventry, coventry.shared_with, COVENTRY)


def test_a_sentence_without_easy_read_words_is_shown_as_it_stands(portal: Flask) -> None:
    app = Flask("portal")
    add_area_views(app, ["en"], str)
    with portal.test_request_context("/en/easy-read/areas"):
        portal.preprocess_request()
        (line,) = app.jinja_env.globals["easy_lines"]("Nobody wrote <this>.")
    assert (line.html, line.picture) == ("Nobody wrote &lt;this&gt;.", "read")


LONDONER: dict[str, Answer] = {
    "postcode": {"postcode": "SE5 8AF"},
    "council": {"council": SOUTHWARK},
    "date_of_birth": {"day": "1", "month": "2", "year": "1990"},
    "disability": {"disability": "autism"},
    "in_hospital": {"in_hospital": "no"},
}


def some_answer(question: Question, facts: Facts) -> Answer:
    """Answer with the first choice of each field where there is one, or with a word."""
    words = {Kind.PHONE: "07700 900123", Kind.EMAIL: "zoe@example.org", Kind.NHS_NUMBER: "999 000 0018"}
    answer: dict[str, str | list[str]] = {}
    for field in question.fields:
        first = [choice.value for choice in choices_of(field, facts)[:1]]
        if field.kind is Kind.CHOICES:
            answer[field.name] = first
        elif field.kind is Kind.CHOICE:
            answer[field.name] = "".join(first)
        else:
            answer[field.name] = words.get(field.kind, "something")
    return answer


@pytest.mark.parametrize("who", ["me", "parent_carer", "supporter"])
@pytest.mark.parametrize("born", ["1990", "2014"])
def test_20_to_35_questions_are_asked_and_about_10_can_be_skipped(areas: Areas, who: str, born: str) -> None:
    guide = HomeGuide(areas, Places.load(), lambda: {team.id for team in areas.teams})
    known = {**LONDONER, "who": {"who": who}, "date_of_birth": {"day": "1", "month": "2", "year": born}}
    answers: dict[str, Answer] = {}
    found = walk(STEPS, answers, date(2026, 11, 20), guide)
    while found.next is not None:
        assert found.next.key not in answers, found.next.key
        answers[found.next.key] = known.get(found.next.key) or some_answer(found.next, found.facts)
        found = walk(STEPS, answers, date(2026, 11, 20), guide)
    assert found.is_complete
    assert 20 <= len(found.answered) <= 35
    assert 8 <= sum(question.is_optional for question in found.answered) <= 13
