"""Postcode to council: exact on every postcode of the official file, and honest about those it does not hold."""

import csv
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from portal.places.build.builder import build
from portal.places.build.official.code_point import open_code_point
from portal.places.build.rules import shortest_rules
from portal.places.place_file import Found, PlaceFile
from portal.places.postcode import prefixes, spaced
from tests.support.official import (
    BABERGH,
    EAST_SUFFOLK,
    LAMBETH,
    SOUTHWARK,
    TODAY,
    Official,
    write_directory,
)

WALES = "W"


def longest_prefix(rules: dict[str, str], postcode: str) -> str:
    """Answer as the prefix rules do."""
    return next((rules[postcode[:end]] for end in range(len(postcode), 0, -1) if postcode[:end] in rules), "")


def agrees(found: Found | None, rule: str) -> bool:
    """Say whether a rule, "E07000244/26A" where it knows the sub-ICB or else a council alone, says the same."""
    council, _, sub_icb = rule.partition("/")
    return found is not None and found.council == council and sub_icb in ("", found.sub_icb)


def test_every_postcode_has_its_council_and_answers_as_the_prefix_rules_do(
    official: Official, built: PlaceFile
) -> None:
    with official.rules.open(encoding="utf-8", newline="") as file:
        rules = dict(csv.reader(file))
    wrong = []
    for row in open_code_point(official.code_point).rows():
        found = built.council_of(row.postcode)
        if row.council.startswith(WALES):
            right = found is not None and found.council == row.council
        else:
            right = agrees(found, longest_prefix(rules, row.postcode))
            right = right and found is not None and row.council in ("", found.council)
        if not right:
            wrong.append((row.postcode, row.council, found))
    assert wrong == [], f"read from {official.said}"


def postcodes_of(rules: dict[str, str]) -> Iterator[str]:
    """Yield up to three postcodes for every rule, spread over what it covers."""
    for prefix in rules:
        outward, _, inward = prefix.partition(" ")
        if any(mark.isdigit() for mark in outward[1:]):
            yield from {f"{outward} {(inward + rest[len(inward) :])[:3]}" for rest in ("0AA", "5JP", "9ZZ")}


def test_rules_made_from_the_answers_of_the_rules_of_all_england_give_the_same_answers(official: Official) -> None:
    with official.rules.open(encoding="utf-8", newline="") as file:
        rules = dict(csv.reader(file))
    told = {postcode: longest_prefix(rules, postcode) for postcode in sorted(postcodes_of(rules))}
    made = dict(shortest_rules(told.items()))
    assert len(made) < len(told)
    wrong = [
        postcode
        for postcode, answer in told.items()
        if next(made[prefix] for prefix in reversed(prefixes(postcode)) if prefix in made) != answer
    ]
    assert wrong == [], f"read from {official.said}"


def test_a_postcode_that_the_official_file_lists_is_listed(official: Official, built: PlaceFile) -> None:
    rows = list(open_code_point(official.code_point).rows())[::50]
    assert all(found.listed == bool(row.council) for row in rows if (found := built.council_of(row.postcode)))


@pytest.fixture
def small(sample: Official, tmp_path: Path) -> PlaceFile:
    """A place file of the sample with a directory."""
    out = tmp_path / "places.sqlite"
    files = [sample.code_point, write_directory(tmp_path / "ONSPD_NOV_2025_UK.csv")]
    build(files, sample.practices, sample.sub_icbs, out, today=TODAY, sample=True)
    return PlaceFile.load(out)


def test_one_outward_code_in_two_councils(small: PlaceFile) -> None:
    assert small.council_of("SE1 0AB") == Found(SOUTHWARK, "72Q", ended=False, listed=True)
    assert small.council_of("SE1 7PB") == Found(LAMBETH, "72Q", ended=False, listed=True)


def test_a_new_postcode_goes_with_its_neighbours_and_says_that_it_is_not_listed(small: PlaceFile) -> None:
    assert small.council_of("SE1 7ZZ") == Found(LAMBETH, "72Q", ended=False, listed=False)
    assert small.council_of("SE1 0AZ") == Found(SOUTHWARK, "72Q", ended=False, listed=False)


def test_an_ended_postcode_is_found_and_said_to_have_ended(small: PlaceFile) -> None:
    assert small.council_of("SE5 8AB") == Found(SOUTHWARK, "72Q", ended=True, listed=True)


def test_an_ended_postcode_has_its_sub_icb(small: PlaceFile) -> None:
    found = small.council_of("NR34 9AB")
    assert found is not None
    assert (found.sub_icb, found.ended) == ("26A", True)


def test_a_first_part_that_no_file_knows_gives_nothing(small: PlaceFile) -> None:
    assert small.council_of("M1 1AE") is None
    assert small.council_of("SE99 1AA") is None


def test_a_council_in_two_sub_icbs_is_told_apart_by_postcode(sample: Official, tmp_path: Path) -> None:
    out = tmp_path / "without_directory.bin"
    build(sample.code_point, sample.practices, sample.sub_icbs, out, today=TODAY, sample=True)
    places = PlaceFile.load(out)
    parts = {
        postcode: found.sub_icb
        for postcode in ("IP18 6AA", "IP18 6SH", "IP12 1AA", "NR34 9AA", "NR34 0AA")
        if (found := places.council_of(postcode))
    }
    assert parts == {
        "IP18 6AA": "26A",
        "IP18 6SH": "06L",
        "IP12 1AA": "06L",
        "NR34 9AA": "26A",
        "NR34 0AA": None,
    }


def test_the_directory_has_the_say_on_the_sub_icb(small: PlaceFile) -> None:
    assert small.council_of("IP18 6SH") == Found(EAST_SUFFOLK, "26A", ended=False, listed=True)


def test_the_directory_tells_the_sub_icb_of_a_home_in_babergh(small: PlaceFile) -> None:
    west, east = small.council_of("CO10 1AA"), small.council_of("CO10 0AA")
    assert west == Found(BABERGH, "07K", ended=False, listed=True)
    assert east == Found(BABERGH, "06L", ended=False, listed=True)


def test_without_the_directory_nobody_guesses_the_sub_icb_of_babergh(sample: Official, tmp_path: Path) -> None:
    out = tmp_path / "without_directory.bin"
    build(sample.code_point, sample.practices, sample.sub_icbs, out, today=TODAY, sample=True)
    found = PlaceFile.load(out).council_of("CO10 1AA")
    assert found == Found(BABERGH, None, ended=False, listed=True)


def test_a_welsh_council_is_named_as_welsh(small: PlaceFile) -> None:
    found = small.council_of("GL16 8PB")
    assert found is not None
    assert found.council == "W06000021"


@pytest.mark.parametrize("padded", ["SE5 8AF", "SE58AF", "SE5  8AF"])
def test_postcodes_padded_in_the_official_ways_are_one(padded: str) -> None:
    assert spaced(padded) == "SE5 8AF"


def test_many_threads_may_ask_at_once(small: PlaceFile) -> None:
    asked = ["SE1 0AB", "SE1 7PB", "SE5 8AB", "CO10 1AA"] * 50
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(small.council_of, asked)) == [small.council_of(postcode) for postcode in asked]
