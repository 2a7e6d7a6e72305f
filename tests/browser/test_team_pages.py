"""The team's own pages as a browser shows them: axe-core finds nothing, wide and narrow, on every one."""

from datetime import UTC, datetime

import pytest

from portal.accounts import totp
from portal.database.engine import make_engine, writing
from portal.teams.invite import invite_to_area, invite_to_team
from portal.teams.members import member_by_email
from tests.browser.staff_at_work import sign_in
from tests.support.browsers import Browser
from tests.support.servers import RunningPortal

TEAM, AREA = "gloucestershire-dsr", "gloucestershire"


def check(browser: Browser) -> None:
    """Run every rule of axe at both widths, and see that nothing is wider than the window."""
    for width in (320, 1280):
        browser.width(width)
        assert browser.axe() == [], browser.path
        assert browser.driver.execute_script("return document.documentElement.scrollWidth") <= width, browser.path


def what_prints(browser: Browser) -> str:
    """Return the words that the page puts on paper."""
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    words = browser.words
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    return words


def test_the_pages_of_a_lead(browser: Browser, server: RunningPortal) -> None:
    sign_in(browser, server, TEAM)
    for path in (
        "/staff/offers",
        "/staff/log",
        f"/staff/teams/{TEAM}",
        f"/staff/teams/{TEAM}/custody",
        "/staff/areas/gloucestershire",
    ):
        browser.open(path)
        check(browser)
    browser.open(f"/staff/teams/{TEAM}")
    browser.press("Make a link")
    assert browser.title.startswith("Error:")
    check(browser)
    browser.press("Make a new kit")
    assert len(browser.find_all(".app-kit li")) == 24
    check(browser)


def test_the_pages_of_somebody_new(browser: Browser, server: RunningPortal) -> None:
    engine, now = make_engine(f"sqlite:///{server.instance / 'portal.db'}"), datetime.now(UTC)
    with writing(engine) as session:
        invited = invite_to_team(session, TEAM, "new@nhs.net", "Nia New", "member", now=now, actor="system")
    engine.dispose()
    browser.open(f"/staff/invitation/{invited.token}")
    check(browser)
    browser.press("Start")
    check(browser)
    browser.press("Finish and sign in")
    assert browser.title.startswith("Error:")
    check(browser)
    passphrase, secret, code = [node.text for node in browser.find_all(".app-secret")]
    on_paper = what_prints(browser)
    assert code in on_paper
    assert passphrase not in on_paper, "one sheet of paper must not open everything"
    assert secret not in on_paper
    browser.find("#passphrase").send_keys(passphrase)
    browser.find("#code").send_keys(totp.code_at(secret.replace(" ", ""), datetime.now(UTC)))
    browser.driver.execute_script("arguments[0].click()", browser.find("#printed"))
    browser.press("Finish and sign in")
    assert browser.path == "/staff/"
    browser.open(f"/staff/teams/{TEAM}")
    assert "waits to be let in" in browser.words
    check(browser)


@pytest.mark.parametrize("path", ["/staff/forgotten", "/staff/invitation/none"])
def test_the_pages_before_signing_in(browser: Browser, path: str) -> None:
    browser.open(path)
    check(browser)


def test_the_page_of_a_coordinator(browser: Browser, server: RunningPortal) -> None:
    known = server.team(TEAM)["staff"][1]
    engine, now = make_engine(f"sqlite:///{server.instance / 'portal.db'}"), datetime.now(UTC)
    with writing(engine) as session:
        assert member_by_email(session, known["email"]) is not None
        invite_to_area(session, AREA, known["email"], known["name"], "coordinator", now=now, actor="system")
    engine.dispose()
    sign_in(browser, server, TEAM, 1)
    browser.open(f"/staff/areas/{AREA}")
    assert "You hold no key" in browser.words
    check(browser)
