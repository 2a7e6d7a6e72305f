"""Numbers with no names: what is counted each month, and what of it may be shown.

A figure under 5 is never shown, and none can be worked out from those that are: a number is split into its parts only
where every part is 5 or more, at each level and for each way of splitting. So whatever is hidden has, for whoever sees
all that is shown and knows this rule, two possible values at least (tests/domain/test_counting.py tries them all).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

LEAST = 5
SETTLED_AFTER = 62
"""Days after a month's end until "answered in time" is final: longer than any day that a team promises."""

Measure = Literal["received", "under_18", "adult", "self", "helper", "in_time"]
SPLITS: tuple[tuple[str, str], ...] = (("under_18", "adult"), ("self", "helper"), ("in_time", "not_in_time"))
COLUMNS = ("received", *(part for parts in SPLITS for part in parts))


@dataclass(frozen=True)
class Counted:
    """What is counted of one referral when it is sent, apart from the referral itself."""

    is_adult: bool
    is_helped: bool

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What it adds one to."""
        return ("received", "adult" if self.is_adult else "under_18", "helper" if self.is_helped else "self")


Tally = Mapping[str, int]
"""A team's counts of one month, by measure; what is not there is none."""
Row = Mapping[str, int | None]
"""What may be shown, by column; None is "fewer than 5, or hidden so that nobody works that out"."""


@dataclass(frozen=True)
class Shown:
    """What may be shown of one month in one area."""

    area: Row
    teams: Mapping[str, Row]


def month_of(day: date) -> str:
    """Return the month of a day, like "2026-11"."""
    return f"{day.year:04}-{day.month:02}"


def end_of(month: str) -> date:
    """Return the first day after a month."""
    year, number = (int(part) for part in month.split("-"))
    return date(year + number // 12, number % 12 + 1, 1)


def months_between(first: date, last: date) -> list[str]:
    """Return every whole month from that of `first` to the last one that is over on `last`, oldest first."""
    found, month = [], month_of(first)
    while end_of(month) <= last:
        found.append(month)
        month = month_of(end_of(month))
    return found


def show(tallies: Mapping[str, Tally], *, is_settled: bool, least: int = LEAST) -> Shown:
    """Return what may be shown of a month that is over, from the counts of all the area's teams of that time."""
    teams = {team: _whole(tally) for team, tally in tallies.items()}
    area = {column: sum(counts[column] for counts in teams.values()) for column in COLUMNS}
    is_area_shown = area["received"] >= least
    are_teams_shown = bool(teams) and all(counts["received"] >= least for counts in teams.values())
    area_row: dict[str, int | None] = dict.fromkeys(COLUMNS)
    team_rows: dict[str, dict[str, int | None]] = {team: dict.fromkeys(COLUMNS) for team in teams}
    if is_area_shown:
        area_row["received"] = area["received"]
    if are_teams_shown:
        for team, counts in teams.items():
            team_rows[team]["received"] = counts["received"]
    for parts in SPLITS:
        if "in_time" in parts and not is_settled:
            continue
        fitting = [team for team, counts in teams.items() if are_teams_shown and _fits(counts, parts, least)]
        for team in fitting:
            team_rows[team] |= {part: teams[team][part] for part in parts}
        # Beside some teams' parts, the area's would tell those of the others.
        if is_area_shown and _fits(area, parts, least) and (not are_teams_shown or len(fitting) == len(teams)):
            area_row |= {part: area[part] for part in parts}
    return Shown(area_row, team_rows)


def _fits(counts: Mapping[str, int], parts: tuple[str, str], least: int) -> bool:
    return all(counts[part] >= least for part in parts)


def _whole(tally: Tally) -> dict[str, int]:
    counts = {column: tally.get(column, 0) for column in COLUMNS}
    return counts | {"not_in_time": max(0, counts["received"] - counts["in_time"])}
