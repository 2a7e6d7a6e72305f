"""Make the outward-code table from the official postcode file.

    python -m portal.places.build.outward codepo_gb.zip [--rules postcode_prefix_rules.csv]

Code-Point Open for all of Great Britain is enough by itself. With a part of it, `--rules` (postcode or prefix,
council) fills in the postcode areas that the part leaves out.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import tomllib
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from portal.places.outward import TABLE, Candidates
from portal.places.postcode import BORDER_AREAS, outward_code

AREA_FILES = Path(__file__).parents[2] / "areas" / "data"
POSTCODE, DISTRICT = 0, 8
WHOLE_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?( .*)?")
ATTRIBUTION = """\
# Outward codes of the five areas: the councils each may lie in (likeliest first), and whether a part lies elsewhere.
# Made by portal/places/build/outward.py from OS Code-Point Open {version}.
# Contains OS data © Crown copyright and database right {year}.
# Contains Royal Mail data © Royal Mail copyright and database right {year}.
# Source: Office for National Statistics licensed under the Open Government Licence v.3.0.
"""

Pair = tuple[str, str]
"""A postcode (or an outward code) and the ONS code of its council, empty where it is not known."""


def read_code_point(archive: Path) -> Iterator[Pair]:
    """Yield the postcodes of a Code-Point Open zip as published."""
    with zipfile.ZipFile(archive) as files:
        for name in sorted(files.namelist()):
            if name.startswith("Data/CSV/") and name.endswith(".csv"):
                with files.open(name) as file:
                    for row in csv.reader(io.TextIOWrapper(file, encoding="utf-8")):
                        yield row[POSTCODE], row[DISTRICT]


def read_rules(path: Path, leave_out: frozenset[str]) -> Iterator[Pair]:
    """Yield the rules of every outward code, save those of postcode areas already known."""
    with path.open(encoding="utf-8", newline="") as file:
        for prefix, council in csv.reader(file):
            if WHOLE_OUTWARD.fullmatch(prefix) and postcode_area(prefix) not in leave_out:
                yield prefix, council.partition("/")[0]


def candidates_by_outward(pairs: Iterable[Pair], ours: frozenset[str]) -> dict[str, Candidates]:
    """Count the postcodes of each outward code by council, and keep the outward codes that touch ours."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for postcode, council in pairs:
        if council:
            counts[outward_code(_spaced(postcode))][council] += 1
    found = {}
    for outward, councils in sorted(counts.items()):
        inside = sorted(ours & councils.keys(), key=lambda council: (-councils[council], council))
        if inside:
            crosses = bool(councils.keys() - ours) or postcode_area(outward) in BORDER_AREAS
            found[outward] = Candidates(tuple(inside), elsewhere=crosses)
    return found


def write_table(table: dict[str, Candidates], path: Path, version: str, year: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(ATTRIBUTION.format(version=version, year=year))
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("outward", "councils", "elsewhere"))
        for outward, found in table.items():
            rows.writerow((outward, " ".join(found.councils), "yes" if found.elsewhere else "no"))


def postcode_area(postcode: str) -> str:
    """Return the letters that a postcode begins with."""
    return re.match(r"[A-Z]*", postcode)[0]  # type: ignore[index]  # an empty run always matches


def councils_of_the_areas(folder: Path = AREA_FILES) -> frozenset[str]:
    files = (tomllib.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.toml"))
    return frozenset(council["code"] for file in files for council in file.get("councils", ()))


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the outward-code table.")
    parser.add_argument("code_point", type=Path)
    parser.add_argument("--rules", type=Path)
    parser.add_argument("--version", required=True, help="of Code-Point Open, such as 2025.4.0")
    parser.add_argument("--to", type=Path, default=TABLE)
    given = parser.parse_args()
    pairs = list(read_code_point(given.code_point))
    if given.rules:
        known = frozenset(postcode_area(postcode) for postcode, _ in pairs)
        pairs += read_rules(given.rules, known)
    table = candidates_by_outward(pairs, councils_of_the_areas())
    write_table(table, given.to, given.version, given.version.partition(".")[0])


def _spaced(postcode: str) -> str:
    """Code-Point Open writes seven characters, so that a long postcode has no space."""
    return postcode if " " in postcode or len(postcode) <= 4 else f"{postcode[:-3]} {postcode[-3:]}"


if __name__ == "__main__":
    main()
