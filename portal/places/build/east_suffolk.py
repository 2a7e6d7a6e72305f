"""Which part of East Suffolk: Waveney (sub-ICB 26A, Norfolk and Waveney) or the rest (06L, Ipswich and East Suffolk).

The ONS directory says it of every postcode. Without it, Code-Point Open's ward does: of East Suffolk's 29 wards, 26 lie
wholly on one side. The postcodes of the three divided wards are listed in data/east_suffolk.csv; a postcode there
that is newer than the list, and resembles none on it, stays open, and the person is asked.

    python -m portal.places.build.east_suffolk codepo_gb.zip postcode_prefix_rules.csv    makes that list again.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portal.places.build.official.code_point import open_code_point

EAST_SUFFOLK = "E07000244"
WAVENEY_SUB_ICB, REST_SUB_ICB = "26A", "06L"
LIST = Path(__file__).parent / "data" / "east_suffolk.csv"
SHORTEST_TAIL = 2
"""A prefix on the list is at least a sector: a postcode without its last two letters."""
ATTRIBUTION = """\
# The wards of East Suffolk by sub-ICB (26A: the Waveney part), and the postcodes of the wards that lie in both.
# Made by portal/places/build/east_suffolk.py from OS Code-Point Open {version} and the ONS postcode directory.
# Contains OS data © Crown copyright and database right {year}.
# Contains Royal Mail data © Royal Mail copyright and database right {year}.
# Source: Office for National Statistics licensed under the Open Government Licence v.3.0.
"""


@dataclass(frozen=True)
class EastSuffolk:
    """Wards and, for divided wards, postcode prefixes, each with its sub-ICB."""

    wards: Mapping[str, str] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path = LIST) -> EastSuffolk:
        kinds: dict[str, dict[str, str]] = {"ward": {}, "postcode": {}}
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(line for line in file if not line.startswith("#")):
                kinds[row["kind"]][row["begins"]] = row["sub_icb"]
        return cls(kinds["ward"], kinds["postcode"])

    def sub_icb(self, postcode: str, ward: str) -> str | None:
        """Return the sub-ICB of a postcode; None where only the person knows."""
        whole = self.wards.get(ward)
        if whole:
            return whole
        tails = range(SHORTEST_TAIL + 1)
        return next((found for tail in tails if (found := self.prefixes.get(postcode[: len(postcode) - tail]))), None)


def learn(postcodes: Iterable[tuple[str, str, str]]) -> EastSuffolk:
    """Return the shortest list that tells every one of these (postcode, ward, sub-ICB)."""
    known = list(postcodes)
    wards = _one_sided((ward, side) for _, ward, side in known)
    left = [(postcode, side) for postcode, ward, side in known if ward not in wards]
    prefixes: dict[str, str] = {}
    for tail in range(SHORTEST_TAIL, -1, -1):
        sure = _one_sided((postcode[: len(postcode) - tail], side) for postcode, side in left)
        prefixes |= sure
        left = [(postcode, side) for postcode, side in left if postcode[: len(postcode) - tail] not in sure]
    return EastSuffolk(dict(sorted(wards.items())), dict(sorted(prefixes.items())))


def _one_sided(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the names that occur with one side alone, and that side."""
    sides: defaultdict[str, set[str]] = defaultdict(set)
    for name, side in named:
        sides[name].add(side)
    return {name: next(iter(found)) for name, found in sides.items() if len(found) == 1}


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the list of East Suffolk's two sides.")
    parser.add_argument("code_point", type=Path)
    parser.add_argument("rules", type=Path)
    given = parser.parse_args()
    with given.rules.open(encoding="utf-8", newline="") as file:
        rules = dict(csv.reader(file))
    edition = open_code_point(given.code_point)
    rows = []
    for row in edition.rows():
        if row.council == EAST_SUFFOLK:
            text = row.postcode
            longest = next(rules[text[:end]] for end in range(len(text), 0, -1) if text[:end] in rules)
            rows.append((row.postcode, row.ward, longest.partition("/")[2]))
    learnt = learn(rows)
    with LIST.open("w", encoding="utf-8", newline="") as file:
        file.write(ATTRIBUTION.format(version=edition.version, year=edition.version[:4]))
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("kind", "begins", "sub_icb"))
        out.writerows(("ward", ward, side) for ward, side in learnt.wards.items())
        out.writerows(("postcode", prefix, side) for prefix, side in learnt.prefixes.items())


if __name__ == "__main__":
    main()
