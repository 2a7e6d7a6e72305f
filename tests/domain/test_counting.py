"""What is hidden stays hidden from whoever sees everything that is shown and knows the rule."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.counting import COLUMNS, LEAST, SPLITS, Counted, Shown, Tally, end_of, month_of, months_between, show

Tallies = dict[str, dict[str, int]]


def a_tally(received: int, under_18: int = 0, self: int = 0, in_time: int = 0) -> dict[str, int]:
    """Return a team's counts that agree with each other."""
    rest = {"adult": received - under_18, "helper": received - self}
    return {"received": received, "under_18": under_18, "self": self, "in_time": in_time, **rest}


def whole(tally: Tally) -> dict[str, int]:
    """Return the counts with the one that is worked out."""
    return {**tally, "not_in_time": tally["received"] - tally["in_time"]}


def cells(shown: Shown) -> dict[tuple[str, str], int | None]:
    """Return every cell of what is shown, the area's and the teams'."""
    rows: Mapping[str, Mapping[str, int | None]] = {"": shown.area, **shown.teams}
    return {(name, column): row[column] for name, row in rows.items() for column in COLUMNS}


def truth(tallies: Tallies) -> dict[tuple[str, str], int]:
    """Return what every cell would say if nothing were hidden."""
    teams = {team: whole(tally) for team, tally in tallies.items()}
    area = {column: sum(counts[column] for counts in teams.values()) for column in COLUMNS}
    return {(name, column): row[column] for name, row in {"": area, **teams}.items() for column in COLUMNS}


@pytest.mark.parametrize(("teams", "most"), [(1, 9), (2, 7), (3, 5)])
def test_of_all_small_tables_none_betrays_a_hidden_cell(teams: int, most: int) -> None:
    """Every table there can be, with a limit of 2: those that look the same differ in each hidden cell."""
    possible: dict[tuple[object, ...], dict[tuple[str, str], set[int]]] = {}
    counts = [(received, part) for received in range(most + 1) for part in range(received + 1)]
    for table in product(counts, repeat=teams):
        tallies = {f"t{number}": a_tally(*pair) for number, pair in enumerate(table)}
        seen = cells(show(tallies, is_settled=False, least=2))
        values = possible.setdefault(tuple(seen.values()), {})
        for cell, value in truth(tallies).items():
            if seen[cell] is None and cell[1] in {"received", "under_18", "adult"}:
                values.setdefault(cell, set()).add(value)
    pinned = [(look, cell) for look, values in possible.items() for cell, found in values.items() if len(found) < 2]
    assert pinned == []


PAIRS = (("under_18", "adult"), ("self", "helper"), ("in_time", ""))
CHANGES = [
    *({"received": 1} | {part: 1 for part in parts if part} for parts in product(*PAIRS)),
    *({here: 1, there: -1} for here, there in PAIRS if there),
    {"in_time": 1},
]
"""What may be different in a team: one referral more, of either kind each way; or one of the other kind."""


def neighbours(tallies: Tallies) -> Iterator[Tallies]:
    """Give tables that an attacker has to reckon with: one team, or two in opposite ways, a little different."""
    alike = [(change, change) for change in CHANGES]
    for (here, there), first, second, sign in product([*alike, *product(CHANGES, CHANGES)], tallies, tallies, (1, -1)):
        changed = {name: dict(tally) for name, tally in tallies.items()}
        _add(changed[first], here, sign)
        if second != first:
            _add(changed[second], there, -sign)
        if all(min(whole(tally).values()) >= 0 for tally in changed.values()):
            yield changed


def _add(tally: dict[str, int], change: dict[str, int], sign: int) -> None:
    for column, by in change.items():
        tally[column] += sign * by


@st.composite
def tables(draw: st.DrawFn) -> Tallies:
    """Draw an area's month, of one to four teams, around the limit."""
    found = {}
    for number in range(draw(st.integers(1, 4))):
        received = draw(st.integers(0, 14))
        parts = [draw(st.integers(0, received)) for _ in range(3)]
        found[f"t{number}"] = a_tally(received, *parts)
    return found


@settings(max_examples=150, deadline=None, database=None)
@given(tables(), st.booleans())
def test_nothing_under_5_is_shown_and_no_hidden_cell_has_one_value_alone(tallies: Tallies, is_settled: bool) -> None:
    shown = cells(show(tallies, is_settled=is_settled))
    real = truth(tallies)
    assert all(value is None or value == real[cell] >= LEAST for cell, value in shown.items())
    hidden = {cell for cell, value in shown.items() if value is None}
    for other in neighbours(tallies):
        if not hidden:
            break
        if cells(show(other, is_settled=is_settled)) == shown:
            hidden -= {cell for cell, value in truth(other).items() if value != real[cell]}
    assert hidden == set(), "whoever sees the table can tell what these are"


def test_all_is_shown_where_every_part_is_large_enough() -> None:
    tallies = {"east": a_tally(12, 5, 6, 7), "west": a_tally(10, 5, 5, 5)}
    assert cells(show(tallies, is_settled=True)) == truth(tallies)


def test_one_small_team_hides_every_team_but_not_the_area() -> None:
    shown = show({"east": a_tally(20, 10, 10, 10), "west": a_tally(4, 2, 2, 2)}, is_settled=True)
    assert shown.area["received"] == 24
    assert {row["received"] for row in shown.teams.values()} == {None}


def test_one_small_part_hides_its_other_half_and_the_area_s_where_teams_are_shown() -> None:
    shown = show({"east": a_tally(20, 10), "west": a_tally(20, 4)}, is_settled=False)
    assert (shown.teams["east"]["under_18"], shown.teams["west"]["adult"], shown.area["under_18"]) == (10, None, None)
    assert shown.teams["west"]["received"] == 20


def test_in_time_waits_until_it_is_final() -> None:
    tallies = {"east": a_tally(20, 10, 10, 10)}
    assert show(tallies, is_settled=False).area["in_time"] is None
    assert show(tallies, is_settled=True).area["not_in_time"] == 10


def test_an_area_without_teams_shows_nothing() -> None:
    assert set(show({}, is_settled=True).area.values()) == {None}


def test_every_part_belongs_to_one_split() -> None:
    parts = [part for split in SPLITS for part in split]
    assert len(parts) == len(set(parts))
    assert set(Counted(is_adult=False, is_helped=True).measures) == {"received", "under_18", "helper"}


def test_months() -> None:
    assert month_of(date(2026, 3, 31)) == "2026-03"
    assert (end_of("2026-11"), end_of("2026-12")) == (date(2026, 12, 1), date(2027, 1, 1))
    assert months_between(date(2026, 11, 20), date(2027, 1, 31)) == ["2026-11", "2026-12"]
    assert months_between(date(2026, 11, 20), date(2027, 2, 1))[-1] == "2027-01"
    assert months_between(date(2026, 11, 20), date(2026, 11, 30)) == []
