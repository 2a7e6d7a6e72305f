"""A team that cannot receive: said before the first question, and where the form stops, answers in hand."""

import sqlite3
from collections.abc import Iterator

import pytest
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.looking import Onlooker
from tests.browser.walking import somebody
from tests.support.browsers import Browser
from tests.support.form import QUESTIONS
from tests.support.servers import RunningPortal

LOOKED_AT_ELSEWHERE = {question.key.replace("_", "-") for question in QUESTIONS} | {"safe-now"}
LOOKED_UP_EVERY = 5
"""Seconds for which each worker of the server remembers who is ready."""


@pytest.fixture
def gloucestershire_is_not_ready(server: RunningPortal, browser: Browser) -> Iterator[None]:
    """Take a team's readiness away until the test is over."""
    set_ready(server, None)
    browser.open("/en/apply/before-you-start")
    WebDriverWait(browser.driver, 4 * LOOKED_UP_EVERY).until(lambda _: everyone_says(browser, "Gloucestershire"))
    yield
    set_ready(server, "2026-01-01 00:00:00.000000")
    WebDriverWait(browser.driver, 4 * LOOKED_UP_EVERY).until(lambda _: not everyone_says(browser, "Gloucestershire"))


def set_ready(server: RunningPortal, moment: str | None) -> None:
    """Write since when the team is ready."""
    connection = sqlite3.connect(server.instance / "portal.db", isolation_level=None)
    connection.execute("UPDATE team SET ready_at = ? WHERE id = 'gloucestershire-dsr'", [moment])
    connection.close()


def everyone_says(browser: Browser, words: str) -> bool:
    """Look a few times, so that each worker of the server was asked."""
    pages = []
    for _ in range(6):
        browser.driver.refresh()
        pages.append(words in browser.find("main").text)
    return all(pages)


@pytest.mark.usefixtures("gloucestershire_is_not_ready")
def test_a_team_that_is_not_ready_is_said_first_and_nothing_is_lost(browser: Browser) -> None:
    for level in ("", "easy-read/"):
        onlooker = Onlooker(browser, looked_at=set(LOOKED_AT_ELSEWHERE))
        person = somebody(onlooker, level).given_home("GL1 1AA", "Gloucester")
        person.when_they_begin().when_they_answer().then_they_are_at("team-not-ready").then_they_hold_their_answers()
        person.then_they_can_save_their_answers()
        assert {"before-you-start", "team-not-ready"} <= onlooker.looked_at
        onlooker.then_nothing_stands_in_the_way()
