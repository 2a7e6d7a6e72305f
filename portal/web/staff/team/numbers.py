"""Numbers with no names: monthly counts of one's areas, fit to be shown to anybody, with a chart and as CSV."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from flask import Blueprint, Response, render_template
from werkzeug.wrappers import Response as AnyResponse

from portal.domain.counting import COLUMNS, LEAST, Row
from portal.form.question import N_
from portal.referrals.monthly_counts import Month, months_of
from portal.teams.look import team_names
from portal.teams.staff import StaffSession
from portal.web.frame.access import access
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.staff.guard import at_work
from portal.web.staff.roles import for_roles

Answer = AnyResponse | str | tuple[str, int]
SHOWN_MONTHS = 12
COLUMN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "received": N_("Received"),
        "under_18": N_("Under 18"),
        "adult": N_("18 or over"),
        "self": N_("For themselves"),
        "helper": N_("With a helper"),
        "in_time": N_("In time"),
        "not_in_time": N_("Not in time"),
    }
)


@dataclass(frozen=True)
class Bar:
    """One month of the chart; `percent` of the longest bar."""

    month: str
    figure: str
    percent: int


@dataclass(frozen=True)
class AreaView:
    """One area: its chart, a line for each month, and the teams' lines of the months that show them."""

    name: str
    bars: list[Bar]
    rows: list[list[str]]
    team_tables: list[tuple[str, list[list[str]]]]


def add_numbers_pages(staff: Blueprint) -> None:
    """Add the pages."""
    staff.add_url_rule("/numbers", "numbers", numbers)
    staff.add_url_rule("/numbers.csv", "numbers_csv", as_csv)


@access("staff")
@for_roles("lead", "coordinator", "auditor")
def numbers() -> Answer:
    """Show the last twelve months of each of one's areas."""
    names = team_names(runtime().engine)
    views = [_view(area_id, _months(area_id)[:SHOWN_MONTHS], names) for area_id in _area_ids(at_work())]
    columns = [_(COLUMN_WORDS[column]) for column in COLUMNS]
    return render_template("staff/numbers.html", areas=views, columns=columns, least=LEAST)


@access("staff")
@for_roles("lead", "coordinator", "auditor")
def as_csv() -> Answer:
    """Give every month as a CSV file. A hidden figure is an empty cell."""
    out = io.StringIO()
    csv.writer(out).writerows(_csv_rows(at_work()))
    headers = {"Content-Disposition": "attachment; filename=numbers.csv"}
    return Response(out.getvalue(), mimetype="text/csv", headers=headers)


def _csv_rows(staff: StaffSession) -> Iterator[list[str]]:
    yield ["month", "area", "team", *COLUMNS]
    for area_id in _area_ids(staff):
        for month in _months(area_id):
            for team_id, row in (("all", month.shown.area), *sorted(month.shown.teams.items())):
                cells = ("" if row[column] is None else str(row[column]) for column in COLUMNS)
                yield [month.month, area_id, team_id, *cells]


def _area_ids(staff: StaffSession) -> list[str]:
    """Return the areas whose numbers somebody may see: those they work for, and those of teams that they lead."""
    led = {team.area_id for team in staff.teams if team.role == "lead"}
    return sorted(led | {each.area_id for each in staff.areas})


def _months(area_id: str) -> list[Month]:
    return months_of(runtime().engine, area_id, runtime().now())


def _view(area_id: str, months: list[Month], names: dict[str, str]) -> AreaView:
    area = runtime().areas.get(area_id)
    most = max((month.shown.area["received"] or 0 for month in months), default=0) or 1
    bars = []
    for month in reversed(months):
        figure = month.shown.area["received"]
        bars.append(Bar(month_words(month.month), figure_words(figure), 100 * (figure or 0) // most))
    return AreaView(
        name=area_id if area is None else area.name,
        bars=bars,
        rows=[_cells(month_words(month.month), month.shown.area) for month in months],
        team_tables=[(month_words(month.month), rows) for month in months if (rows := _team_rows(month, names))],
    )


def _team_rows(month: Month, names: dict[str, str]) -> list[list[str]]:
    """Return the teams' lines; none where they are hidden, or where one team is the whole area."""
    teams = month.shown.teams
    if len(teams) < 2 or any(row["received"] is None for row in teams.values()):
        return []
    return [_cells(names[team_id], row) for team_id, row in sorted(teams.items())]


def _cells(name: str, row: Row) -> list[str]:
    return [name, *(figure_words(row[column]) for column in COLUMNS)]


def figure_words(figure: int | None) -> str:
    """Return a figure, or that it is hidden."""
    return _("hidden") if figure is None else str(figure)


def month_words(month: str) -> str:
    """Return a month in words."""
    return f"{date.fromisoformat(month + '-01'):%B %Y}"
