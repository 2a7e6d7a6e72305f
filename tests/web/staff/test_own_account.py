"""The pages of one's own account."""

import html
import re
from collections.abc import Iterator

import pytest

from portal.accounts import totp
from tests.support.office import Office, an_office


@pytest.fixture(scope="module")
def office(database: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Give an office."""
    with an_office(tmp_path_factory.mktemp("office")) as office:
        yield office


def test_a_new_authenticator_is_taken_on_with_its_first_code(office: Office) -> None:
    member = office.at_work("member")
    secret = re.findall(r'name="secret" value="([A-Z2-7]{32})"', member.open("/staff/account/authenticator"))[0]
    code = totp.code_at(secret, office.clock())
    known = {"secret": secret, "current": member.known["passphrase"]}
    wrong = member.press("/staff/account/authenticator", **known, code="123456")
    assert "This is not the code in your new app" in wrong
    assert secret in wrong
    assert "Codes now come from your new app" in member.press("/staff/account/authenticator", **known, code=code)
    member.known["totp_secret"] = secret
    member.open("/staff/account")
    member.press("/staff/sign-out")
    assert "Referrals" in member.sign_in()


def test_the_passphrase_is_asked_again(office: Office) -> None:
    lead = office.at_work("lead")
    page = lead.open("/staff/account/passphrase")
    offered = html.unescape(re.findall(r'class="app-secret">([^<]+)<', page)[0])
    assert "This is not your passphrase" in lead.press("/staff/account/passphrase", current="x", passphrase=offered)
    assert lead.page.status_code == 400
    short = lead.press("/staff/account/passphrase", current=lead.known["passphrase"], passphrase="short")
    assert "16 letters or more" in short
    done = lead.press("/staff/account/passphrase", current=lead.known["passphrase"], passphrase=offered)
    assert "Your passphrase is changed" in done


def test_a_new_recovery_code_is_shown_once(office: Office) -> None:
    coordinator = office.at_work("coordinator")
    coordinator.open("/staff/account/recovery-code")
    page = coordinator.press("/staff/account/recovery-code", current=coordinator.known["passphrase"])
    assert len(re.findall(r'class="app-secret">([^<]+)<', page)[0].split()) == 8
    assert "app-secret" not in coordinator.open("/staff/account/recovery-code")


def test_signing_out_elsewhere(office: Office) -> None:
    here, there = office.at_work("auditor"), office.at_work("auditor")
    assert "Other places: 1." in here.open("/staff/account")
    assert "You are signed out everywhere else" in here.press("/staff/account/elsewhere")
    there.open("/staff/account")
    assert there.path == "/staff/sign-in"
    assert "Only here." in here.open("/staff/account")
