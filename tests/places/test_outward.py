"""The outward-code table, against the official postcode file where it is there, else against a sample of our own."""

import csv
from pathlib import Path

import pytest

from portal.areas.loading import load_areas
from portal.places.build.official.code_point import open_code_point
from portal.places.build.own_tables import candidates_by_outward, councils_of_the_areas, make_tables, places_of
from portal.places.outward import TABLE, Candidates, Places
from tests.support.official import Official, write_code_point, write_lines

LAMBETH, SOUTHWARK, EAST_SUFFOLK, BABERGH, WEST_SUFFOLK = (
    "E09000022",
    "E09000028",
    "E07000244",
    "E07000200",
    "E07000245",
)
NORTH_WARWICKSHIRE, CITY, LEICESTERSHIRE, NORFOLK = "E07000218", "E09000001", "E07000132", "E07000145"

SAMPLE = (
    ("SE1 7PB", LAMBETH),
    ("SE1 0AA", SOUTHWARK),
    ("SE1 0AB", SOUTHWARK),
    ("CV9 1AA", NORTH_WARWICKSHIRE),
    ("CV9 3AA", LEICESTERSHIRE),
    ("EC1A 1BB", CITY),
    ("IP18 6AA", EAST_SUFFOLK),
    ("NR34 9AA", EAST_SUFFOLK),
    ("NR34 0AA", NORFOLK),
    ("NR1 1AA", NORFOLK),
    ("IP1 9ZZ", ""),
)


def of_the_sample(folder: Path, rules: dict[str, str] | None = None) -> dict[str, Candidates]:
    rows = [(postcode, 1, 1, council, "E05000001") for postcode, council in SAMPLE]
    edition = open_code_point(write_code_point(folder / "codepo.zip", rows))
    return candidates_by_outward(places_of(edition, rules or {}), councils_of_the_areas())


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.load()


def test_every_postcode_of_the_five_areas_has_its_council_among_the_candidates(
    places: Places, official: Official
) -> None:
    ours = councils_of_the_areas()
    rows = [row for row in open_code_point(official.code_point).rows() if row.council in ours]
    assert [row for row in rows if row.council not in places.candidates(row.postcode).councils] == []


def test_every_council_of_the_areas_is_a_candidate_somewhere(places: Places) -> None:
    named = {council for found in places.by_outward.values() for council in found.councils}
    assert named == {council.code for area in load_areas().all for council in area.councils}


@pytest.mark.parametrize(
    ("postcode", "councils", "elsewhere"),
    [
        ("SE1 7PB", {LAMBETH, SOUTHWARK}, False),
        ("CV9 1AA", {NORTH_WARWICKSHIRE}, True),
        ("EC1A 1BB", {CITY}, True),
        ("CO10 1AA", {BABERGH, WEST_SUFFOLK}, True),
        ("IP18 6AA", {EAST_SUFFOLK}, False),
        ("NR34 9AA", {EAST_SUFFOLK}, True),
        ("E1W 1YY", {"E09000030"}, False),
        ("OX7 6AA", {"E07000079", "E07000221"}, True),
        ("NP16 7AA", {"E07000080"}, True),
        ("M1 1AE", set(), True),
    ],
)
def test_awkward_outward_codes(places: Places, postcode: str, councils: set[str], elsewhere: bool) -> None:
    found = places.candidates(postcode)
    assert set(found.councils) == councils
    assert found.elsewhere is elsewhere


def test_the_likeliest_council_comes_first(tmp_path: Path) -> None:
    assert of_the_sample(tmp_path)["SE1"] == Candidates((SOUTHWARK, LAMBETH), elsewhere=False)


def test_the_builder_keeps_only_outward_codes_of_our_councils(tmp_path: Path) -> None:
    table = of_the_sample(tmp_path)
    assert set(table) == {"SE1", "CV9", "EC1A", "IP18", "NR34"}
    assert table["NR34"] == Candidates((EAST_SUFFOLK,), elsewhere=True)


def test_rules_fill_in_only_the_postcode_areas_that_are_not_there(tmp_path: Path) -> None:
    rules = {"OX7": "E07000181", "OX7 6": "E07000079", "IP1 1AA": "E07000202", "8": "E07000096"}
    table = of_the_sample(tmp_path, rules | {"GL1": "E07000081", "LE1": f"{EAST_SUFFOLK}/26A"})
    assert table.keys() - of_the_sample(tmp_path).keys() == {"OX7", "GL1", "LE1"}
    assert table["OX7"] == Candidates(("E07000079",), elsewhere=True)
    assert table["LE1"] == Candidates((EAST_SUFFOLK,), elsewhere=False)


def test_a_written_table_is_read_back_with_its_attribution(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("codepo.zip", "rules.csv", "outward.csv", "divided.csv")]
    write_code_point(files[0], [(postcode, 1, 1, council, "") for postcode, council in SAMPLE])
    write_lines(files[1], [])
    make_tables(*files)
    assert Places.load(files[2]).by_outward == of_the_sample(tmp_path)
    words = files[2].read_text(encoding="utf-8")
    assert "# Contains OS data © Crown copyright and database right 2025." in words
    assert "# Contains Royal Mail data © Royal Mail copyright and database right 2025." in words
    assert [source.version for source in Places.load(files[2]).sources] == ["2025.4.0"]


def test_the_table_in_use_is_sorted_and_has_no_outward_code_twice() -> None:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    outwards = [row["outward"] for row in csv.DictReader(lines)]
    assert outwards == sorted(set(outwards))
