"""Staff of a running portal in a real browser."""

import re
from datetime import UTC, datetime

from portal.accounts.totp import code_at, step_at
from tests.support.browsers import Browser
from tests.support.servers import RunningPortal

SECONDS_OF_A_STEP = 30
spent: dict[str, int] = {}
"""The last one-time code that each member used, as the number of its half minute: each works once."""


def fresh_code(totp_secret: str) -> str:
    """Return a one-time code that this member has not used yet in this run."""
    step = max(step_at(datetime.now(UTC)), spent.get(totp_secret, 0) + 1)
    spent[totp_secret] = step
    return code_at(totp_secret, datetime.fromtimestamp(step * SECONDS_OF_A_STEP, UTC))


def sign_in(browser: Browser, server: RunningPortal, team_id: str, member: int = 0) -> None:
    """Sign a member of this team in; the queue shows."""
    who = server.team(team_id)["staff"][member]
    browser.open("/staff/sign-in")
    for name, value in (
        ("email", who["email"]),
        ("passphrase", who["passphrase"]),
        ("code", fresh_code(who["totp_secret"])),
    ):
        browser.find(f'[name="{name}"]').send_keys(value)
    browser.press("Sign in")
    assert browser.find("h1").text == "Referrals", browser.words


def written(browser: Browser) -> list[str]:
    """Return the lines of the letter that is open, letter by letter."""
    return [str(line.get_property("textContent")) for line in browser.find_all("p.app-words")]


def references(browser: Browser) -> set[str]:
    """Return the references in the queue."""
    return set(re.findall(r"\b[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}\b", browser.find("main").text))
