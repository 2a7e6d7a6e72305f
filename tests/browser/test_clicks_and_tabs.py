"""A double click, two tabs, the back button: one referral, and nothing lost."""

import sqlite3

import pytest
from selenium.webdriver import ActionChains

from tests.browser.walking import at_the_last_button
from tests.journeys.person import REFERENCE, Person
from tests.support.browsers import Browser
from tests.support.servers import RunningPortal


@pytest.fixture
def person(browser: Browser) -> Person:
    """Give somebody who stands before the last button."""
    return at_the_last_button(browser).then_they_are_at("check-answers")


def referrals(server: RunningPortal) -> list[str]:
    """Return every reference in the database."""
    connection = sqlite3.connect(server.instance / "portal.db")
    found = [str(reference) for (reference,) in connection.execute("SELECT reference FROM referral")]
    connection.close()
    return found


def reference_shown(browser: Browser) -> str:
    """Return the reference that the page shows."""
    found = REFERENCE.search(browser.find("main").text)
    assert found, browser.words
    return found.group()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_double_click_on_send_is_one_referral(
    browser: Browser, server: RunningPortal, person: Person, scripts: bool
) -> None:
    before = referrals(server)
    browser.scripts(on=scripts)
    browser.open(browser.path)
    send = next(button for button in browser.find_all("main button") if button.text == "Send to the team")
    browser.leave_by(ActionChains(browser.driver).double_click(send).perform)
    person.way.open("sent")
    after = referrals(server)
    assert len(after) == len(before) + 1
    assert reference_shown(browser) in set(after) - set(before)


def test_sending_from_two_tabs_is_one_referral(browser: Browser, server: RunningPortal, person: Person) -> None:
    before = referrals(server)
    first = browser.driver.current_window_handle
    browser.driver.switch_to.new_window("tab")
    person.way.open("check-answers")
    person.way.send()
    reference = reference_shown(browser)
    browser.driver.close()
    browser.driver.switch_to.window(first)
    person.way.send()
    assert reference_shown(browser) == reference
    assert set(referrals(server)) - set(before) == {reference}


def test_two_tabs_keep_each_others_answers(browser: Browser, person: Person) -> None:
    first = browser.driver.current_window_handle
    person.way.open("helps")
    browser.driver.switch_to.new_window("tab")
    person.way.open("worse")
    person.way.answer({"worse": "Noise & crowds"})
    browser.driver.close()
    browser.driver.switch_to.window(first)
    person.way.answer({"helps": "My dog <Rex>"})
    person.when_they_go_to("check-answers").then_they_read("Noise & crowds", "My dog <Rex>")


def test_back_shows_what_was_typed_and_forward_goes_on(browser: Browser, person: Person) -> None:
    person.way.open("helps")
    person.way.answer({"helps": "My dog"})
    browser.leave_by(browser.driver.back)
    person.then_they_are_at("helps")
    assert browser.find("#helps").get_property("value") == "My dog"
    person.way.answer({"helps": "My cat"})
    person.when_they_go_to("check-answers").then_they_read("My cat")
    assert "My dog" not in person.way.words


def test_back_after_sending_shows_the_reference_and_no_answer(
    browser: Browser, server: RunningPortal, person: Person
) -> None:
    before = referrals(server)
    person.way.send()
    reference = reference_shown(browser)
    browser.leave_by(browser.driver.back)
    assert reference_shown(browser) == reference
    assert "Zoë" not in browser.words
    browser.driver.refresh()
    assert set(referrals(server)) - set(before) == {reference}


def test_back_to_a_question_after_sending_changes_nothing(browser: Browser, person: Person) -> None:
    person.way.send()
    reference = reference_shown(browser)
    person.way.open("full-name")
    assert reference_shown(browser) == reference
