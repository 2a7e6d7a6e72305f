"""The table of real homes and surgeries: each with where it leads, worked out from the official files by hand.

The councils come from OS Code-Point Open 2025.4.0, the sides of East Suffolk from the ONS directory by way of the
prefix rules, the surgeries from epraccur of February 2026, the teams from the areas' own pages.
"""

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.areas.loading import load_areas
from portal.cli import main
from portal.places.postcode import normalise
from tests.support.official import TODAY, found_files, sample_files, write_code_point, write_directory, write_practices

HERE = Path(__file__).parent
DAY = TODAY.replace(day=20)
SURGERIES = (
    ("D83059", "BARRACK LANE MEDICAL CENTRE", ("1 BARRACK LANE", "", "", "IPSWICH", ""), "IP1 3NQ", "06L"),
    ("F81019", "MAYFLOWER MEDICAL CENTRE", ("419 MAIN ROAD", "", "", "HARWICH", ""), "CO12 4EX", "06T"),
    ("F81679", "HIGHWOODS SURGERY", ("HIGHWOODS SQUARE", "", "", "COLCHESTER", ""), "CO4 9SR", "06T"),
    ("F81757", "THE RIVERSIDE HEALTH CTR", ("STATION ROAD", "", "", "MANNINGTREE", ""), "CO11 1AA", "06T"),
)
"""The surgeries that the cases name, for where epraccur is not there."""
NEEDS_NEIGHBOURS = "a new postcode"
Case = dict[str, str]


def cases() -> list[Case]:
    with (HERE / "route_cases.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_holds_two_hundred_cases_and_the_awkward_ones() -> None:
    rows = cases()
    assert len(rows) >= 200
    told = " ".join(f"{row['postcode']} {row['note']}" for row in rows)
    for awkward in (
        "SE1 is split",
        "CV9 is partly",
        "EC1A is partly",
        "CO10 in Braintree",
        "IP18 on the Waveney border",
        "IP19 on the Waveney border",
        "NR34 on the Waveney border",
        "E1W",
        "Highwoods Surgery, Colchester",
        "no fixed address",
        "a new postcode",
        "ended in June 1996",
        "Scotland",
        "lower case",
        "extra spaces",
        "letter O for zero",
        "has closed",
    ):
        assert awkward in told


def test_every_case_says_where_it_leads() -> None:
    wanted = {"team": "team", "signpost": "signpost", "ask": "ask", "refused": "reason"}
    assert [row for row in cases() if not row[wanted[row["outcome"]]]] == []
    assert [row for row in cases() if row["outcome"] in ("team", "signpost") and not row["reason"]] == []


@dataclass(frozen=True)
class Country:
    """Two instances to ask: one with the official files alone, and one with a few lines of a directory besides."""

    said: str
    plain: Path
    with_directory: Path
    cases: list[Case]


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory, database: None) -> Country:
    """Built from the official files; where they are not there, from what the table itself says of its postcodes."""
    folder = tmp_path_factory.mktemp("country")
    official, told = found_files(), cases()
    if official is None:
        official = sample_files(folder)
        write_practices(official.practices, SURGERIES)
        write_code_point(official.code_point, sorted({sample_row(case) for case in told if case["council"]}))
        told = [case for case in told if not case["note"].startswith(NEEDS_NEIGHBOURS)]
    with (HERE / "route_directory.csv").open(encoding="utf-8", newline="") as file:
        entries = [tuple(row.values()) for row in csv.DictReader(file)]
    directory = write_directory(folder / "onspd.csv", entries)
    built = Country(official.said, folder / "plain", folder / "with_directory", told)
    for instance, postcodes in ((built.plain, [official.code_point]), (built.with_directory, [directory])):
        files = [*dict.fromkeys([official.code_point, *postcodes])]
        options = [word for file in files for word in ("--postcodes", str(file))]
        options += ["--gps", str(official.practices), "--sub-icbs", str(official.sub_icbs), "--sample"]
        answer = portal(instance, "places", "build", *options)
        assert answer.exit_code == 0, answer.output
    return built


def sample_row(case: Case) -> tuple[str, int, int, str, str]:
    return normalise(case["postcode"]), 500_000, 300_000, case["council"], case["ward"]


def portal(instance: Path, *words: str) -> Result:
    """Run a portal command in this process."""
    return CliRunner().invoke(main, words, env={"PORTAL_INSTANCE": str(instance)})


def options_of(case: Case) -> list[str]:
    """Return the options of `portal route` for a case."""
    options = [word for pair in case["answers"].split() for word in ("--answer", pair)]
    for name in ("postcode", "born", "gp"):
        options += [f"--{name}", case[name]] if case[name] else []
    return [*options, "--on", DAY.isoformat(), "--json"]


def test_every_case_leads_where_the_table_says(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.areas.loading.load_areas", cache(load_areas))
    wrong = []
    for case in country.cases:
        answer = portal(country.with_directory if case["directory"] else country.plain, "route", *options_of(case))
        told = {"outcome": "refused", "reason": answer.stderr} if answer.exit_code else json.loads(answer.stdout)
        where = told.get("team") or told.get("signpost") or told.get("ask") or ""
        right = where == (case["team"] or case["signpost"] or case["ask"]) and case["reason"] in told["reason"]
        if not right or told["outcome"] != case["outcome"]:
            wrong.append((case["postcode"], case["gp"], case["answers"], case["note"], told))
    assert wrong == [], f"read from {country.said}"
