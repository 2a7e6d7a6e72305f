"""Strict reading of one TOML table: every fault is kept with its file and field, and reading goes on."""

from __future__ import annotations

import re
from collections.abc import Collection, KeysView, Mapping
from datetime import date, time
from typing import Any, TypeVar

from portal.areas.ages import ANY_AGE, Ages
from portal.areas.area import AreaFault
from portal.areas.hours import Hours, Span
from portal.areas.note import Source

CHECKED = "checked_on"
NO_SOURCE = Source("", "", "")
SHORT_NUMBERS = frozenset({"999", "111", "18001 111", "116 123", "85258", "0800 1111"})
UK_NUMBER = re.compile(r"0(2\d{9}|3\d{9}|7\d{9}|[18]\d{8,9})")
EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
ADDRESS = re.compile(r"https://[a-z0-9.-]+\.[a-z]+(/\S*)?")
ONS_CODE = re.compile(r"E0[6-9]\d{6}")
PLACE_CODE = re.compile(r"[0-9A-Z]{3}|[EW]0[6-9]\d{6}|other")
QUESTION_KEY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
AGES = re.compile(r"under-(\d{1,2})|(\d{1,2})-and-over|(\d{1,2})-to-(\d{1,2})")

Value = TypeVar("Value", str, bool, int)
Anything = TypeVar("Anything")


class Table:
    """One table of an area file. Ask for each key by name, then call `end`: what nobody asked for is a fault."""

    def __init__(self, data: Mapping[str, Any], file: str, path: str, faults: list[AreaFault]) -> None:
        self._data = data
        self._file = file
        self._path = path
        self._faults = faults
        self._asked: set[str] = set()

    def fault(self, key: str, why: str) -> None:
        self._faults.append(AreaFault(self._file, f"{self._path}.{key}".strip("."), why))

    def has(self, key: str) -> bool:
        return key in self._data

    def end(self) -> None:
        for key in self._data.keys() - self._asked:
            self.fault(key, "unknown key; check its spelling")

    def text(self, key: str) -> str:
        """Return a text that must be there and must not be empty."""
        value = self._value(key, str, "")
        if key not in self._data:
            self.fault(key, "is missing")
        elif isinstance(self._data[key], str) and not value.strip():
            self.fault(key, "is empty")
        return value

    def optional_text(self, key: str) -> str:
        return self.text(key) if key in self._data else self._absent(key, "")

    def flag(self, key: str, absent: bool) -> bool:
        return self._value(key, bool, absent)

    def number(self, key: str) -> int:
        if key not in self._data:
            self.fault(key, "is missing")
        value = self._value(key, int, 1)
        if value < 1:
            self.fault(key, "must be 1 or more")
        return value

    def choice(self, key: str, choices: Collection[str]) -> str:
        value = self.text(key)
        if value and value not in choices:
            self.fault(key, f"“{value}” is not one of: {', '.join(choices)}")
        return value

    def id(self, key: str = "id") -> str:
        return self._matching(key, self.text(key), ID, "use small letters, digits and single hyphens")

    def key_of_a_question(self, key: str) -> str:
        return self._matching(key, self.text(key), QUESTION_KEY, "use small letters, digits and single underscores")

    def ons_code(self, key: str) -> str:
        return self._matching(key, self.text(key), ONS_CODE, "is not an ONS code such as E09000022")

    def email(self, key: str) -> str:
        return self._matching(key, self.optional_text(key), EMAIL, "is not an e-mail address")

    def address(self, key: str) -> str:
        return self._matching(key, self.optional_text(key), ADDRESS, "is not an https:// address")

    def phone(self, key: str) -> str:
        value = self.optional_text(key)
        if value and value not in SHORT_NUMBERS and not UK_NUMBER.fullmatch(value.replace(" ", "")):
            self.fault(key, f"“{value}” is not a telephone number that can be rung in England")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, none empty; an absent key is no texts."""
        value = self._value_of(key, list, [])
        if not all(isinstance(item, str) and item.strip() for item in value):
            self.fault(key, "must be a list of texts, none empty")
            return ()
        return tuple(value)

    def names(self, key: str, known: Collection[str], what: str) -> frozenset[str]:
        """Return a set of ids, each of which must be known."""
        named = self.texts(key)
        for name in named:
            if name not in known:
                self.fault(key, f"“{name}” is not {what}")
        if len(set(named)) < len(named):
            self.fault(key, "names something twice")
        return frozenset(named)

    def ages(self, key: str = "ages") -> Ages | None:
        """Return "any", "under-18", "18-and-over" or "11-to-17" as ages; None where absent."""
        if key not in self._data:
            return self._absent(key, None)
        value = self.text(key)
        found = AGES.fullmatch(value)
        if value != "any" and found is None:
            self.fault(key, f"“{value}” is not “any”, “under-18”, “18-and-over” or “11-to-17”")
        return _ages(found) if found else ANY_AGE

    def hours(self, key: str = "hours") -> Hours | None:
        """Return opening hours; None where absent."""
        if key not in self._data:
            return self._absent(key, None)
        inner = self.table(key)
        if inner.flag("always", False):
            hours = Hours(always=True)
        else:
            hours = Hours(False, inner.spans("weekdays"), inner.spans("weekends"), inner.spans("bank_holidays"))
            if hours == Hours():
                self.fault(key, "says nothing: use always = true, or weekdays, weekends and bank_holidays")
        inner.end()
        return hours

    def spans(self, key: str) -> tuple[Span, ...] | None:
        if key not in self._data:
            return self._absent(key, None)
        value = self.text(key)
        if value == "closed":
            return ()
        found = SPAN.fullmatch(value)
        span = _span(found) if found else Span(time(0), time(0))
        if span.start >= span.end:
            self.fault(key, f"“{value}” is not “closed” or hours such as “09:00-17:00”")
        return (span,)

    def day(self, key: str) -> date | None:
        value = self._data.get(key)
        self._asked.add(key)
        if value is not None and type(value) is not date:
            self.fault(key, "must be a date such as 2026-04-01, without quotation marks")
            return None
        return value

    def answers_by_place(self, key: str, answers: Collection[str]) -> dict[str, str]:
        """Return answers by a sub-ICB location's or council's code, or by `other`; an absent key is no answers."""
        inner = self._inner(self._value_of(key, dict, {}), key)
        codes = inner.keys()
        for code in codes:
            if not PLACE_CODE.fullmatch(code):
                inner.fault(code, "is no sub-ICB location such as 06T, no ONS code such as E07000071, and not “other”")
        return {code: inner.choice(code, answers) for code in codes}

    def answers_to(self, key: str, questions: Mapping[str, Collection[str]]) -> dict[str, str]:
        """Return one answer for each question named, of those that it can have."""
        inner = self.table(key)
        named = inner.keys()
        for name in named - questions.keys():
            self.fault(key, f"“{name}” is not a question; there are {', '.join(questions) or 'none'}")
        return {name: inner.choice(name, questions[name]) for name in named if name in questions}

    def source(self, sources: Mapping[str, Source]) -> Source:
        key = self.text("source")
        if key and key not in sources:
            self.fault("source", f"“{key}” is not in the [sources] of this file")
        return sources.get(key, NO_SOURCE)

    def fact(self, sources: Mapping[str, Source]) -> dict[str, Any]:
        """Return what every fact carries: its source, and the day a person checked it."""
        return {"source": self.source(sources), CHECKED: self.day(CHECKED)}

    def table(self, key: str) -> Table:
        return self._inner(self._value_of(key, dict, {}), key)

    def required_table(self, key: str) -> Table:
        if key not in self._data:
            self.fault(key, "is missing")
        return self.table(key)

    def tables(self, key: str) -> list[Table]:
        value = self._value_of(key, list, [])
        if not all(isinstance(item, dict) for item in value):
            self.fault(key, f"must be written as [[{key}]]")
            return []
        return [self._inner(item, f"{key}[{place}]") for place, item in enumerate(value, 1)]

    def required_tables(self, key: str) -> list[Table]:
        if not self._data.get(key):
            self.fault(key, f"needs at least one [[{key}]]")
        return self.tables(key)

    def raw(self, key: str) -> list[Mapping[str, Any]]:
        """Return the tables under a key as they stand, to look ahead; faults are found when they are read."""
        value = self._data.get(key)
        return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []

    def keys(self) -> KeysView[str]:
        return self._data.keys()

    def _inner(self, data: Mapping[str, Any], key: str) -> Table:
        return Table(data, self._file, f"{self._path}.{key}".strip("."), self._faults)

    def _absent(self, key: str, value: Anything) -> Anything:
        self._asked.add(key)
        return value

    def _value(self, key: str, kind: type[Value], absent: Value) -> Value:
        value: Value = self._value_of(key, kind, absent)
        return value

    def _value_of(self, key: str, kind: type, absent: Any) -> Any:
        self._asked.add(key)
        value = self._data.get(key, absent)
        if type(value) is kind:
            return value
        self.fault(key, f"must be {_KINDS[kind]}")
        return absent

    def _matching(self, key: str, value: str, pattern: re.Pattern[str], why: str) -> str:
        if value and not pattern.fullmatch(value):
            self.fault(key, f"“{value}” {why}")
        return value


_KINDS = {str: "a text", bool: "true or false", int: "a whole number", list: "a list", dict: "a table"}


def _ages(found: re.Match[str]) -> Ages:
    under, over, low, high = found.groups()
    if under:
        return Ages(0, int(under) - 1)
    return Ages(int(over)) if over else Ages(int(low), int(high))


def _span(found: re.Match[str]) -> Span:
    hour, minute, end_hour, end_minute = (int(part) for part in found.groups())
    return Span(time(hour, minute), time(end_hour, end_minute))
