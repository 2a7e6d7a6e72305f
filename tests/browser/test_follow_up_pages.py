"""Coming back as a browser shows it: axe-core finds nothing, nothing runs off a narrow page, no script is needed."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest

from portal.database.engine import make_engine, writing
from portal.domain.counting import Counted
from portal.domain.follow_up import Holder, Holders
from portal.domain.submission import Submission
from portal.drafts.queries import put_draft
from portal.drafts.receipt import Receipt
from portal.referrals.submit import submit_referral
from portal.sealing.drafts import lock, new_secret, row_id
from portal.settings import Settings
from portal.web.form.state import DRAFT_COOKIE
from tests.browser.looking import SPACING, STYLE
from tests.support.browsers import Browser
from tests.support.servers import RunningPortal

TEAM, AREA = "south-east-london-dsr", "south-east-london"
SECTIONS = ("who", "home", "person", "helper", "situation", "support", "contact", "consent")
PLACES = ("where-it-stands", "message", "contact", "tell-me", "take-back")
WIDTHS = (320, 1280)
WIDEST = "for (const word of document.querySelectorAll('.app-code li')) word.textContent = 'mushroom'"
"""Of all words that a code may hold, the one that needs most room: whoever is given it must not scroll sideways."""


@pytest.fixture
def sent(server: RunningPortal, browser: Browser) -> Receipt:
    """Give what a helper has just sent from this browser."""
    settings = Settings.from_env({"PORTAL_INSTANCE": str(server.instance), "PORTAL_DEMO": "1"})
    engine = make_engine(settings.database_url)
    secret, now = new_secret(), datetime.now(UTC)
    with writing(engine) as session:
        put_draft(session, row_id(secret), lock(secret, b"{}", "draft"), now, now + timedelta(hours=1))
    receipt = submit_referral(
        engine,
        secret,
        Submission(
            team_id=TEAM,
            area_id=AREA,
            document=json.dumps({"note": "Zoë"}).encode(),
            form_version=1,
            schema_hash="5f" * 32,
            due_on=now.date(),
            holders=Holders(Holder.PERSON, Holder.HELPER),
            answered=SECTIONS,
            counted=Counted(is_adult=True, is_helped=False),
        ),
        pepper=settings.pepper,
        now=now,
    )
    engine.dispose()
    browser.open("/en/follow-up")
    value = base64.urlsafe_b64encode(secret).decode()
    browser.driver.add_cookie({"name": DRAFT_COOKIE, "value": value, "path": "/"})
    return receipt


def faults(browser: Browser, path: str) -> list[str]:
    """Return what is wrong with a page, wide and narrow."""
    browser.open(path)
    assert browser.path == path, f"{path} leads to {browser.path}"
    assert "went wrong" not in browser.words
    found = []
    for width in WIDTHS:
        browser.width(width)
        found += [f"{path} at {width}: {finding}" for finding in browser.axe()]
        if browser.overflows():
            found.append(f"{path} at {width}: must be scrolled sideways")
    return found


def enter(browser: Browser, receipt: Receipt, level: str, number: int = 0) -> None:
    """Type reference and code as they stand on the paper, and go on."""
    browser.open(f"/en/{level}follow-up")
    browser.find("#reference").send_keys(receipt.reference)
    browser.find("#code").send_keys(receipt.codes[number].words)
    browser.press("Continue")
    assert browser.path.endswith("where-it-stands")


@pytest.mark.parametrize("level", ["", "easy-read/"])
def test_the_sent_page_and_the_page_for_the_person_read_well(browser: Browser, sent: Receipt, level: str) -> None:
    pages = (f"/en/{level}apply/sent", f"/en/{level}apply/for-the-person")
    assert [fault for page in pages for fault in faults(browser, page)] == []
    assert "\n".join(sent.codes[0].words.split()) in browser.words
    assert "\n".join(sent.codes[1].words.split()) not in browser.words


@pytest.mark.parametrize("level", ["", "easy-read/"])
def test_a_code_of_the_widest_words_stays_on_a_narrow_page(browser: Browser, sent: Receipt, level: str) -> None:
    browser.width(320)
    for page in ("sent", "for-the-person"):
        browser.open(f"/en/{level}apply/{page}")
        browser.driver.execute_script(WIDEST)
        assert not browser.overflows(), page
        browser.driver.execute_script(STYLE, SPACING)
        assert not browser.overflows(), f"{page}, spaced"


@pytest.mark.parametrize("level", ["", "easy-read/"])
def test_every_page_of_the_follow_up_reads_well(browser: Browser, sent: Receipt, level: str) -> None:
    found = faults(browser, f"/en/{level}follow-up") + faults(browser, f"/en/{level}follow-up/without-the-code")
    enter(browser, sent, level)
    for place in PLACES:
        found += faults(browser, f"/en/{level}follow-up/{place}")
    browser.forget()
    enter(browser, sent, level, 1)
    found += faults(browser, f"/en/{level}follow-up/take-back")
    assert found == []


def test_consent_is_taken_back_without_scripts(browser: Browser, sent: Receipt) -> None:
    browser.scripts(on=False)
    enter(browser, sent, "easy-read/")
    browser.press("Say no now")
    browser.leave_by(browser.find("main form button[type=submit]").click)
    assert "Choose 1 answer" in browser.words
    browser.find("input[value=yes]").click()
    browser.leave_by(browser.find("main form button[type=submit]").click)
    assert "The answer changed to no. We told the team." in browser.words
