"""`portal team`, `portal kit`, `portal audit` at the command line."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.audit.queries import verify
from portal.audit.tables import AuditRow
from portal.cli.people import audit, kit, team
from portal.database.engine import make_engine, reading, writing
from portal.database.schema import upgrade
from portal.keys.kits import register_kit
from portal.settings import Settings, make_secrets
from tests.support.teams import NOW

TEAM = "gloucestershire-dsr"


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: None) -> str:
    """Give an empty instance; returns the address of its database."""
    monkeypatch.setenv("PORTAL_INSTANCE", str(tmp_path))
    make_secrets(tmp_path)
    url = Settings.from_env({"PORTAL_INSTANCE": str(tmp_path)}).database_url
    upgrade(make_engine(url))
    return url


def create(team_id: str = TEAM, lead: str = "lead@nhs.net") -> Result:
    return CliRunner().invoke(team, ["create", team_id, "--lead", lead, "--name", "Lea Lead"])


def test_a_team_is_created_with_a_link_for_its_lead(instance: str) -> None:
    made = create()
    assert re.search(r"/staff/invitation/[\w-]{43}$", made.output.strip())
    assert f"{TEAM}\tnot ready\t0 hold the key" in CliRunner().invoke(team, ["list"]).output
    with reading(make_engine(instance)) as session:
        assert verify(session).line == 2


@pytest.mark.parametrize(("team_id", "lead"), [("no-such-team", "lead@nhs.net"), (TEAM, "no address")])
def test_what_cannot_be_created_is_said_in_a_sentence(instance: str, team_id: str, lead: str) -> None:
    refused = create(team_id, lead)
    assert refused.exit_code == 1
    assert refused.output.strip().endswith(".")


def test_a_coordinator_gets_a_link(instance: str) -> None:
    words = ["invite-to-area", "gloucestershire", "coordinator", "--email", "co@nhs.net", "--name", "Cora"]
    assert "/staff/invitation/" in CliRunner().invoke(team, words).output


def test_a_kit_made_offline_answers_its_drill_offline(instance: str) -> None:
    made = CliRunner().invoke(kit, ["make"]).output.splitlines()
    words, public = " ".join(line.split()[1] for line in made[1:25]), made[-1]
    with writing(make_engine(instance)) as session:
        register_kit(session, "recovery", TEAM, bytes.fromhex(public), NOW)
    canary = CliRunner().invoke(kit, ["canary", TEAM]).output.strip()
    answer = CliRunner().invoke(kit, ["answer", TEAM, canary], input=f"{words}\n").output
    assert re.search(r"^[0-9a-f]{64}$", answer.strip().splitlines()[-1])
    assert words.split()[0] not in answer.split()
    wrong = CliRunner().invoke(kit, ["answer", TEAM, canary], input="too few\n")
    assert wrong.exit_code == 1


def test_the_log_is_checked_and_a_changed_line_is_named(instance: str) -> None:
    create()
    head = CliRunner().invoke(audit, ["verify"]).output.strip()
    assert head.startswith("2:")
    assert CliRunner().invoke(audit, ["verify", "--noted", head]).exit_code == 0
    assert CliRunner().invoke(audit, ["verify", "--noted", "7:" + "0" * 64]).exit_code == 1
    with writing(make_engine(instance)) as session:
        session.connection().exec_driver_sql("DROP TRIGGER audit_refuses_update")
        session.query(AuditRow).filter(AuditRow.id == 2).update({"actor": "member:somebody"})
    broken = CliRunner().invoke(audit, ["verify"])
    assert broken.exit_code == 1
    assert "audit line 2: was altered" in broken.output


def test_nothing_to_tidy_is_fine(instance: str) -> None:
    assert CliRunner().invoke(team, ["tidy"]).output == "0 erased, 0 uncollected and escalated\n"
