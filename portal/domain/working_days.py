"""When a team must have answered."""

from collections.abc import Container
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5
LONDON = ZoneInfo("Europe/London")
NO_PROMISE_AFTER = timedelta(days=14)
"""Where an area promises no day, what nobody has collected after two weeks is overdue."""


def day_of(moment: datetime) -> date:
    """Return the day in London: promises count by it."""
    return moment.astimezone(LONDON).date()


def add_working_days(start: date, days: int, bank_holidays: Container[date]) -> date:
    """Return the day that lies `days` working days (Monday to Friday, no bank holidays) after `start`."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if is_working_day(day, bank_holidays):
            days -= 1
    return day


def is_working_day(day: date, bank_holidays: Container[date]) -> bool:
    """Return whether offices are open on a day in England."""
    return day.weekday() < SATURDAY and day not in bank_holidays


def working_days_between(start: date, end: date, bank_holidays: Container[date]) -> int:
    """Return how many working days come after `start`, up to and with `end`; negative where `end` has gone by."""
    if end < start:
        return -working_days_between(end, start, bank_holidays)
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(is_working_day(day, bank_holidays) for day in days)
