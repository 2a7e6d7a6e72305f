"""Look up a postcode's council, and search GP surgeries, in the file that `portal places build` makes."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
import weakref
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from portal.places.fault import BadPlaceFile
from portal.places.postcode import prefixes
from portal.places.schema import APPLICATION, FORMAT, UNCHECKED, UNITS
from portal.places.surgeries import Place, Surgeries

FILE_NAME = "places.sqlite"
HEADER = b"SQLite format 3\0"
LOOK_UP = """
    SELECT rule.council, rule.sub_icb, sector.live, sector.ended
    FROM rule LEFT JOIN sector ON sector.sector = ?2
    WHERE rule.prefix IN (?1, ?2, ?3, ?4) ORDER BY length(rule.prefix) DESC LIMIT 1
"""
MIDDLE = "SELECT avg(easting), avg(northing) FROM sector WHERE sector BETWEEN ? AND ?"


class Found(NamedTuple):
    """What the official files say of a postcode.

    `sub_icb` is the NHS code of the sub-ICB location of the home, such as 06L, where it is known.
    `listed` is False for a postcode that no file places (a new one, a mistake, a PO box): the council is then that of
    its neighbours.
    """

    council: str
    sub_icb: str | None
    ended: bool
    listed: bool


class Source(NamedTuple):
    """One official file: its title, its version or date, and the attribution its licence asks for."""

    title: str
    version: str
    attribution: str


@dataclass(frozen=True)
class Counts:
    """How much a place file holds."""

    postcodes: int
    ended: int
    with_sub_icb: int
    councils: int
    surgeries: int


class PlaceFile:
    """A checked copy of a place file in memory: what is done to the file meanwhile does not reach it."""

    def __init__(self, database: sqlite3.Connection) -> None:
        weakref.finalize(self, database.close)
        self._database = database
        self._one_at_a_time = threading.Lock()
        ((made, *counts, _),) = self.rows("SELECT * FROM about")
        self.made = date.fromisoformat(made)
        self.counts = Counts(*counts)
        self.sources = [Source(*told) for told in self.rows("SELECT * FROM source ORDER BY rowid")]

    @classmethod
    def load(cls, path: Path) -> PlaceFile:
        """Read a place file. Raises BadPlaceFile."""
        try:
            content = path.read_bytes()
            _check_header(content, path.name)
            memory = sqlite3.connect(":memory:", check_same_thread=False)
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as file:
                file.backup(memory)
            ((digest,),) = memory.execute("SELECT sha256 FROM about")
        except (OSError, sqlite3.Error, ValueError) as fault:
            raise BadPlaceFile(f"{path.name}: {getattr(fault, 'strerror', None) or fault}") from fault
        if hashlib.sha256(content.replace(digest, UNCHECKED)).digest() != digest:
            raise BadPlaceFile(f"{path.name}: the checksum is wrong: the file is damaged or cut short")
        return cls(memory)

    def rows(self, question: str, *values: object) -> list[Any]:
        """Return the answer to an SQL question."""
        # Two threads that run one statement on one connection would mix up its values.
        with self._one_at_a_time:
            return self._database.execute(question, values).fetchall()

    def council_of(self, postcode: str) -> Found | None:
        """Return the council of a normalised postcode; None where no file knows even its first part."""
        for council, sub_icb, live, ended in self.rows(LOOK_UP, *prefixes(postcode)):
            has_ended = _has(ended, postcode)
            return Found(council, sub_icb, has_ended, has_ended or _has(live, postcode))
        return None

    def located(self, postcode: str) -> Place | None:
        """Return easting and northing in metres: the middle of the postcode's sector, else of its first part.

        A first part alone ("SE1") gives the middle of its sectors.
        """
        outward, _, inward = postcode.partition(" ")
        sector = f"{outward} {inward[:1]}"
        for least, most in ((sector, sector), (f"{outward} 0", f"{outward} 9")):
            ((east, north),) = self.rows(MIDDLE, least, most)
            if east:
                return east, north
        return None

    @cached_property
    def surgeries(self) -> Surgeries:
        """Return the open GP surgeries of England, ready to search."""
        return Surgeries(self.rows, self.located)


def _check_header(content: bytes, name: str) -> None:
    if not content.startswith(HEADER) or content[68:72] != APPLICATION:
        raise BadPlaceFile(f"{name}: this is not a place file")
    version = int.from_bytes(content[60:64], "big")
    if version != FORMAT:
        raise BadPlaceFile(f"{name}: format {version} is not format {FORMAT}: build it again")


def _has(units: bytes | None, postcode: str) -> bool:
    unit = UNITS.get(postcode[-2:])
    return bool(units) and unit is not None and int.from_bytes(units or b"", "big") >> unit & 1 == 1
