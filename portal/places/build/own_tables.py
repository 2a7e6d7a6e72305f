"""Make the two tables of postcodes that come with the portal, which serve where an official file is not at hand.

    python -m portal.places.build.own_tables codepo_gb.zip postcode_prefix_rules.csv

`outward_codes.csv` names the councils of our areas in each first part of a postcode. `sub_icb_prefixes.csv` tells which
postcodes of a council in more than one sub-ICB lie in which. A rule is a beginning of postcodes and its council, with
the sub-ICB where the council has two (`E07000244/26A`); rules also stand for the postcode areas that this copy of
Code-Point Open leaves out.
"""

from __future__ import annotations

import argparse
import csv
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from portal.places.build.official.code_point import CodePoint, open_code_point
from portal.places.build.official.sub_icbs import PREFIXES
from portal.places.build.rules import sure_prefixes
from portal.places.outward import TABLE, Candidates
from portal.places.own_table import write_table
from portal.places.postcode import BORDER_AREAS, area_of, outward_code

AREA_FILES = Path(__file__).parents[2] / "areas" / "data"
WHOLE_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?( .*)?")
OUTWARD = (
    "Outward codes of our areas: the councils each may lie in, likeliest first, and whether a part lies elsewhere."
)
DIVIDED = "Councils in more than one sub-ICB: beginnings of postcodes that lie in one of them alone, and its NHS code."
ATTRIBUTION = """
Made by portal/places/build/own_tables.py from OS Code-Point Open {version} and the ONS postcode directory.
Contains OS data © Crown copyright and database right {year}.
Contains Royal Mail data © Royal Mail copyright and database right {year}.
Source: Office for National Statistics licensed under the Open Government Licence v.3.0."""

Rules = Mapping[str, str]


def longest(rules: Rules, postcode: str) -> str:
    """Return what the longest rule that fits says of a postcode."""
    ends = range(len(postcode), 0, -1)
    return next((rules[postcode[:end]] for end in ends if postcode[:end] in rules), "")


def places_of(edition: CodePoint, rules: Rules) -> Iterator[tuple[str, str]]:
    """Yield postcodes, or beginnings of them where the edition leaves out their area, each with its council."""
    yield from ((row.postcode, row.council) for row in edition.rows() if row.council)
    for prefix, told in rules.items():
        if WHOLE_OUTWARD.fullmatch(prefix) and area_of(prefix) not in edition.members:
            yield prefix, told.partition("/")[0]


def candidates_by_outward(places: Iterable[tuple[str, str]], ours: frozenset[str]) -> dict[str, Candidates]:
    """Count the postcodes of each outward code by council, and keep the outward codes that touch ours."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for postcode, council in places:
        counts[outward_code(postcode)][council] += 1
    found = {}
    for outward, councils in sorted(counts.items()):
        inside = sorted(ours & councils.keys(), key=lambda council: (-councils[council], council))
        if inside:
            crosses = bool(councils.keys() - ours) or area_of(outward) in BORDER_AREAS
            found[outward] = Candidates(tuple(inside), elsewhere=crosses)
    return found


def divided_councils(edition: CodePoint, rules: Rules) -> Iterator[tuple[str, str, str]]:
    """Yield council, beginning and sub-ICB for the councils of whose postcodes the rules know the sub-ICB."""
    parts: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in edition.rows():
        council, _, sub_icb = longest(rules, row.postcode).partition("/")
        if sub_icb and council == row.council:
            parts[council][row.postcode] = sub_icb
    for council, told in sorted(parts.items()):
        yield from ((council, *rule) for rule in sure_prefixes(told).items())


def councils_of_the_areas(folder: Path = AREA_FILES) -> frozenset[str]:
    files = (tomllib.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.toml"))
    return frozenset(council["code"] for file in files for council in file.get("councils", ()))


def make_tables(code_point: Path, rules_file: Path, outward: Path = TABLE, divided: Path = PREFIXES) -> None:
    """Write both tables."""
    edition = open_code_point(code_point)
    with rules_file.open(encoding="utf-8", newline="") as file:
        rules = dict(csv.reader(file))
    said = ATTRIBUTION.format(version=edition.version, year=edition.version[:4])
    found = candidates_by_outward(places_of(edition, rules), councils_of_the_areas())
    lines = ((code, " ".join(one.councils), "yes" if one.elsewhere else "no") for code, one in found.items())
    write_table(outward, OUTWARD + said, [("outward", "councils", "elsewhere"), *lines])
    write_table(divided, DIVIDED + said, [("council", "begins", "sub_icb"), *divided_councils(edition, rules)])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make the tables of postcodes that come with the portal.")
    parser.add_argument("code_point", type=Path)
    parser.add_argument("rules", type=Path)
    given = parser.parse_args()
    make_tables(given.code_point, given.rules)
