"""Offline custody, as a lead meets it: two commands on another computer, two forms here; then nothing opens here."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from portal.cli import main
from tests.support.clocks import SetClock
from tests.support.staff_member import TOKEN, StaffMember, a_member, referral_for

TEAM = "gloucestershire-dsr"


def elsewhere(*words: str, typed: str = "") -> str:
    """Run a command on another computer; return what it prints."""
    result = CliRunner().invoke(main, list(words), input=typed)
    assert result.exit_code == 0, result.output
    return result.output.strip()


def go_offline(member: StaffMember) -> str:
    """Follow the page's steps; return the 24 words."""
    printed = elsewhere("kit", "make-team-key").splitlines()
    words = " ".join(line.split()[1] for line in printed[1:25])
    member.open(f"/staff/teams/{TEAM}/custody")
    assert "copy all its signs" in member.press(member.path, public="no key")
    page = member.press(f"/staff/teams/{TEAM}/custody", public=printed[-1])
    drill = page.split('class="app-secret">')[1].split("<")[0]
    assert "not the answer" in member.press(f"/staff/teams/{TEAM}/custody/answer", answer="00" * 32)
    answer = elsewhere("kit", "answer", TEAM, drill, typed=f"{words}\n").splitlines()[-1]
    page = member.press(f"/staff/teams/{TEAM}/custody/answer", answer=answer)
    assert "Made away from this website" in page
    return words


def test_from_making_the_key_to_the_checked_copy(
    app: Flask, member: StaffMember, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = referral_for(app, TEAM, b"Words from before")
    words = go_offline(member)
    after = referral_for(app, TEAM, b"Words from after")

    queue = member.open("/staff/")
    assert (before in queue, after in queue, "as one zip" in queue, "Unlock and search" in queue) == (1, 1, 0, 0)
    page = member.open(f"/staff/referrals/{after}")
    assert "Nobody can open them here" in page
    member.press(f"/staff/referrals/{after}/open")
    assert member.page.status_code == 409

    token = TOKEN.search(member.open("/staff/"))
    assert token
    ticked = {"csrf_token": token[1], "reference": [before, after]}
    page = member.client.post("/staff/bundle", data=ticked).get_data(as_text=True)
    assert "24 words of your team’s own key" in page
    bundle = member.client.post("/staff/bundle/file", data={**ticked, "words": ""}).get_data()
    assert b"Words from" not in bundle

    monkeypatch.chdir(tmp_path)
    Path("taken.dsr-bundle").write_bytes(bundle)
    told = elsewhere("collect", "--bundle", "taken.dsr-bundle", typed=f"{words}\n")
    codes = dict(line.split(": confirmation code ") for line in told.splitlines() if ": confirmation code " in line)
    assert set(codes) == {before, after}
    assert "Words from after" in (tmp_path / "collected" / "json" / f"{after}.json").read_text()
    for reference, code in codes.items():
        member.open(f"/staff/referrals/{reference}")
        assert "This is not the code" in member.press(f"/staff/referrals/{reference}/confirm", confirmation="000000")
        assert "The copy was checked" in member.press(f"/staff/referrals/{reference}/confirm", confirmation=code)


def test_only_a_lead_may(app: Flask, demo: dict[str, Any], clock: SetClock) -> None:
    member = a_member(app, demo, clock, TEAM, 1)
    member.sign_in()
    assert member.open(f"/staff/teams/{TEAM}/custody")
    assert member.page.status_code == 403
