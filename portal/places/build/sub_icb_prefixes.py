"""Make the table of councils that lie in more than one sub-ICB: which of them the postcodes of each part begin with.

    python -m portal.places.build.sub_icb_prefixes codepo_gb.zip postcode_prefix_rules.csv

A rule such as `E07000244/26A` names a council and the sub-ICB of a part of it. The builder uses the table where the ONS
directory, which tells the sub-ICB of every postcode, is not at hand.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from pathlib import Path

from portal.places.build.official.code_point import open_code_point
from portal.places.build.official.sub_icbs import PREFIXES
from portal.places.build.rules import sure_prefixes

ATTRIBUTION = """\
# Councils in more than one sub-ICB: beginnings of postcodes that lie in one of them alone, and its NHS code.
# Made by portal/places/build/sub_icb_prefixes.py from OS Code-Point Open {version} and the ONS postcode directory.
# Contains OS data © Crown copyright and database right {year}.
# Contains Royal Mail data © Royal Mail copyright and database right {year}.
# Source: Office for National Statistics licensed under the Open Government Licence v.3.0.
"""


def write_table(code_point: Path, rules: Path, to: Path) -> None:
    """Write the table. The rules were made from the ONS directory, the postcodes are those of Code-Point Open."""
    with rules.open(encoding="utf-8", newline="") as file:
        by_prefix = {prefix: answer.partition("/")[::2] for prefix, answer in csv.reader(file)}
    edition = open_code_point(code_point)
    parts: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in edition.rows():
        text = row.postcode
        ends = range(len(text), 0, -1)
        council, sub_icb = next((by_prefix[text[:end]] for end in ends if text[:end] in by_prefix), ("", ""))
        if sub_icb and council == row.council:
            parts[council][text] = sub_icb
    with to.open("w", encoding="utf-8", newline="") as file:
        file.write(ATTRIBUTION.format(version=edition.version, year=edition.version[:4]))
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("council", "begins", "sub_icb"))
        for council, told in sorted(parts.items()):
            out.writerows((council, *rule) for rule in sure_prefixes(told).items())


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the table of councils in more than one sub-ICB.")
    parser.add_argument("code_point", type=Path)
    parser.add_argument("rules", type=Path)
    parser.add_argument("--to", type=Path, default=PREFIXES)
    given = parser.parse_args()
    write_table(given.code_point, given.rules, given.to)


if __name__ == "__main__":
    main()
