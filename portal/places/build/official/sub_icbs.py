"""The ONS look-up of small areas (LSOA) to sub-ICB locations, or its summary of councils to sub-ICB locations."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portal.places.build.official.files import open_text
from portal.places.fault import BadSource
from portal.places.own_table import DATA, read_table
from portal.places.postcode import prefixes

LSOA = re.compile(r"lsoa21cd")
ONS_CODE = re.compile(r"sicbl(\d\d)cd")
ODS_CODE = re.compile(r"sicbl(\d\d)(cdh|_ods)")
COUNCIL = re.compile(r"lad\d\dcd|lad_code")
PREFIXES = DATA / "sub_icb_prefixes.csv"
CODES = DATA / "sub_icb_codes.csv"


def _own_codes() -> dict[str, str]:
    return {row["ons"]: row["ods"] for row in read_table(CODES)[1]}


def _own_prefixes() -> dict[tuple[str, str], str]:
    return {(row["council"], row["begins"]): row["sub_icb"] for row in read_table(PREFIXES)[1]}


@dataclass(frozen=True)
class SubIcbs:
    """What the look-up says. Codes are those of the NHS Organisation Data Service, such as 06L."""

    version: str = ""
    by_ons_code: Mapping[str, str] = field(default_factory=_own_codes)
    by_lsoa: Mapping[str, str] = field(default_factory=dict)
    by_council: Mapping[str, frozenset[str]] = field(default_factory=dict)
    by_prefix: Mapping[tuple[str, str], str] = field(default_factory=_own_prefixes)
    """By council and the beginning of a postcode, for councils that lie in more than one."""

    def of(self, ons_code: str, lsoa: str) -> str | None:
        """Return the sub-ICB of a postcode from what the directory says of it."""
        return self.by_ons_code.get(ons_code) or self.by_lsoa.get(lsoa)

    def of_whole_council(self, council: str) -> str | None:
        """Return the sub-ICB of a council that lies in one alone."""
        found = self.by_council.get(council, frozenset())
        return next(iter(found)) if len(found) == 1 else None

    def of_home(self, council: str, postcode: str) -> str | None:
        """Return the sub-ICB of a live postcode without the directory; None where only the person knows."""
        beginnings = ((council, prefix) for prefix in prefixes(postcode))
        sure = next((self.by_prefix[begins] for begins in beginnings if begins in self.by_prefix), None)
        return sure or self.of_whole_council(council)


def read_sub_icbs(path: Path) -> SubIcbs:
    """Read either form. Raises BadSource."""
    with open_text(path) as file:
        lines = csv.reader(file)
        header = [name.strip().lower() for name in next(lines, [])]
        at = {
            name: next((i for i, title in enumerate(header) if pattern.fullmatch(title)), None)
            for name, pattern in (("lsoa", LSOA), ("ons", ONS_CODE), ("ods", ODS_CODE), ("council", COUNCIL))
        }
        if at["ods"] is None or (at["lsoa"] is None and at["council"] is None):
            raise BadSource(path.name, "no columns LSOA21CD (or LAD_code) and SICBL..CDH: this is not the ONS look-up")
        rows = list(lines)
    if not rows or any(len(cells) != len(header) for cells in rows):
        raise BadSource(path.name, "the file is empty or a line is cut short")
    return _gathered(rows, at, _year(header))


def _gathered(rows: list[list[str]], at: Mapping[str, int | None], version: str) -> SubIcbs:
    by_ons, by_lsoa, by_council = _own_codes(), dict[str, str](), defaultdict[str, set[str]](set)
    for cells in rows:
        found = {name: cells[i].strip() for name, i in at.items() if i is not None}
        ods = found["ods"]
        if "ons" in found:
            by_ons[found["ons"]] = ods
        if "lsoa" in found:
            by_lsoa[found["lsoa"]] = ods
        if "council" in found:
            by_council[found["council"]].add(ods)
    return SubIcbs(version, by_ons, by_lsoa, {council: frozenset(codes) for council, codes in by_council.items()})


def _year(header: list[str]) -> str:
    found = next(match for name in header if (match := ODS_CODE.fullmatch(name)))
    return f"20{found[1]}"
