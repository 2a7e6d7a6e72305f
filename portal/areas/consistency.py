"""Faults that only show once a whole area, or all areas together, are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from portal.areas.area import Area, AreaFault


def faults_within(area: Area) -> list[AreaFault]:
    """Return what does not fit together inside one area."""
    return [*_twice(area)]


def faults_between(areas: Sequence[Area]) -> list[AreaFault]:
    """Return a fault for each council, team or area id that two areas claim."""
    return [*_claimed_twice(areas)]


def _claimed_twice(areas: Sequence[Area]) -> Iterator[AreaFault]:
    first: dict[tuple[str, str], str] = {}
    for area in areas:
        claims = [("councils", council.code) for council in area.councils] + [("teams", team.id) for team in area.teams]
        for field, name in claims:
            if (other := first.setdefault((field, name), area.file)) != area.file:
                yield AreaFault(area.file, field, f"“{name}” is in {other} too")


def _twice(area: Area) -> Iterator[AreaFault]:
    lists: dict[str, Iterable[str]] = {
        "councils": (council.code for council in area.councils),
        "teams": (team.id for team in area.teams),
        "signposts": (signpost.id for signpost in area.signposts),
        "rules": (rule.name for rule in area.rules),
        "crisis_lines": (line.id for line in area.crisis_lines),
    }
    for field, names in lists.items():
        for name, count in Counter(names).items():
            if count > 1:
                yield AreaFault(area.file, field, f"“{name}” is there {count} times")
