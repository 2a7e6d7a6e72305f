"""When a line or a team is open, in London time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
SATURDAY = 5


@dataclass(frozen=True)
class Span:
    """Open from `start` (included) to `end` (not included)."""

    start: time
    end: time

    def covers(self, moment: time) -> bool:
        return self.start <= moment < self.end


@dataclass(frozen=True)
class Hours:
    """Opening hours. An empty tuple is closed; None is a day the source says nothing about."""

    always: bool = False
    weekdays: tuple[Span, ...] | None = None
    weekends: tuple[Span, ...] | None = None
    bank_holidays: tuple[Span, ...] | None = None

    def is_open(self, now: datetime, bank_holiday: bool) -> bool | None:
        """Say whether it is open at this aware moment; None where the source does not say."""
        if now.tzinfo is None:
            raise ValueError("is_open needs a time with its zone")
        if self.always:
            return True
        london = now.astimezone(LONDON)
        spans = self._spans(london, bank_holiday)
        return None if spans is None else any(span.covers(london.time()) for span in spans)

    def _spans(self, london: datetime, bank_holiday: bool) -> tuple[Span, ...] | None:
        if bank_holiday:
            return self.bank_holidays
        return self.weekends if london.weekday() >= SATURDAY else self.weekdays
