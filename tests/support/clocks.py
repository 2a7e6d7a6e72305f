"""A clock that a test sets: `clock`, and `app_in_time`, the whole application by that clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from portal.settings import Settings
from tests.support.portals import strict_app

MORNING = datetime(2026, 11, 20, 11, 5, tzinfo=UTC)


@dataclass
class SetClock:
    """The time, until somebody moves it on."""

    time: datetime = MORNING

    def __call__(self) -> datetime:
        return self.time

    def move_on(self, **by: float) -> None:
        """Let time pass: `move_on(hours=25)`."""
        self.time += timedelta(**by)


@pytest.fixture
def clock() -> SetClock:
    """Give a clock that stands at five past eleven on 20 November 2026."""
    return SetClock()


@pytest.fixture
def app_in_time(settings: Settings, clock: SetClock) -> Iterator[Flask]:
    """Give the whole application, by that clock."""
    with strict_app(settings, clock) as app:
        yield app
