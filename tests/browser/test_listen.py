"""Listen: an Easy Read page read aloud by a voice that a test stands in for, line by line."""

import json
from collections.abc import Iterator

import pytest
from selenium.webdriver.common.keys import Keys

from tests.support.browsers import Browser

HERE = {"name": "Here", "lang": "en-GB", "localService": True}
FAR = {"name": "Far away", "lang": "en-GB", "localService": False}
FRENCH = {"name": "Ici", "lang": "fr-FR", "localService": True}
STAND_IN = """
    window.said = [];
    window.cancelled = 0;
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    Object.defineProperty(window, "speechSynthesis", { value: {
        getVoices: () => %s,
        addEventListener: () => {},
        speak: (one) => said.push(one),
        cancel: () => { cancelled += 1; },
    } });
"""
SAID = "return said.map((one) => one.text)"
MARKED = "return [...document.querySelectorAll('.app-listen-now')].map((one) => one.innerText)"
TO_THE_END = """
    for (let at = 0; at < said.length; at += 1) said[at].onend();
    return said.map((one) => one.text);
"""
LISTEN = "[data-listen] button"
NO_HELP_ABOVE = ["999", "85258"]


class Listener:
    """Somebody who listens, with the browser and the voices of their device."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self._stand_in = ""

    def has(self, *voices: dict[str, object]) -> None:
        """Give the device these voices; pages opened from now on find them."""
        source = {"source": STAND_IN % json.dumps(voices)}
        answer = self.browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", source)
        self._stand_in = answer["identifier"]

    def forget(self) -> None:
        """Take the voices away again."""
        self.browser.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", {"identifier": self._stand_in})

    def run(self, script: str) -> list[str]:
        """Return what a script finds."""
        found: list[str] = self.browser.driver.execute_script(script)
        return found

    @property
    def offered(self) -> list[str]:
        """The buttons of Listen that can be seen, by their words."""
        return [button.text for button in self.browser.find_all(LISTEN) if button.is_displayed()]


@pytest.fixture
def listener(browser: Browser) -> Iterator[Listener]:
    someone = Listener(browser)
    someone.has(FRENCH, FAR, HERE)
    yield someone
    someone.forget()


def test_a_page_is_read_line_by_line_and_stops_when_asked(listener: Listener) -> None:
    browser = listener.browser
    browser.open("/en/easy-read/colours")
    assert listener.offered == ["Listen"]
    browser.tab_to(LISTEN)
    browser.type_keys(Keys.ENTER)
    assert listener.run(SAID) == ["The colours"]
    assert listener.run(MARKED) == ["The colours"]
    assert browser.driver.execute_script("return [said[0].voice.name, said[0].lang]") == ["Here", "en"]
    browser.driver.execute_script("said[0].onend()")
    second = listener.run(SAID)[1]
    assert listener.run(MARKED) == [second]
    assert listener.offered == ["Stop"]
    browser.type_keys(Keys.ESCAPE)
    assert listener.run(MARKED) == []
    assert listener.offered == ["Go on listening", "From the start"]
    browser.type_keys(Keys.ENTER)
    assert listener.run(SAID)[2] == second
    read = listener.run(TO_THE_END)
    assert listener.offered == ["Listen"]
    shown = browser.find("main").text
    assert len(read) > 40
    assert [line for line in read[3:] if line in shown and read[3:].count(line) > shown.count(line)] == []
    headings = {heading.text for heading in browser.find_all("main h2")}
    assert headings <= set(read)
    assert not any(number in line for line in read for number in NO_HELP_ABOVE)


def test_errors_and_choices_are_read_and_leaving_the_page_ends_it(listener: Listener) -> None:
    browser = listener.browser
    browser.open("/en/easy-read/apply/who")
    browser.press("Continue")
    browser.find(LISTEN).click()
    read = listener.run(TO_THE_END)
    errors = [link.text for link in browser.find_all(".nhsuk-error-summary li")]
    assert read[:3] == ["There is a problem", *errors, "Who is filling in this form?"]
    assert {choice.text for choice in browser.find_all(".app-choice-words")} <= set(read)
    assert all(read.count(error) == 1 for error in errors)
    browser.find(LISTEN).click()
    before = browser.driver.execute_script("return cancelled")
    browser.driver.execute_script("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert browser.driver.execute_script("return cancelled") == before + 1
    assert listener.run(MARKED) == []


def test_urgent_numbers_are_said_digit_by_digit_and_once(listener: Listener) -> None:
    browser = listener.browser
    browser.open("/en/easy-read/urgent-help")
    browser.find(LISTEN).click()
    read = listener.run(TO_THE_END)
    assert read.count("Call 9 9 9") == 1
    assert read.count("Call 1 1 1") == 1
    assert "Text 8 5 2 5 8" in read


def test_without_a_voice_of_this_device_there_is_no_button(browser: Browser) -> None:
    far = Listener(browser)
    far.has(FRENCH, FAR)
    browser.open("/en/easy-read/colours")
    far.forget()
    assert far.offered == []
    browser.open("/en/colours")
    assert browser.find_all("script[src*=listen]") == []
