"""What every fact and note of an area says of itself: where it was read, and when that page was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DATE_NOT_SHOWN = "date not shown"


@dataclass(frozen=True)
class Source:
    """A page or data set that facts were read from."""

    title: str
    address: str
    date: str

    @property
    def dated(self) -> bool:
        return self.date != DATE_NOT_SHOWN


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something a page says. `checked_on` is set only after a person rang or looked."""

    source: Source
    checked_on: date | None = None

    @property
    def source_date(self) -> str:
        return self.source.date


@dataclass(frozen=True, kw_only=True)
class Note(Fact):
    """A sentence for the page. `known` is False where it says what we do not know."""

    text: str
    known: bool = True
    councils: frozenset[str] = frozenset()
