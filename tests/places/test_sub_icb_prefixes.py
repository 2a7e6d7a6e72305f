"""Councils that lie in two sub-ICBs, where the ONS directory is not at hand."""

from pathlib import Path

from portal.places.build.official.sub_icbs import PREFIXES, SubIcbs
from portal.places.build.own_tables import make_tables
from portal.places.build.rules import sure_prefixes
from tests.support.official import EAST_SUFFOLK, Official, write_code_point, write_lines

KNOWN = {
    "IP12 1AA": "06L",
    "NR33 1AA": "26A",
    "IP18 6AA": "26A",
    "IP18 6AB": "26A",
    "IP18 6SA": "26A",
    "IP18 6SH": "06L",
    "IP18 7AA": "06L",
}


def test_as_few_prefixes_as_tell_the_known_postcodes_apart() -> None:
    assert sure_prefixes(KNOWN) == {
        "IP12": "06L",
        "IP18 6A": "26A",
        "IP18 6SA": "26A",
        "IP18 6SH": "06L",
        "IP18 7": "06L",
        "NR33": "26A",
    }


def test_a_new_postcode_goes_with_those_it_resembles_and_else_stays_open() -> None:
    learnt = SubIcbs(by_prefix={("E1", prefix): sub_icb for prefix, sub_icb in sure_prefixes(KNOWN).items()})
    assert [learnt.of_home("E1", postcode) for postcode in KNOWN] == list(KNOWN.values())
    assert learnt.of_home("E1", "NR33 9ZZ") == "26A"
    assert learnt.of_home("E1", "IP18 6ZZ") is None
    assert learnt.of_home("E2", "NR33 1AA") is None


def test_the_table_is_made_from_the_official_files(tmp_path: Path) -> None:
    rows = [(postcode, 1, 1, EAST_SUFFOLK, "") for postcode in KNOWN]
    rules = write_lines(tmp_path / "rules.csv", [(prefix, f"{EAST_SUFFOLK}/{told}") for prefix, told in KNOWN.items()])
    make_tables(
        write_code_point(tmp_path / "codepo.zip", rows), rules, tmp_path / "outward.csv", tmp_path / "table.csv"
    )
    told = (tmp_path / "table.csv").read_text(encoding="utf-8")
    assert "Contains Royal Mail data © Royal Mail copyright and database right 2025." in told
    assert told.splitlines()[-2:] == [f"{EAST_SUFFOLK},IP18 7,06L", f"{EAST_SUFFOLK},NR33,26A"]


def test_the_table_in_use_is_what_the_official_files_give(official: Official, tmp_path: Path) -> None:
    make_tables(official.code_point, official.rules, tmp_path / "outward.csv", tmp_path / "table.csv")
    made, used = (path.read_text(encoding="utf-8").splitlines() for path in (tmp_path / "table.csv", PREFIXES))
    assert made[:6] == used[:6]
    assert made == used or not official.whole, f"read from {official.said}"
