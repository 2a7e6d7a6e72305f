"""Sending: sealed, in the right queue, exactly once, or not at all."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from portal.audit.queries import head, verify
from portal.database.engine import Engine, make_engine, reading, writing
from portal.database.schema import upgrade
from portal.drafts.queries import delete_draft, get_draft
from portal.drafts.receipt import Receipt
from portal.referrals import submit as submitting
from portal.referrals.queries import count_referrals, get_sealed
from portal.referrals.submit import KEEP_RECEIPT, DraftGone
from portal.sealing.drafts import row_id, unlock
from portal.sealing.envelope import open_sealed, recipients_of
from portal.teams.create_team import create_team
from portal.teams.queries import retire_epochs
from portal.teams.recipients import TeamNotReady
from tests.support.teams import AREA, NOW, WORDS, a_draft, a_kit, a_team, send

ENOUGH_ACKNOWLEDGED = 10


@pytest.fixture
def sealed_to(engine: Engine) -> Engine:
    """Give a database with one ready team."""
    a_team(engine)
    return engine


def test_a_referral_lies_sealed_in_its_teams_queue(engine: Engine) -> None:
    team = a_team(engine)
    receipt = send(engine, due_on=date(2026, 11, 27))
    with reading(engine) as session:
        kept = get_sealed(session, receipt.reference, ["team-a"])
    assert kept is not None
    assert (kept.team_id, kept.state, kept.due_on, kept.received_at) == ("team-a", "waiting", date(2026, 11, 27), NOW)
    assert open_sealed(kept.envelope, team.kit) == WORDS


def test_the_draft_becomes_a_receipt_that_only_its_cookie_opens(sealed_to: Engine) -> None:
    secret = a_draft(sealed_to)
    receipt = send(sealed_to, secret, due_on=date(2026, 11, 27))
    with reading(sealed_to) as session:
        kind, locked = get_draft(session, row_id(secret), NOW) or ("", b"")
        assert get_draft(session, row_id(secret), NOW + KEEP_RECEIPT) is None
    assert kind == "receipt"
    assert Receipt.of(unlock(secret, locked, "receipt")) == receipt


def test_twenty_clicks_on_send_make_one_referral(sealed_to: Engine) -> None:
    secret = a_draft(sealed_to)
    with ThreadPoolExecutor(20) as pool:
        references = {receipt.reference for receipt in pool.map(lambda _: send(sealed_to, secret), range(20))}
    with reading(sealed_to) as session:
        assert count_referrals(session) == 1
        assert verify(session)
    assert len(references) == 1


def test_fifty_people_at_once_get_fifty_references(sealed_to: Engine) -> None:
    secrets = [a_draft(sealed_to) for _ in range(50)]
    with ThreadPoolExecutor(50) as pool:
        references = {receipt.reference for receipt in pool.map(lambda secret: send(sealed_to, secret), secrets)}
    with reading(sealed_to) as session:
        assert count_referrals(session, "team-a") == 50
        assert verify(session)
    assert len(references) == 50


def test_a_replay_the_next_hour_gets_the_same_receipt(sealed_to: Engine) -> None:
    secret = a_draft(sealed_to)
    assert send(sealed_to, secret) == send(sealed_to, secret, now=NOW + timedelta(hours=1), content=b"changed")


def test_there_is_nothing_to_send_once_the_answers_are_erased(sealed_to: Engine) -> None:
    secret = a_draft(sealed_to)
    with writing(sealed_to) as session:
        delete_draft(session, row_id(secret))
    with pytest.raises(DraftGone):
        send(sealed_to, secret)
    with reading(sealed_to) as session:
        assert count_referrals(session) == 0


def nothing_was_sent(engine: Engine, secret: bytes) -> bool:
    with reading(engine) as session:
        draft = get_draft(session, row_id(secret), NOW)
        return count_referrals(session) == 0 and draft is not None and draft[0] == "draft"


def test_a_team_without_a_current_key_gets_nothing_and_the_draft_stays(sealed_to: Engine) -> None:
    secret = a_draft(sealed_to)
    with writing(sealed_to) as session:
        retire_epochs(session, "team-a", NOW)
    with pytest.raises(TeamNotReady, match="team key"):
        send(sealed_to, secret)
    assert nothing_was_sent(sealed_to, secret)


@pytest.mark.parametrize("kit", ["none", "unproved", "of the area only"])
def test_a_team_without_a_proved_kit_gets_nothing_and_the_draft_stays(engine: Engine, kit: str) -> None:
    with writing(engine) as session:
        create_team(session, "team-a", AREA, "Team A", NOW)
        if kit == "unproved":
            a_kit(session, "team-a", proved=False)
        if kit == "of the area only":
            a_kit(session, AREA, "area")
    secret = a_draft(engine)
    with pytest.raises(TeamNotReady, match="recovery"):
        send(engine, secret)
    assert nothing_was_sent(engine, secret)


def test_the_areas_kit_opens_it_too_where_there_is_one(sealed_to: Engine) -> None:
    with writing(sealed_to) as session:
        area_kit = a_kit(session, AREA, "area")
    receipt = send(sealed_to)
    with reading(sealed_to) as session:
        kept = get_sealed(session, receipt.reference, ["team-a"])
    assert kept is not None
    assert [meta.kind for meta in recipients_of(kept.envelope)] == ["team", "recovery", "area"]
    assert open_sealed(kept.envelope, area_kit) == WORDS


def test_a_reference_that_is_taken_is_drawn_again(sealed_to: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["4KM-7X2-P9D", "4KM-7X2-P9D", "4KM-7X2-P9F"])
    monkeypatch.setattr("portal.referrals.enqueue.new_reference", lambda: next(drawn))
    assert [send(sealed_to).reference, send(sealed_to).reference] == ["4KM-7X2-P9D", "4KM-7X2-P9F"]


def test_a_failure_half_way_keeps_the_draft_and_nothing_else(
    sealed_to: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = a_draft(sealed_to)
    with reading(sealed_to) as session:
        before = head(session)

    def power_cut(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(submitting, "replace_by_receipt", power_cut)
    with pytest.raises(RuntimeError, match="power cut"):
        send(sealed_to, secret)
    assert nothing_was_sent(sealed_to, secret)
    with reading(sealed_to) as session:
        assert head(session) == before


SENDER = """
import sys
from portal.database.engine import make_engine
from tests.support.teams import send
engine = make_engine(sys.argv[1])
while True:
    print(send(engine).reference, flush=True)
"""


def test_what_was_acknowledged_before_a_kill_is_there_after_it(sqlite_url: str, tmp_path: Path) -> None:
    engine = make_engine(sqlite_url)
    upgrade(engine)
    a_team(engine)
    script = tmp_path / "sender.py"
    script.write_text(SENDER)
    root = Path(__file__).resolve().parents[2]
    senders = [
        subprocess.Popen(  # noqa: S603  # our own script
            [sys.executable, str(script), sqlite_url],
            cwd=root,
            env=os.environ | {"PYTHONPATH": str(root)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    acknowledged = []
    for sender in senders:
        assert sender.stdout is not None
        acknowledged += [sender.stdout.readline().strip() for _ in range(ENOUGH_ACKNOWLEDGED)]
    for sender in senders:
        sender.send_signal(signal.SIGKILL)
        acknowledged += [line.strip() for line in sender.communicate()[0].splitlines(keepends=True) if "\n" in line]
    with reading(engine) as session:
        assert all(get_sealed(session, reference, ["team-a"]) for reference in acknowledged)
        assert len(set(acknowledged)) == len(acknowledged) >= 2 * ENOUGH_ACKNOWLEDGED
        assert verify(session)
    engine.dispose()


def test_no_word_of_a_referral_lies_in_the_database_files(sqlite_url: str, tmp_path: Path) -> None:
    engine = make_engine(sqlite_url)
    upgrade(engine)
    a_team(engine)
    canaries = ["Quetzalcoatlus", "Larkspur", "Zoë"]
    for _ in range(20):
        send(engine, a_draft(engine, WORDS * 5), content=WORDS * 5)
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    engine.dispose()
    files["after closing"] = (tmp_path / "portal.db").read_bytes()
    assert {"portal.db", "portal.db-wal"} <= set(files)
    found = [name for name, content in files.items() for word in canaries if word.encode() in content]
    assert found == []
