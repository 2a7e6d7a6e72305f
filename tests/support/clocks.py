"""The clock that a test sets: `clock`. The application of the fixture `app` goes by it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

MORNING = datetime(2026, 11, 20, 11, 5, tzinfo=UTC)
"""A Friday; in these tests everybody's day begins then."""


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
