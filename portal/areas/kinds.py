"""How the values of an area's file are written, and what is said of one that is written otherwise."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated, Any

from msgspec import Meta

from portal.areas.ages import ANY_AGE, Ages
from portal.areas.hours import Hours, Span

EMAIL = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\Z"
ADDRESS = r"^https://[a-z0-9.-]+\.[a-z]+(/\S*)?\Z"
PHONE = (
    r"^(999|111|18001 111|116 123|85258|0800 1111|0 ?[237](?: ?\d){9}|0 ?[18](?: ?\d){8,9})\Z"  # 0 and 9 or 10 digits
)
ONS_CODE = r"^E0[6-9]\d{6}\Z"
ID = r"^[a-z0-9]+(-[a-z0-9]+)*\Z"
QUESTION_KEY = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*\Z"
SAYS = {
    EMAIL: "is not an e-mail address",
    ADDRESS: "is not an https:// address",
    PHONE: "is not a telephone number that can be rung in England",
    ONS_CODE: "is not an ONS code such as E09000022",
    ID: "use small letters, digits and single hyphens",
    QUESTION_KEY: "use small letters, digits and single underscores",
}

Email = Annotated[str, Meta(pattern=EMAIL)]
Address = Annotated[str, Meta(pattern=ADDRESS)]
Phone = Annotated[str, Meta(pattern=PHONE)]
OnsCode = Annotated[str, Meta(pattern=ONS_CODE)]
Id = Annotated[str, Meta(pattern=ID)]
QuestionKey = Annotated[str, Meta(pattern=QUESTION_KEY)]

PLACE_CODE = re.compile(r"[0-9A-Z]{3}|[EW]0[6-9]\d{6}|other")
SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
AGES = re.compile(r"under-(\d{1,2})|(\d{1,2})-and-over|(\d{1,2})-to-(\d{1,2})")
DAYS = ("weekdays", "weekends", "bank_holidays")


def ages_of(value: Any) -> Ages:
    """Return "any", "under-18", "18-and-over" or "11-to-17" as ages. Raises ValueError."""
    if value == "any":
        return ANY_AGE
    found = AGES.fullmatch(str(value))
    if found is None:
        raise ValueError(f"“{value}” is not “any”, “under-18”, “18-and-over” or “11-to-17”")
    under, over, low, high = found.groups()
    if under:
        return Ages(0, int(under) - 1)
    return Ages(int(over)) if over else Ages(int(low), int(high))


def hours_of(value: Any) -> Hours:
    """Return opening hours. Raises ValueError with the field that is wrong, where it is one of several, and why."""
    if not isinstance(value, dict):
        raise ValueError("", "must be a table")
    for key in value:
        if key not in ("always", *DAYS):
            raise ValueError(key, "unknown key; check its spelling")
    if value.get("always") is True:
        return Hours(always=True)
    days = {day: _spans(day, value[day]) for day in DAYS if day in value}
    if not days:
        raise ValueError("", "says nothing: use always = true, or weekdays, weekends and bank_holidays")
    return Hours(always=False, **days)


def _spans(day: str, value: Any) -> tuple[Span, ...]:
    if value == "closed":
        return ()
    found = SPAN.fullmatch(str(value))
    if found:
        hour, minute, end_hour, end_minute = (int(part) for part in found.groups())
        if (hour, minute) < (end_hour, end_minute):
            return (Span(time(hour, minute), time(end_hour, end_minute)),)
    raise ValueError(day, f"“{value}” is not “closed” or hours such as “09:00-17:00”")
