"""What every fact and note of an area says of itself: where it was read, and when that page was written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from msgspec import Struct

from portal.areas.ages import ADULT, ANY_AGE, UNDER_18, Ages
from portal.strict import Text

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


@dataclass
class Names:
    """What the facts of one file may name: its councils, teams and signposts, and its questions with their answers."""

    councils: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    signposts: frozenset[str] = frozenset()
    answers: dict[str, Collection[str]] = field(default_factory=dict)


Problem = tuple[str, str]
"""A field, and what to do about it."""


class Fact(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something a page says. `checked_on` is set only after a person rang or looked."""

    source: Source
    checked_on: date | None = None

    def problems(self, names: Names) -> Iterator[Problem]:
        """Yield what does not fit together in it, or with the rest of its file."""
        for field_name, known, what in (
            ("councils", names.councils, "the code of a council of this area"),
            ("teams", names.teams, "a team of this area"),
        ):
            unknown = sorted(getattr(self, field_name, frozenset()) - known)
            yield from ((field_name, f"“{name}” is not {what}") for name in unknown)

    @property
    def source_date(self) -> str:
        return self.source.date


class Note(Fact, frozen=True, kw_only=True):
    """A sentence for the page. `known` is False where it says what we do not know."""

    text: Text
    known: bool = True
    councils: frozenset[str] = frozenset()


def by_group(ages: Ages | None) -> Iterator[Problem]:
    """Yield a problem where routing cannot tell these ages by an age band."""
    if ages not in (None, ANY_AGE, UNDER_18, ADULT):
        yield "ages", "teams and rules can be for “any”, “under-18” or “18-and-over”"


def unknown_answers(key: str, answers: Mapping[str, str], names: Names) -> Iterator[Problem]:
    """Yield each question that the area does not ask (so far), and each answer that it cannot have."""
    for question, value in answers.items():
        known = names.answers.get(question)
        if known is None:
            yield key, f"“{question}” is not a question; there are {', '.join(names.answers) or 'none'}"
        elif value not in known:
            yield f"{key}.{question}", f"“{value}” is not one of: {', '.join(known)}"
