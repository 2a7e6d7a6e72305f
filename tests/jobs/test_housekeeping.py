"""The chores: each is done, and one that fails keeps none of the others from it."""

from datetime import datetime

import pytest

from portal.database.engine import Engine
from portal.jobs import housekeeping as house
from tests.support.teams import NOW


def test_a_chore_that_fails_is_named_without_its_message_and_the_next_is_done(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = []

    def breaks(_engine: Engine, _now: datetime) -> None:
        raise RuntimeError("what somebody wrote")

    def works(_engine: Engine, now: datetime) -> None:
        done.append(now)

    monkeypatch.setattr(house, "CHORES", (breaks, works))
    assert house.keep_house(engine, NOW) == ["breaks: RuntimeError"]
    assert done == [NOW]


def test_every_chore_runs_on_an_empty_portal(engine: Engine) -> None:
    assert house.keep_house(engine, NOW) == []
