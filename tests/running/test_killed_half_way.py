"""Fifty people send at the same moment, and the machine dies under them: what was acknowledged is there and opens."""

import os
import shutil
import signal
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from portal.database.engine import make_engine, reading
from portal.referrals.queries import count_referrals
from tests.journeys.staff import Staff, staff_of
from tests.running.crowd import Hurried, at_once
from tests.support.people import an_adult
from tests.support.servers import RunningPortal, running_portal
from tests.support.wire import WireClient

pytestmark = pytest.mark.whole

PEOPLE, KILLED_AFTER = 50, 12
TEAM = "south-east-london-dsr"


def name_of(number: int) -> str:
    """Return a name that only this person has."""
    return f"Zoë Number-{number}"


@pytest.fixture
def folder(demonstration: Path, tmp_path: Path) -> Path:
    """Give a folder with demonstration teams."""
    shutil.copytree(demonstration, tmp_path / "instance")
    return tmp_path


def everybody_at_the_last_button(portal: RunningPortal) -> list[Hurried]:
    """Let each fill in the whole form, but for the last press."""
    return at_once(lambda n: Hurried(portal.url).fills(an_adult(full_name={"full_name": name_of(n)})), range(PEOPLE))


def referrals(folder: Path) -> int:
    """Count what lies in the database."""
    engine = make_engine(f"sqlite:///{folder / 'instance' / 'portal.db'}")
    with reading(engine) as session:
        count = count_referrals(session)
    engine.dispose()
    return count


def reader(portal: RunningPortal) -> Staff:
    """Sign in one of the team."""
    everybody = staff_of(portal.demo, lambda: WireClient(portal.url), lambda: datetime.now(UTC))  # type: ignore[arg-type,return-value]  # it speaks as the test client does
    return next(each for each in everybody if TEAM in each.teams).when_they_sign_in()


def sending_until_killed(portal: RunningPortal) -> tuple[Callable[[Hurried], str], threading.Event]:
    """Return an act that sends and notes the reference; the server is killed once so many were told theirs."""
    told, killed, lock = Counter[str](), threading.Event(), threading.Lock()

    def send(person: Hurried) -> str:
        try:
            reference = person.sends()
        except httpx.HTTPError:
            return ""
        with lock:
            told[reference] += 1
            if len(told) == KILLED_AFTER:
                os.killpg(portal.process.pid, signal.SIGKILL)
                killed.set()
        return reference

    return send, killed


def test_whoever_was_told_a_reference_is_in_the_queue_after_a_kill_and_the_rest_send_again(
    folder: Path, loopback: None
) -> None:
    with running_portal(folder) as portal:
        people = everybody_at_the_last_button(portal)
        send, killed = sending_until_killed(portal)
        told = at_once(send, people, threads=PEOPLE)
        assert killed.is_set()
        portal.process.wait(10)
    acknowledged = {reference for reference in told if reference}
    assert KILLED_AFTER <= len(acknowledged) < PEOPLE
    assert len(acknowledged) <= referrals(folder)
    with running_portal(folder) as portal:
        for person in people:
            person.client.http.base_url = httpx.URL(portal.url)
        again = at_once(Hurried.sends, people)
        assert [new for new, old in zip(again, told, strict=True) if old and new != old] == []
        assert len(set(again)) == PEOPLE == referrals(folder)
        staff = reader(portal)
        for number, reference in enumerate(again):
            if reference in acknowledged:
                staff.when_they_open(reference).then_it_says_word_for_word([name_of(number)])
