"""The staff's pages as a browser shows them: axe-core finds nothing, wide and narrow, and they work by keyboard."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from selenium.webdriver.common.keys import Keys

from portal.accounts import totp
from portal.database.engine import make_engine, writing
from portal.domain.counting import Counted
from portal.domain.follow_up import Holder, Holders
from portal.domain.submission import Submission
from portal.drafts.queries import put_draft
from portal.referrals.submit import submit_referral
from portal.sealing.drafts import lock, new_secret, row_id
from tests.support.browsers import Browser
from tests.support.servers import RunningPortal

TEAM, AREA = "gloucestershire-dsr", "gloucestershire"
STEP = timedelta(seconds=30)
WORDS = "Zoë O'Brien-Smith & Sons <b>\nমোহাম্মদ   محمد 🙂 " + "long" * 200
DOCUMENT = {
    "name": "Zoë O'Brien-Smith",
    "routing": {"reason": "because you live in Stroud", "register": None},
    "consent": {"pathway": "talk_first", "reason": "They asked to talk first.", "team_must": "Talk to the person."},
    "needs": ["Easy Read: short words with pictures", "British Sign Language (BSL)"],
    "sections": [
        {
            "key": "situation",
            "title": "What is happening",
            "items": [{"key": "happening", "question": "What is happening now?", "answers": [WORDS]}],
        }
    ],
}


@pytest.fixture
def reference(server: RunningPortal) -> str:
    """Give a referral that waits for the team."""
    engine = make_engine(f"sqlite:///{server.instance / 'portal.db'}")
    secret, now = new_secret(), datetime.now(UTC)
    with writing(engine) as session:
        put_draft(session, row_id(secret), lock(secret, b"{}", "draft"), now, now + timedelta(hours=1))
    receipt = submit_referral(
        engine,
        secret,
        Submission(
            team_id=TEAM,
            area_id=AREA,
            document=json.dumps(DOCUMENT).encode(),
            form_version=1,
            schema_hash="5f" * 32,
            due_on=now.date(),
            holders=Holders(Holder.YOU),
            counted=Counted(is_adult=True, is_helped=False),
        ),
        pepper=bytes(32),
        now=now,
    )
    engine.dispose()
    return receipt.reference


@pytest.fixture
def member(browser: Browser, server: RunningPortal) -> Browser:
    """Give the browser of somebody who has signed in, by keyboard alone, with a code that nobody used yet."""
    known = server.team(TEAM)["staff"][0]
    for moment in (datetime.now(UTC), datetime.now(UTC) + STEP):
        browser.open("/staff/sign-in")
        browser.tab_to("#email")
        browser.type_keys(known["email"], Keys.TAB, known["passphrase"], Keys.TAB)
        browser.type_keys(totp.code_at(known["totp_secret"], moment))
        browser.leave_by(lambda: browser.type_keys(Keys.ENTER))
        if browser.path == "/staff/":
            return browser
    raise AssertionError(f"not signed in: {browser.words}")


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_the_way_to_signing_in(browser: Browser, width: int) -> None:
    browser.width(width)
    browser.open("/staff/sign-in")
    assert browser.axe() == []
    browser.press("Sign in")
    assert browser.title.startswith("Error:")
    assert browser.driver.switch_to.active_element == browser.find(".nhsuk-error-summary")
    assert browser.axe() == []


def test_axe_finds_nothing_from_the_queue_to_the_letter(member: Browser, reference: str) -> None:
    member.open("/staff/")
    check_wide_and_narrow(member)
    member.press(reference)
    check_wide_and_narrow(member)
    member.press("Open")
    assert member.find("p.app-words[dir=auto]:last-of-type")
    assert WORDS in [node.get_attribute("textContent") for node in member.find_all(".app-words")]
    check_wide_and_narrow(member)
    copy = member.find(".app-copy")
    copy.click()
    assert copy.is_displayed()
    member.press("Take this referral")
    member.find("#note").send_keys("Rang, no answer")
    member.press("Add the note")
    member.press("Look for other referrals with this name")
    check_wide_and_narrow(member)
    member.find(".app-tick").click()
    member.press("Make a sealed bundle of what is ticked")
    check_wide_and_narrow(member)
    member.open(f"/staff/referrals/{reference}")
    member.press("Mark as collected")
    assert "Collected" in member.words
    member.press("Sign out")
    assert member.path == "/staff/sign-in"


def check_wide_and_narrow(browser: Browser) -> None:
    """Run every rule of axe at both widths, and see that nothing is wider than the window."""
    for width in (320, 1280):
        browser.width(width)
        assert browser.axe() == []
        assert browser.driver.execute_script("return document.documentElement.scrollWidth") <= width
