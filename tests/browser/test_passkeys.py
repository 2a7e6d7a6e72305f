"""A passkey in a real browser: made on the account page, used at the next sign-in instead of a code."""

from collections.abc import Iterator

import pytest
from selenium.webdriver.common.virtual_authenticator import VirtualAuthenticatorOptions
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.staff_at_work import sign_in
from tests.browser.test_team_pages import check
from tests.support.browsers import PAGE_SECONDS, Browser
from tests.support.servers import RunningPortal

TEAM = "gloucestershire-dsr"


@pytest.fixture
def device(browser: Browser) -> Iterator[None]:
    """Give the browser an authenticator, as a laptop has."""
    options = VirtualAuthenticatorOptions(
        transport="internal", has_resident_key=True, has_user_verification=True, is_user_verified=True
    )
    browser.driver.add_virtual_authenticator(options)
    yield
    browser.driver.remove_virtual_authenticator()


def test_a_passkey_takes_the_place_of_the_code(browser: Browser, server: RunningPortal, device: None) -> None:
    sign_in(browser, server, TEAM, 1)
    who = server.team(TEAM)["staff"][1]
    browser.open("/staff/account/passkeys")
    browser.find("#name").send_keys("work laptop")
    browser.find("#current").send_keys(who["passphrase"])
    browser.press("Add a passkey")
    assert "work laptop" in browser.words, browser.words
    assert "Not used yet" in browser.words
    check(browser)
    browser.press("Sign out")
    check(browser)
    browser.find("#email").send_keys(who["email"])
    browser.find("#passphrase").send_keys(who["passphrase"])
    browser.press("Sign in with a passkey")
    assert browser.path == "/staff/", browser.words
    browser.open("/staff/account/passkeys")
    assert "Last used" in browser.words
    browser.press("Remove work laptop")
    assert "None yet" in browser.words


def test_without_a_passkey_the_page_says_what_to_do(browser: Browser, device: None) -> None:
    browser.open("/staff/sign-in")
    button = browser.find("[data-passkey-button]")
    button.click()
    told = browser.find("[data-passkey-told]")
    WebDriverWait(browser.driver, PAGE_SECONDS).until(lambda _: told.text)
    assert told.text == "Your passkey was not used. Try again, or type a code from your app."


def test_without_scripts_the_code_stays(browser: Browser) -> None:
    browser.scripts(on=False)
    browser.open("/staff/sign-in")
    assert browser.find("#code").is_displayed()
    assert not browser.find("[data-passkey-button]").is_displayed()
