"""Every staff address, every role, three teams: their own, another of the area, one of another area."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts import totp
from portal.accounts.add_member import add_member, new_member
from portal.accounts.sessions import start_session
from portal.app import create_app
from portal.database.engine import make_engine, writing
from portal.database.schema import upgrade
from portal.keys.kits import prove_kit, register_kit
from portal.keys.new_version import make_epoch
from portal.sealing.keys import new_seed, public_key
from portal.sealing.kit import open_canary
from portal.sealing.slots import Cost
from portal.settings import Settings, make_secrets
from portal.teams.create_team import create_team
from portal.teams.declare_ready import declare_ready
from portal.teams.invite import give_area_role
from portal.teams.members import join_team
from portal.teams.queries import get_team
from portal.web.frame.access import audience_of
from portal.web.staff.roles import roles_for
from tests.support.portals import StrictClient
from tests.support.staff_member import referral_for

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
HOME, NEAR, FAR = "suffolk-adults-east", "suffolk-adults-west", "gloucestershire-dsr"
AREA, OTHER_AREA = "suffolk-and-north-east-essex", "gloucestershire"
AREAS = {HOME: AREA, NEAR: AREA, FAR: OTHER_AREA}
ROLES = ("member", "lead", "coordinator", "auditor")
OWN_TEAM = {"member", "lead"}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory, database: None) -> Iterator[tuple[Flask, dict[str, Any]]]:
    """Give the application with three ready teams, somebody of every role of the first, and a referral in each team."""
    folder: Path = tmp_path_factory.mktemp("who")
    make_secrets(folder)
    settings = Settings.from_env({"PORTAL_INSTANCE": str(folder), "PORTAL_DEMO": "1"})
    upgrade(make_engine(settings.database_url))
    app = create_app(settings, lambda: NOW)
    app.testing = True
    app.test_client_class = StrictClient
    app.config["WTF_CSRF_ENABLED"] = False
    engine = app.extensions["portal"].engine
    people = {}
    with writing(engine) as session:
        for team_id, area_id in AREAS.items():
            create_team(session, team_id, area_id, f"The team {team_id}", NOW)
        for role in (*ROLES, *(f"staff-{team}-{number}" for team in AREAS for number in range(2))):
            made = new_member(
                f"{role}@x.example",
                role,
                passphrase="plain words",
                totp_secret=totp.new_secret(),
                pepper=settings.pepper,
                cost=Cost(64, 1),
            )
            add_member(session, made, NOW)
            people[role] = made
        for role in ("member", "lead"):
            join_team(session, people[role].id, HOME, NOW, role=role)  # type: ignore[arg-type]  # both are roles
        for role in ("coordinator", "auditor"):
            give_area_role(session, people[role].id, AREA, role, now=NOW, actor="system")
        for team_id in AREAS:
            for number in range(2):
                join_team(session, people[f"staff-{team_id}-{number}"].id, team_id, NOW)
            seed = new_seed()
            canary = register_kit(session, "recovery", team_id, public_key(seed), NOW)
            prove_kit(session, "recovery", team_id, open_canary(canary, team_id, seed), NOW)
            make_epoch(session, get_team(session, team_id), NOW)  # type: ignore[arg-type]  # it was created above
            declare_ready(session, team_id, NOW)
    known = {"people": people, "references": {team_id: referral_for(app, team_id, b"{}") for team_id in AREAS}}
    yield app, known
    engine.dispose()


def client_of(app: Flask, known: dict[str, Any], role: str) -> FlaskClient:
    """Return the browser of somebody who has signed in just now."""
    person = known["people"][role]
    with writing(app.extensions["portal"].engine) as session:
        secret = start_session(session, person.id, person.seed, NOW)
    client = app.test_client()
    client.set_cookie("staff", base64.urlsafe_b64encode(secret).decode())
    return client


def addresses(app: Flask, known: dict[str, Any], team_id: str) -> Iterator[tuple[str, str, str, set[str]]]:
    """Give each staff address of a team: method, path, what it names ("team", "area", "referral", ""), its roles."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if not rule.rule.startswith("/staff") or audience_of(view) == "public":
            continue
        values = {"team_id": team_id, "area_id": AREAS[team_id], "reference": known["references"][team_id]}
        values |= {name: "x" for name in rule.arguments if name not in values}
        given = {name: values[name] for name in rule.arguments}
        named = {"team_id": "team", "area_id": "area", "reference": "referral"}
        what = next((word for name, word in named.items() if name in rule.arguments), "")
        with app.test_request_context():
            path = str(app.url_map.bind("localhost").build(rule.endpoint, given))
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield method, path, what, set(roles_for(view))


def expected(role: str, team_id: str, what: str, roles: set[str]) -> str:
    """Return what is to happen: "open", "not found" or "refused"."""
    is_of_team = role in OWN_TEAM
    is_theirs = {
        "team": team_id == HOME or (not is_of_team and AREAS[team_id] == AREA),
        "area": not is_of_team and AREAS[team_id] == AREA,
        "referral": True,
        "": True,
    }[what]
    if not is_theirs:
        return "not found"
    if role not in roles:
        return "refused"
    return "not found" if what == "referral" and team_id != HOME else "open"


@pytest.mark.parametrize("team_id", [HOME, NEAR, FAR])
@pytest.mark.parametrize("role", ROLES)
def test_every_address_opens_for_its_roles_alone(
    everything: tuple[Flask, dict[str, Any]], role: str, team_id: str
) -> None:
    app, known = everything
    wrong = []
    for method, path, what, roles in list(addresses(app, known, team_id)):
        client = client_of(app, known, role)
        answer = client.open(path, method=method)
        found = {404: "not found", 403: "refused"}.get(answer.status_code, "open")
        wanted = expected(role, team_id, what, roles)
        is_queue_of_area = path == "/staff/" and role in {"coordinator", "auditor"} and answer.status_code == 303
        # A made-up act or member, or what is not on offer, is not found once the guard has let somebody pass.
        is_made_up = method == "POST" or path.startswith("/staff/offers/")
        is_not_there = wanted == "open" and found == "not found" and is_made_up
        if is_queue_of_area or is_not_there:
            continue
        if found != wanted:
            wrong.append(f"{method} {path}: {found} ({answer.status_code}), expected {wanted}")
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_whoever_can_sign_in_can_sign_out(everything: tuple[Flask, dict[str, Any]], role: str) -> None:
    app, known = everything
    client = client_of(app, known, role)
    assert 'action="/staff/sign-out"' in client.get("/staff/account").get_data(as_text=True)
    answer = client.post("/staff/sign-out")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff/sign-in")
    assert client.get("/staff/account").headers["Location"].startswith("/staff/sign-in")


def test_the_page_that_refuses_says_for_whom_it_is(everything: tuple[Flask, dict[str, Any]]) -> None:
    app, known = everything
    answer = client_of(app, known, "auditor").get("/staff/offers")
    assert answer.status_code == 403
    assert "the lead of the team" in answer.get_data(as_text=True)


def test_nobody_without_a_key_of_the_team_sees_a_referral(everything: tuple[Flask, dict[str, Any]]) -> None:
    app, known = everything
    for role in ("coordinator", "auditor"):
        page = client_of(app, known, role).get(f"/staff/areas/{AREA}").get_data(as_text=True)
        assert known["references"][HOME] not in page
        assert "1 to do, 1 in all" in page
