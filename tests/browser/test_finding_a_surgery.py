"""GP surgeries listed while somebody types, by keyboard and by touch; and listed after Continue, without a script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from portal.places.build.builder import build
from portal.places.place_file import FILE_NAME
from tests.browser.looking import Onlooker
from tests.browser.walking import at_the_last_button
from tests.support.browsers import Browser
from tests.support.official import SOUTHWARK, TODAY, Official
from tests.support.servers import RunningPortal

GREEN = "Camberwell Green Surgery, 17 Camberwell Green, London, SE5 8AF"


@pytest.fixture
def asked(browser: Browser, server: RunningPortal, sample: Official, tmp_path: Path) -> Iterator[Browser]:
    """Give somebody in Southwark who may open the question, on a portal with a place file until the test is over."""
    built, there = tmp_path / FILE_NAME, server.instance / FILE_NAME
    build(sample.code_point, sample.practices, sample.sub_icbs, built, today=TODAY, sample=True)
    built.replace(there)
    at_the_last_button(browser, council={"council": SOUTHWARK})
    yield browser
    there.unlink()


def type_and_wait(browser: Browser, words: str) -> list[WebElement]:
    """Type, and return the choices once they are listed."""
    box = browser.find("#gp")
    box.clear()
    box.send_keys(words)
    told = WebDriverWait(browser.driver, 10, poll_frequency=0.05)
    told.until(lambda _: browser.find("#gp").get_attribute("aria-expanded") == "true")
    return browser.find_all("#gp-suggestions [role=option]")


def told(browser: Browser) -> str:
    """Return what a screen reader is told."""
    return browser.find(".app-suggest [role=status]").text


def go_on(browser: Browser) -> None:
    browser.leave_by(browser.find(".app-buttons button").click)


def test_typing_lists_surgeries_and_the_keyboard_chooses(asked: Browser) -> None:
    asked.open("/en/apply/gp?change=1")
    options = type_and_wait(asked, "camberwel grean")
    assert [option.text for option in options] == [GREEN, "My surgery is not in this list"]
    assert told(asked) == "1 surgery fits. Choose it from the list."
    asked.type_keys(Keys.ARROW_DOWN)
    box = asked.find("#gp")
    assert box.get_attribute("aria-activedescendant") == options[0].get_attribute("id")
    assert options[0].get_attribute("aria-selected") == "true"
    onlooker = Onlooker(asked)
    onlooker.look("the surgeries while typing")
    onlooker.look_in_colours("the surgeries while typing")
    onlooker.then_nothing_stands_in_the_way()
    asked.type_keys(Keys.ESCAPE)
    assert (box.get_attribute("aria-expanded"), box.get_attribute("value")) == ("false", "camberwel grean")
    asked.type_keys(Keys.ARROW_DOWN)
    asked.type_keys(Keys.ENTER)
    assert (box.get_attribute("value"), told(asked)) == (GREEN, f"You chose {GREEN}.")
    go_on(asked)
    assert asked.path == "/en/apply/check-answers"
    assert GREEN in asked.words


def test_a_finger_chooses_and_what_is_not_listed_is_kept_as_typed(asked: Browser) -> None:
    asked.open("/en/easy-read/apply/gp?change=1")
    type_and_wait(asked, "London")[-1].click()
    assert asked.find("#gp").get_attribute("value") == "London"
    assert told(asked) == "We keep what you typed: London."
    type_and_wait(asked, "Lambeth Walk")[0].click()
    assert "Lambeth Walk Group Practice" in told(asked)
    type_and_wait(asked, "London Lane")[-1].click()
    go_on(asked)
    assert asked.path == "/en/easy-read/apply/check-answers"
    assert "London Lane" in asked.words


def test_without_a_script_the_list_stands_in_nobodys_way(asked: Browser) -> None:
    asked.scripts(on=False)
    asked.open("/en/apply/gp")
    assert not asked.find(".app-suggest").is_displayed()
    asked.find("#gp").send_keys("London")
    go_on(asked)
    assert "Lambeth Walk Group Practice" in asked.find("main").text
    asked.scripts(on=True)
    onlooker = Onlooker(asked)
    onlooker.look("the list of surgeries")
    go_on(asked)
    assert asked.title.startswith("Error:")
    onlooker.look("the list of surgeries with its error")
    onlooker.then_nothing_stands_in_the_way()
