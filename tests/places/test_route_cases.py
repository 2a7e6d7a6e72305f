"""The table of real homes and surgeries: each with where it leads, worked out from the official files by hand.

The councils come from OS Code-Point Open 2025.4.0, the sides of East Suffolk from the ONS directory by way of the
prefix rules, the surgeries from epraccur of February 2026, the teams from the areas' own pages.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from portal.areas.area import Areas
from portal.areas.loading import load_areas
from portal.areas.routing import Outcome, choose_team
from portal.places.builder import build
from portal.places.outward import Places
from portal.places.place_file import Found, PlaceFile
from portal.places.postcode import PostcodeFault, normalise
from portal.places.surgeries import Surgery
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
    """The places that the cases are asked of: with the official files alone, and with a few lines of a directory."""

    said: str
    plain: PlaceFile
    with_directory: PlaceFile
    cases: list[Case]
    areas: Areas
    outward: Places


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Country:
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
    files = {"plain.bin": [official.code_point], "with_directory.bin": [official.code_point, directory]}
    for name, postcodes in files.items():
        build(postcodes, official.practices, official.sub_icbs, folder / name, today=TODAY, sample=True)
    loaded = [PlaceFile.load(folder / name) for name in files]
    return Country(official.said, *loaded, told, load_areas(), Places.load())


def sample_row(case: Case) -> tuple[str, int, int, str, str]:
    return normalise(case["postcode"]), 500_000, 300_000, case["council"], case["ward"]


def led(case: Case, country: Country) -> Outcome:
    """Answer as a person does who says yes to what the place file proposes."""
    places = country.with_directory if case["directory"] else country.plain
    answers: dict[str, dict[str, str]] = {}
    for pair in case["answers"].split():
        key, _, value = pair.partition("=")
        answers["postcode" if key == "no_postcode" else key] = {key: value}
    if case["born"]:
        answers["date_of_birth"] = dict(zip(("year", "month", "day"), case["born"].split("-"), strict=True))
    postcode = normalise(case["postcode"]) if case["postcode"] else ""
    found = places.council_of(postcode) if postcode else None
    for key, value in {"postcode": postcode, **proposed(found, places.surgeries.get(case["gp"]))}.items():
        if value:
            answers.setdefault(key, {key: value})
    candidates = country.outward.candidates(postcode).councils if postcode else None
    return choose_team(country.areas, answers, DAY, candidates=candidates)


def proposed(found: Found | None, surgery: Surgery | None) -> dict[str, str]:
    """Return the answers that a postcode and a surgery suggest."""
    answers = {"gp_north_east_essex": ("yes" if surgery.sub_icb == "06T" else "no") if surgery else ""}
    if found:
        answers["council"] = found.council
        answers["waveney"] = {"waveney": "yes", "rest": "no"}.get(found.part or "", "")
        answers["suffolk_side"] = {"06L": "east", "07K": "west"}.get(found.sub_icb or "", "")
    return answers


def test_every_case_leads_where_the_table_says(country: Country) -> None:
    wrong = []
    for case in country.cases:
        try:
            outcome = led(case, country)
        except PostcodeFault as fault:
            kind, where, reason = "refused", "", str(fault)
        else:
            signpost = outcome.signpost.id if outcome.signpost else None
            kind, where, reason = outcome.kind, outcome.team_id or signpost or outcome.ask or "", outcome.reason
        right = where == (case["team"] or case["signpost"] or case["ask"]) and case["reason"] in reason
        if not right or kind != case["outcome"]:
            wrong.append((case["postcode"], case["gp"], case["answers"], case["note"], kind, where, reason))
    assert wrong == [], f"read from {country.said}"
