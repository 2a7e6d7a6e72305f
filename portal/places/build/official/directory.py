"""The ONS postcode directory: live and ended postcodes with their council and sub-ICB location.

The names of its columns change with every edition ("oslaua" became "lad25cd", "sicbl" became "sicbl24cd",
"oseast1m" became "east1m"); what they mean does not.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from portal.places.build.official.files import open_text
from portal.places.fault import BadSource
from portal.places.postcode import ENGLISH_AREAS, area_of, spaced

COLUMN_NAMES: Mapping[str, re.Pattern[str]] = {
    "postcode": re.compile(r"pcds"),
    "introduced": re.compile(r"dointr"),
    "ended": re.compile(r"doterm"),
    "council": re.compile(r"oslaua|laua|lad(\d\d)?cd|lad\d\d"),
    "easting": re.compile(r"(os)?east1m"),
    "northing": re.compile(r"(os)?nr?o?r?th1m"),
    "sub_icb": re.compile(r"sicbl(\d\d)?(cd)?|ccg(\d\d)?(cd)?"),
    "lsoa": re.compile(r"lsoa21(cd)?"),
}
NEEDED = ("postcode", "ended", "council")
SPARE_NAMES = {"postcode": re.compile(r"pcd[278]?")}
MONTH = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])")
CODE = re.compile(r"([EWSNLM]\d{8})?")


class Row(NamedTuple):
    """One postcode spaced as it should be; `ended` is the month as YYYYMM, or empty for a live one."""

    postcode: str
    council: str
    ended: str
    sub_icb: str
    """The nine-character ONS code."""
    lsoa: str
    place: tuple[int, int] | None


@dataclass
class Directory:
    """One edition. `version` is its latest month, known once every row has been read."""

    path: Path
    columns: Mapping[str, int]
    width: int
    version: str = ""

    def rows(self) -> Iterator[Row]:
        """Yield the postcodes in and beside England. Raises BadSource on the first fault."""
        latest = ""
        with open_text(self.path, "*onspd*.csv") as file:
            lines = csv.reader(file)
            next(lines)
            for number, cells in enumerate(lines, start=2):
                if len(cells) != self.width:
                    raise BadSource(self.path.name, f"line {number} has {len(cells)} columns, not {self.width}")
                latest = max(latest, self._cell(cells, "introduced"), self._cell(cells, "ended"))
                row = self._row(cells, number)
                if row is not None:
                    yield row
        self.version = f"{latest[:4]}-{latest[4:]}"

    def _row(self, cells: Sequence[str], number: int) -> Row | None:
        postcode = spaced(self._cell(cells, "postcode").upper())
        if area_of(postcode) not in ENGLISH_AREAS:
            return None
        council, ended = self._cell(cells, "council"), self._cell(cells, "ended")
        if not CODE.fullmatch(council) or (ended and not MONTH.fullmatch(ended)):
            raise BadSource(self.path.name, f"line {number} has no council code or month where one belongs")
        nowhere = council.endswith("99999999")
        place = self._cell(cells, "easting"), self._cell(cells, "northing")
        known = all(part.isdigit() and int(part) for part in place)
        return Row(
            postcode,
            "" if nowhere else council,
            ended,
            self._cell(cells, "sub_icb"),
            self._cell(cells, "lsoa"),
            (int(place[0]), int(place[1])) if known else None,
        )

    def _cell(self, cells: Sequence[str], name: str) -> str:
        at = self.columns.get(name)
        return "" if at is None else cells[at].strip()


def open_directory(path: Path) -> Directory:
    """Read the header of an edition. Raises BadSource where a column that we need is missing."""
    with open_text(path, "*onspd*.csv") as file:
        header = [name.strip().lower() for name in next(csv.reader(file), [])]
    columns = {}
    for meaning, pattern in COLUMN_NAMES.items():
        spare = SPARE_NAMES.get(meaning, pattern)
        at = next((i for i, name in enumerate(header) if pattern.fullmatch(name)), None)
        if at is None:
            at = next((i for i, name in enumerate(header) if spare.fullmatch(name)), None)
        if at is not None:
            columns[meaning] = at
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise BadSource(
            path.name,
            f"no column says the {' or the '.join(missing)}: neither the ONS postcode directory nor Code-Point Open",
        )
    return Directory(path, columns, len(header))
