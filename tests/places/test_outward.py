"""The outward-code table, against the official postcode file where it is there, else against a sample of our own."""

import csv
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.areas.loading import load_areas
from portal.places.build.outward import (
    candidates_by_outward,
    councils_of_the_areas,
    postcode_area,
    read_code_point,
    read_rules,
    write_table,
)
from portal.places.outward import Candidates, Places

LAMBETH, SOUTHWARK, EAST_SUFFOLK, BABERGH, WEST_SUFFOLK = (
    "E09000022",
    "E09000028",
    "E07000244",
    "E07000200",
    "E07000245",
)
NORTH_WARWICKSHIRE, CITY, LEICESTERSHIRE, NORFOLK = "E07000218", "E09000001", "E07000132", "E07000145"
TEST_DATA = Path(os.environ.get("PORTAL_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))

SAMPLE = (
    ("SE1 7PB", LAMBETH),
    ("SE1 0AA", SOUTHWARK),
    ("SE1 0AB", SOUTHWARK),
    ("CV9 1AA", NORTH_WARWICKSHIRE),
    ("CV9 3AA", LEICESTERSHIRE),
    ("EC1A1BB", CITY),
    ("IP186AA", EAST_SUFFOLK),
    ("NR349AA", EAST_SUFFOLK),
    ("NR340AA", NORFOLK),
    ("NR1 1AA", NORFOLK),
    ("IP1 9ZZ", ""),
)


def write_sample(folder: Path) -> Path:
    archive = folder / "codepo_sample.zip"
    with zipfile.ZipFile(archive, "w") as files:
        for area in sorted({postcode_area(postcode) for postcode, _ in SAMPLE}):
            lines = [
                f'"{postcode}",10,1,1,"E92000001","E19000001","E18000001","","{council}","E05000001"\n'
                for postcode, council in SAMPLE
                if postcode_area(postcode) == area
            ]
            files.writestr(f"Data/CSV/{area.lower()}.csv", "".join(lines))
        files.writestr("Doc/readme.txt", "not postcodes")
    return archive


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.load()


@pytest.fixture(scope="module")
def code_point(tmp_path_factory: pytest.TempPathFactory) -> Path:
    official = TEST_DATA / "codepo_gb_extract.zip"
    if official.exists():
        print(f"postcodes: {official}")
        return official
    print("postcodes: the sample of this test")
    return write_sample(tmp_path_factory.mktemp("postcodes"))


def our_postcodes(code_point: Path) -> Iterator[tuple[str, str]]:
    ours = councils_of_the_areas()
    return ((postcode, council) for postcode, council in read_code_point(code_point) if council in ours)


def test_every_postcode_of_the_five_areas_has_its_council_among_the_candidates(
    places: Places, code_point: Path
) -> None:
    spaced = ((f"{postcode[:-3].strip()} {postcode[-3:]}", council) for postcode, council in our_postcodes(code_point))
    missed = [
        (postcode, council) for postcode, council in spaced if council not in places.candidates(postcode).councils
    ]
    assert missed == []


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
    table = candidates_by_outward(read_code_point(write_sample(tmp_path)), councils_of_the_areas())
    assert table["SE1"] == Candidates((SOUTHWARK, LAMBETH), elsewhere=False)


def test_the_builder_keeps_only_outward_codes_of_our_councils(tmp_path: Path) -> None:
    table = candidates_by_outward(read_code_point(write_sample(tmp_path)), councils_of_the_areas())
    assert set(table) == {"SE1", "CV9", "EC1A", "IP18", "NR34"}
    assert table["NR34"] == Candidates((EAST_SUFFOLK,), elsewhere=True)


def test_rules_fill_in_only_the_postcode_areas_that_are_not_there(tmp_path: Path) -> None:
    rules = tmp_path / "rules.csv"
    rules.write_text("OX7,E07000181\nOX7 6,E07000079\nIP1 1AA,E07000202\n8,E07000096\nNR33,E07000244/26A\n")
    assert list(read_rules(rules, leave_out=frozenset({"IP"}))) == [
        ("OX7", "E07000181"),
        ("OX7 6", "E07000079"),
        ("NR33", EAST_SUFFOLK),
    ]


def test_a_written_table_is_read_back_with_its_attribution(tmp_path: Path) -> None:
    table = {"SE1": Candidates((SOUTHWARK, LAMBETH), elsewhere=False), "CV9": Candidates((CITY,), elsewhere=True)}
    path = tmp_path / "outward.csv"
    write_table(table, path, "2025.4.0", "2025")
    assert Places.load(path).by_outward == table
    words = path.read_text(encoding="utf-8")
    assert "# Contains OS data © Crown copyright and database right 2025." in words
    assert "# Contains Royal Mail data © Royal Mail copyright and database right 2025." in words


def test_the_table_in_use_is_sorted_and_has_no_outward_code_twice() -> None:
    path = Path(__file__).parents[2] / "portal" / "places" / "data" / "outward_codes.csv"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    outwards = [row["outward"] for row in csv.DictReader(lines)]
    assert outwards == sorted(set(outwards))
