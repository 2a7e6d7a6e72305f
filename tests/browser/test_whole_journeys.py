"""Whole journeys in a real browser: as people come to it, and to the team that collects them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from selenium.webdriver.common.keys import Keys

from portal.domain.answers import Answer
from tests.browser.staff_at_work import references, sign_in, written
from tests.browser.walking import at_the_last_button
from tests.journeys.browsing import ByKeyboard, InABrowser
from tests.journeys.person import Person
from tests.support.browsers import Browser
from tests.support.servers import RunningPortal

ZOE = "Zoë O'Brien-Smith & Sons <b>"
LONG = ("আমি ভালো নেই। لست بخير 🙂\n\n  Two  spaces & <i>this</i>.\n" * 90)[:3996] + "End."


def today() -> datetime:
    """Return the day in London: the server has the true clock."""
    return datetime.now(UTC).astimezone(ZoneInfo("Europe/London"))


def then_the_team_reads_it(browser: Browser, server: RunningPortal, team: str, person: Person) -> None:
    """Sign in, find it in the queue, open it, read each line, collect it; another team finds nothing."""
    browser.forget()
    browser.width(1280)
    sign_in(browser, server, team)
    assert person.reference in references(browser)
    browser.press(person.reference)
    assert not written(browser)
    browser.press("Open")
    lines = written(browser)
    for line in person.said():
        assert any(each == line or each.endswith(f": {line}") for each in lines), (line, lines)
    browser.press("Mark as collected")
    assert "Collected" in browser.words
    browser.press("Sign out")
    assert browser.find("h1").text == "Sign in"


def test_without_scripts_a_man_in_gloucester_asks_and_is_heard(browser: Browser, server: RunningPortal) -> None:
    browser.scripts(on=False)
    browser.open("/")
    browser.press("Start the form")
    browser.press("Start now")
    person = Person(InABrowser(browser), today().date()).given_name(ZOE).given_home("GL1 1AA", "Gloucester")
    person.given(happening={"happening": ["police"], "happening_words": LONG})
    person.way.answer({"safe": "yes"})
    person.when_they_answer().when_they_send().then_they_have_a_reference()
    assert not browser.find_all("[data-print]:not([hidden])"), "a button that needs a script shows without one"
    then_the_team_reads_it(browser, server, "gloucestershire-dsr", person)


def test_all_in_easy_read_by_keyboard_alone(browser: Browser, server: RunningPortal) -> None:
    way = ByKeyboard(browser, "easy-read/")
    browser.open("/en/easy-read/")
    way.skip_to_main()
    way.tab_until('main a.nhsuk-button[href$="/before-you-start"]')
    browser.leave_by(lambda: browser.type_keys(Keys.ENTER))
    way.skip_to_main()
    way.tab_until('main a.nhsuk-button[href$="/safe-now"]')
    browser.leave_by(lambda: browser.type_keys(Keys.ENTER))
    way.answer({"safe": "yes"})
    person = Person(way, today().date()).given_name(ZOE).given_home("CV6 1AA", "Nuneaton and Bedworth")
    person.given_a_helper("supporter")
    person.given(
        happening={"happening": ["hurt_myself", "police"], "happening_words": "Two\nlines"},
        in_hospital={"in_hospital": "just_left"},
    )
    person.when_they_answer().when_they_send().then_they_have_a_reference()
    person.then_they_were_shown("urgent-help-first").then_they_were_shown("help-in-hospital")
    then_the_team_reads_it(browser, server, "coventry-and-warwickshire-dsr", person)


@pytest.mark.parametrize("level", ["", "easy-read/"])
def test_an_error_takes_the_keyboard_to_its_field(browser: Browser, level: str) -> None:
    way = ByKeyboard(browser, level)
    way.open("who")
    way.answer({})
    assert browser.title.startswith("Error:")
    assert way.focus.get_dom_attribute("class") == "nhsuk-error-summary"
    browser.type_keys(Keys.TAB)
    assert way.focus.get_attribute("href").endswith("#who")
    browser.type_keys(Keys.ENTER)
    assert way.focus.get_attribute("name") == "who"
    assert way.focus.get_attribute("type") == "radio"
    way.sees_the_focus()


def test_an_error_has_the_focus_after_a_change_link_too(browser: Browser) -> None:
    person = at_the_last_button(browser)
    browser.leave_by(browser.find('a[href$="#full-name"]').click)
    person.way.answer({"full_name": ""})
    focus = browser.driver.switch_to.active_element
    assert focus.get_dom_attribute("class") == "nhsuk-error-summary"
    person.way.answer({"full_name": "Zoe Smith"})
    person.then_they_are_at("check-answers").then_they_read("Zoe Smith")


def test_on_the_narrowest_phone_a_woman_in_hackney_asks_and_is_heard(browser: Browser, server: RunningPortal) -> None:
    browser.width(320, 568)
    way = InABrowser(browser)
    person = Person(way, today().date()).given_name(ZOE).given_home("E8 1AA", "Hackney")
    person.when_they_begin()
    wide: list[str] = []
    answer = way.answer

    def answer_and_look(given: Answer) -> None:
        answer(given)
        if browser.overflows():
            wide.append(way.slug)

    way.answer = answer_and_look  # type: ignore[method-assign]  # looks over their shoulder
    person.when_they_answer()
    person.when_they_send()
    assert wide == []
    then_the_team_reads_it(browser, server, "north-east-london-dsr", person)


ELSEWHERE = {
    "south-east-london-dsr": ("SE5 8AF", "Lambeth", {}),
    "suffolk-adults-west": ("IP33 1AA", "West Suffolk", {"gp_north_east_essex": "no"}),
    "suffolk-adults-either-side": (
        "IP14 1AA",
        "Mid Suffolk",
        {"gp_north_east_essex": "no", "suffolk_side": "dont_know"},
    ),
}


@pytest.mark.whole
@pytest.mark.parametrize("team", ELSEWHERE)
def test_from_other_areas_too(browser: Browser, server: RunningPortal, team: str) -> None:
    postcode, council, local = ELSEWHERE[team]
    person = Person(InABrowser(browser), today().date()).given_name("عائشة আয়েশা 👩🏽‍🦽")
    person.given_home(postcode, council, **local).when_they_ask_to_join().then_they_have_a_reference()
    then_the_team_reads_it(browser, server, team, person)


def test_a_signposted_person_leaves_with_their_answers(browser: Browser) -> None:
    person = Person(InABrowser(browser), today().date()).given_home("IP1 1AA", "Ipswich", gp_north_east_essex="yes")
    person.when_they_begin().when_they_answer().then_they_are_at("another-place")
    person.then_they_read("Essex.DSR@essex.gov.uk").then_they_hold_their_answers().then_they_can_save_their_answers()
    browser.press("Clear my answers now")
    person.then_they_are_at("cleared")
    assert browser.driver.get_cookie("answers") is None
