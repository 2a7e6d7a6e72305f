"""Mail, numbers and one's own account as a browser shows them: axe-core finds nothing, wide and narrow."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from portal.database.engine import make_engine, writing
from portal.domain.counting import month_of
from portal.referrals.counts import count_one
from portal.teams.tables import TeamRow
from tests.browser.staff_at_work import sign_in
from tests.browser.test_team_pages import TEAM, check
from tests.support.browsers import Browser
from tests.support.servers import RunningPortal

LONG_AGO = timedelta(days=100)


@pytest.fixture(scope="module")
def counted(server: RunningPortal) -> None:
    """Count seven referrals three months ago."""
    engine, then = make_engine(f"sqlite:///{server.instance / 'portal.db'}"), datetime.now(UTC) - LONG_AGO
    with writing(engine) as session:
        session.execute(update(TeamRow).where(TeamRow.id == TEAM).values(created_at=then))
        for _ in range(7):
            count_one(session, month_of(then.date()), TEAM, ("received", "adult", "self"))
    engine.dispose()


def test_the_pages_of_a_lead_s_office(browser: Browser, server: RunningPortal, counted: None) -> None:
    sign_in(browser, server, TEAM)
    for path in (
        "mail",
        "numbers",
        "account",
        "account/passphrase",
        "account/authenticator",
        "account/passkeys",
        "account/recovery-code",
    ):
        browser.open(f"/staff/{path}")
        check(browser)
    browser.press("Make a new code")
    assert browser.title.startswith("Error:")
    check(browser)
    browser.open("/staff/numbers")
    for colours in ("active", "none"):
        browser.prefer(forced_colors=colours)
        bar = browser.find(".app-chart__bar rect")
        words = browser.find("main p").value_of_css_property("color")
        assert bar.size["width"] > 100
        assert bar.value_of_css_property("fill") == words.replace("rgba", "rgb").replace(", 1)", ")")
