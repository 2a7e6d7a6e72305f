"""OS Code-Point Open: every live postcode of Great Britain with its council and place."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from portal.places.build.official.files import is_zip, reading
from portal.places.fault import BadSource
from portal.places.postcode import ENGLISH_AREAS, spaced

COLUMNS = 10
POSTCODE, QUALITY, EASTING, NORTHING, DISTRICT = 0, 1, 2, 3, 8
NO_PLACE = "90"
"""The quality of a row whose grid reference is not known."""
VERSION = re.compile(r"DATASET VERSION NUMBER:\s*(\d{4}\.\d+(?:\.\d+)?)")
UPDATED = re.compile(r"RM UPDATE DATE:\s*(\d{6})\d{2}")
COUNTED = re.compile(r"^\s*([A-Z]{1,2})[ \t]+(\d+)\s*$", re.MULTILINE)
CODE = re.compile(r"([EWSN]\d{8})?")


class Row(NamedTuple):
    """One postcode, spaced as it should be; `council` is empty and `place` None where they are not known."""

    postcode: str
    council: str
    place: tuple[int, int] | None
    """Easting and northing in metres on the National Grid."""


@dataclass(frozen=True)
class CodePoint:
    """One edition. `counted` is what its own metadata says each postcode area holds."""

    path: Path
    version: str
    updated: str
    """The month of Royal Mail's data, as YYYYMM."""
    counted: Mapping[str, int]
    members: Mapping[str, str]

    @property
    def missing_areas(self) -> tuple[str, ...]:
        """Return the postcode areas in or reaching into England that this copy leaves out."""
        return tuple(sorted(area for area in self.counted if area in ENGLISH_AREAS and area not in self.members))

    def rows(self) -> Iterator[Row]:
        """Yield the postcodes in and beside England. Raises BadSource on the first fault."""
        with reading(self.path), zipfile.ZipFile(self.path) as files:
            for area, member in sorted(self.members.items()):
                if area in ENGLISH_AREAS:
                    with files.open(member) as file:
                        yield from self._area(area, io.TextIOWrapper(file, encoding="utf-8", newline=""))

    def _area(self, area: str, file: io.TextIOWrapper) -> Iterator[Row]:
        count = 0
        for cells in csv.reader(file):
            count += 1
            if len(cells) != COLUMNS or not CODE.fullmatch(cells[DISTRICT]) or not cells[EASTING].isdigit():
                raise BadSource(self.path.name, f"line {count} of {self.members[area]} is not as published")
            known = cells[QUALITY] != NO_PLACE
            place = (int(cells[EASTING]), int(cells[NORTHING])) if known else None
            yield Row(spaced(cells[POSTCODE]), cells[DISTRICT], place)
        if count != self.counted.get(area):
            said = self.counted.get(area, 0)
            raise BadSource(
                self.path.name,
                f"area {area} holds {count:,} postcodes where its own metadata counts {said:,}: the file is cut short",
            )


def is_code_point(path: Path) -> bool:
    """Say whether this is a zip in Code-Point Open's layout."""
    if not is_zip(path):
        return False
    with zipfile.ZipFile(path) as files:
        return any(name.lower().startswith("data/csv/") for name in files.namelist())


def open_code_point(path: Path) -> CodePoint:
    """Read an edition's own description. Raises BadSource."""
    with reading(path), zipfile.ZipFile(path) as files:
        members = {
            PurePosixPath(name).stem.upper(): name
            for name in files.namelist()
            if name.lower().startswith("data/csv/") and name.lower().endswith(".csv")
        }
        described = next((name for name in files.namelist() if name.lower() == "doc/metadata.txt"), None)
        if described is None or not members:
            raise BadSource(path.name, "Data/CSV or Doc/metadata.txt is missing: this is not Code-Point Open")
        words = files.read(described).decode("latin-1")
    version, updated = VERSION.search(words), UPDATED.search(words)
    if version is None or updated is None:
        raise BadSource(path.name, "Doc/metadata.txt does not say its version")
    counted = {area: int(count) for area, count in COUNTED.findall(words)}
    return CodePoint(path, version[1], updated[1], counted, members)
