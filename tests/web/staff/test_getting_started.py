"""From an empty database to a team that receives, in the browser alone; then somebody leaves, and somebody forgets."""

import html
import re
from pathlib import Path

import pytest
from flask import Flask

from portal.accounts import totp
from portal.audit.queries import EVENTS, verify
from portal.database.engine import make_engine, reading, writing
from portal.database.schema import upgrade
from portal.sealing.keys import new_seed, public_key
from portal.sealing.kit import Canary, open_canary
from portal.settings import Settings, make_secrets
from portal.teams.create_team import create_team
from portal.teams.invite import invite_to_area, invite_to_team
from portal.teams.queries import ready_teams
from portal.web.staff.team.event_words import EVENT_WORDS
from tests.support.clocks import SetClock
from tests.support.staff_member import StaffMember, referral_for

TEAM, AREA = "gloucestershire-dsr", "gloucestershire"
SECRET = re.compile(r'class="app-secret">([^<]+)<')
WORD = re.compile(r"<li>([a-z]+)</li>")
PERSON = re.compile(r'name="person" value="([0-9a-f]{32})"')


@pytest.fixture
def settings(tmp_path: Path, database: None) -> Settings:
    """Give the settings of an instance with an empty database."""
    make_secrets(tmp_path)
    settings = Settings.from_env({"PORTAL_INSTANCE": str(tmp_path), "PORTAL_DEMO": "1"})
    upgrade(make_engine(settings.database_url))
    return settings


def somebody(app: Flask, clock: SetClock) -> StaffMember:
    return StaffMember(app.test_client(), {}, clock)


def secrets_on(page: str) -> list[str]:
    return [html.unescape(found) for found in SECRET.findall(page)]


def follow(app: Flask, clock: SetClock, link: str, email: str) -> StaffMember:
    """Set somebody up by their link, with the words that are offered; they are signed in then."""
    member = somebody(app, clock)
    path = "/staff" + link.split("/staff", 1)[1]
    assert "nothing to install" in member.open(path)
    member.press(path)
    passphrase, secret, _code = secrets_on(member.html)
    member.known = {"email": email, "passphrase": passphrase, "totp_secret": secret.replace(" ", "")}
    code = totp.code_at(member.known["totp_secret"], clock())
    member.press("/staff/set-up", passphrase=passphrase, code=code, printed="yes")
    assert member.path == "/staff/", member.html
    return member


def first_link(app: Flask, clock: SetClock) -> str:
    engine = app.extensions["portal"].engine
    with writing(engine) as session:
        create_team(session, TEAM, AREA, "The team", clock())
        invited = invite_to_team(session, TEAM, "lead@nhs.net", "Lea Lead", "lead", now=clock(), actor="system")
    return f"/staff/invitation/{invited.token}"


def ready(app: Flask) -> bool:
    with reading(app.extensions["portal"].engine) as session:
        verify(session)
        return TEAM in ready_teams(session)


@pytest.fixture
def lead(app: Flask, clock: SetClock) -> StaffMember:
    """Give a lead who has set themselves up."""
    return follow(app, clock, first_link(app, clock), "lead@nhs.net")


def prove_a_kit(member: StaffMember) -> str:
    member.open(f"/staff/teams/{TEAM}")
    words = " ".join(WORD.findall(member.press(f"/staff/teams/{TEAM}/kit/make")))
    member.open(f"/staff/teams/{TEAM}")
    member.press(f"/staff/teams/{TEAM}/kit/prove", words=words)
    assert member.path == f"/staff/teams/{TEAM}"
    return words


def invite(app: Flask, clock: SetClock, lead: StaffMember, name: str) -> StaffMember:
    """Invite a colleague, have them set themselves up, and let them in."""
    lead.open(f"/staff/teams/{TEAM}")
    email = f"{name}@nhs.net"
    (link,) = secrets_on(lead.press(f"/staff/teams/{TEAM}/invite", name=name, email=email, role="member"))
    colleague = follow(app, clock, link, email)
    lead.open(f"/staff/teams/{TEAM}")
    lead.press(f"/staff/teams/{TEAM}/let-in", person=person_called(lead.html, name))
    return colleague


def person_called(page: str, name: str) -> str:
    """Return the id of somebody on the team's page."""
    part = page.split(f">{name}</h3>", 1)[1]
    found = PERSON.search(part)
    assert found
    return found[1]


def test_a_team_becomes_ready_step_by_step(app: Flask, clock: SetClock, lead: StaffMember) -> None:
    page = lead.open(f"/staff/teams/{TEAM}")
    assert "What is missing until the team can receive referrals" in page
    assert "Referrals arrive and stay sealed" not in page
    prove_a_kit(lead)
    assert not ready(app)
    colleague = invite(app, clock, lead, "Carl")
    assert ready(app)
    assert "This team receives referrals." in lead.open(f"/staff/teams/{TEAM}")
    reference = referral_for(app, TEAM, b'{"form": 9}')
    for member in (lead, colleague):
        member.open(f"/staff/referrals/{reference}")
        member.press(f"/staff/referrals/{reference}/open")
        assert "form" in member.html
        assert "does not open" not in member.html


def test_a_team_of_one_is_ready_beside_the_areas_kit(app: Flask, clock: SetClock, lead: StaffMember) -> None:
    with writing(app.extensions["portal"].engine) as session:
        invited = invite_to_area(session, AREA, "co@nhs.net", "Cora", "coordinator", now=clock(), actor="system")
    member = somebody(app, clock)
    member.open(f"/staff/invitation/{invited.token}")
    member.press(f"/staff/invitation/{invited.token}")
    passphrase, secret, _code = secrets_on(member.html)
    code = totp.code_at(secret.replace(" ", ""), clock())
    member.press("/staff/set-up", passphrase=passphrase, code=code, printed="yes")
    assert member.path == f"/staff/areas/{AREA}"
    words = " ".join(WORD.findall(member.press(f"/staff/areas/{AREA}/kit/make")))
    member.open(f"/staff/areas/{AREA}")
    member.press(f"/staff/areas/{AREA}/kit/prove", words=words)
    assert "In use" in member.html
    prove_a_kit(lead)
    assert ready(app)


def test_a_leaver_is_out_in_one_click(app: Flask, clock: SetClock, lead: StaffMember) -> None:
    prove_a_kit(lead)
    carl, dora = invite(app, clock, lead, "Carl"), invite(app, clock, lead, "Dora")
    reference = referral_for(app, TEAM, b'{"form": 9}')
    lead.open(f"/staff/teams/{TEAM}")
    lead.press(f"/staff/teams/{TEAM}/remove", person=person_called(lead.html, "Carl"))
    assert ">Carl</h3>" not in lead.html
    carl.open("/staff/")
    assert carl.path == "/staff/sign-in"
    carl.sign_in()
    assert carl.page.status_code == 403
    dora.open(f"/staff/referrals/{reference}")
    dora.press(f"/staff/referrals/{reference}/open")
    assert "does not open" not in dora.html
    lead.press(f"/staff/teams/{TEAM}/remove", person=person_called(lead.open(f"/staff/teams/{TEAM}"), "Dora"))
    assert lead.page.status_code == 409
    assert "First invite somebody" in lead.html


def test_somebody_of_the_team_becomes_a_lead_and_the_old_one_goes(
    app: Flask, clock: SetClock, lead: StaffMember
) -> None:
    prove_a_kit(lead)
    carl = invite(app, clock, lead, "Carl")
    invite(app, clock, lead, "Dora")
    assert carl.client.get("/staff/log").status_code == 403
    carls_id = person_called(lead.open(f"/staff/teams/{TEAM}"), "Carl")
    assert "Make Carl a lead" in lead.html
    lead.press(f"/staff/teams/{TEAM}/lead", person=carls_id)
    assert "Make Carl a lead" not in lead.html
    assert "Made somebody a lead of the team" in lead.open("/staff/log")
    carl.open(f"/staff/teams/{TEAM}")
    carl.press(f"/staff/teams/{TEAM}/remove", person=person_called(carl.html, "Lea Lead"))
    assert "Lea Lead</h3>" not in carl.html
    assert ready(app)


def test_a_forgotten_passphrase_is_made_anew_with_the_recovery_code(app: Flask, clock: SetClock) -> None:
    member = somebody(app, clock)
    path = first_link(app, clock)
    member.open(path)
    member.press(path)
    passphrase, secret, recovery_code = secrets_on(member.html)
    known = {"email": "lead@nhs.net", "passphrase": passphrase, "totp_secret": secret.replace(" ", "")}
    member.known = known
    member.press("/staff/set-up", passphrase=passphrase, code=member.code(), printed="yes")
    clock.move_on(minutes=20)
    assert "I forgot my passphrase" in member.open("/staff/sign-in")
    member.open("/staff/forgotten")
    new = {"recovery_code": recovery_code, "passphrase": "plain words of my own"}
    page = member.press("/staff/forgotten", email="lead@nhs.net", code="000000", **new)
    assert member.page.status_code == 403
    assert recovery_code not in page
    page = member.press("/staff/forgotten", email="lead@nhs.net", code=member.code(), **new)
    assert len(secrets_on(page)[0].split()) == 8
    known["passphrase"] = new["passphrase"]
    member.sign_in()
    assert member.path == "/staff/"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"code": "000000"}, "This is not the code in your app"),
        ({"passphrase": "short"}, "your own passphrase of 16 letters"),
        ({"printed": ""}, "Say that you have printed"),
    ],
)
def test_a_mistake_while_setting_up_loses_nothing(
    app: Flask, clock: SetClock, wrong: dict[str, str], words: str
) -> None:
    member = somebody(app, clock)
    path = first_link(app, clock)
    member.open(path)
    before = secrets_on(member.press(path))
    right = {"passphrase": before[0], "code": totp.code_at(before[1].replace(" ", ""), clock()), "printed": "yes"}
    page = member.press("/staff/set-up", **right | wrong)
    assert member.page.status_code == 400
    assert "Error:" in page.split("</title>")[0]
    assert words in html.unescape(page)
    assert secrets_on(page) == before


@pytest.mark.parametrize("path", ["/staff/invitation/none", "/staff/set-up"])
def test_a_link_that_is_over_says_what_to_do(app: Flask, clock: SetClock, path: str) -> None:
    member = somebody(app, clock)
    assert "Ask whoever sent it to you for a new one." in member.open(path)
    assert member.page.status_code == 404


def test_the_kit_of_another_team_proves_nothing(lead: StaffMember) -> None:
    prove_a_kit(lead)
    page = lead.press(f"/staff/teams/{TEAM}/kit/prove", words="abandon " * 23 + "art")
    assert lead.page.status_code == 400
    assert "These are the words of another kit" in page
    assert "A recovery kit has 24 words" in lead.press(f"/staff/teams/{TEAM}/kit/prove", words="too few")


def test_a_late_drill_warns_and_referrals_keep_flowing(app: Flask, clock: SetClock, lead: StaffMember) -> None:
    words = prove_a_kit(lead)
    invite(app, clock, lead, "Carl")
    clock.move_on(days=91)
    lead.sign_in()
    assert "Your recovery kit was not tried for 90 days" in lead.html
    assert "key is 90 days old" in lead.html
    assert "Referrals arrive and stay sealed as before." in lead.html
    assert referral_for(app, TEAM, b"{}")
    lead.open(f"/staff/teams/{TEAM}")
    lead.press(f"/staff/teams/{TEAM}/kit/prove", words=words)
    lead.press(f"/staff/teams/{TEAM}/renew")
    assert "To do for your team" not in lead.open("/staff/")


def test_the_log_shows_and_checks_and_exports_who_did_what(lead: StaffMember) -> None:
    prove_a_kit(lead)
    assert "Proved that a recovery kit opens" in lead.open("/staff/log")
    assert "lines are whole and in order" in lead.press("/staff/log/check")
    lead.page = lead.client.get("/staff/log.csv")
    assert lead.page.mimetype == "text/csv"
    assert "Lea Lead" in lead.html
    assert "recovery.canary_opened" in lead.html


def test_every_event_of_the_log_has_its_words() -> None:
    assert EVENTS.keys() - EVENT_WORDS.keys() == set()


def test_a_kit_made_away_from_the_network_never_shows_its_words(app: Flask, clock: SetClock, lead: StaffMember) -> None:
    seed = new_seed()
    lead.open(f"/staff/teams/{TEAM}")
    assert "not the public half" in lead.press(f"/staff/teams/{TEAM}/kit/offline", public="zz")
    lead.press(f"/staff/teams/{TEAM}/kit/offline", public=public_key(seed).hex())
    drill = secrets_on(lead.html)[0]
    assert "This is not the answer" in lead.press(f"/staff/teams/{TEAM}/kit/answer", answer="00" * 32)
    answer = open_canary(Canary("", bytes.fromhex(drill), b""), TEAM, seed)
    lead.press(f"/staff/teams/{TEAM}/kit/answer", answer=answer.hex())
    assert lead.page.status_code == 200
    invite(app, clock, lead, "Carl")
    assert ready(app)
