"""Look up a postcode's council, and search GP surgeries, in the file that `portal places build` makes."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from portal.places.fault import BadPlaceFile
from portal.places.keys import SECTOR_BITS, UNIT_BITS, UNITS, key_of, outward_key
from portal.places.layout import Packed, unpack
from portal.places.surgeries import METRES, Surgeries
from portal.places.surgery_index import INDEX_TYPES, read_index

BITMAP_BYTES = len(UNITS) // 8
NO_BITMAP = 0xFFFF
OF_SURGERIES = ("surgeries", "surgery_eastings", "surgery_northings", "words", *INDEX_TYPES)

Part = Literal["waveney", "rest"]


class Found(NamedTuple):
    """What the official files say of a postcode.

    `part` tells the Waveney part of East Suffolk from the rest; None elsewhere, and where the files do not say.
    `sub_icb` is the NHS code of the sub-ICB location of the home, such as 06L, where it is known.
    `listed` is False for a postcode that no file places (a new one, a mistake, a PO box): the council is then that of
    its neighbours.
    """

    council: str
    part: Part | None
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
    """A place file in memory. The surgeries are unpacked when they are first asked for."""

    def __init__(self, packed: Packed) -> None:
        header = packed.header
        self.made = date.fromisoformat(header["made"])
        self.sources = [Source(*told) for told in header["sources"]]
        self.covers = frozenset(header["covers"])
        self.counts = Counts(**header["counts"])
        self._values: list[tuple[str, Part | None, str | None]] = [tuple(value) for value in header["values"]]
        self._starts: array[int] = packed.array_of("starts")
        self._owners: array[int] = packed.array_of("owners")
        self._sectors: array[int] = packed.array_of("sectors")
        self._eastings: array[int] = packed.array_of("eastings")
        self._northings: array[int] = packed.array_of("northings")
        self._live_slots: array[int] = packed.array_of("live_slots")
        self._ended_slots: array[int] = packed.array_of("ended_slots")
        self._bitmaps = packed.bytes_of("bitmaps")
        self._packed = Packed(header={}, sections={name: packed.sections[name] for name in OF_SURGERIES})

    @classmethod
    def load(cls, path: Path) -> PlaceFile:
        """Read a place file. Raises BadPlaceFile."""
        try:
            content = path.read_bytes()
        except OSError as fault:
            raise BadPlaceFile(f"{path.name}: {fault.strerror or fault}") from fault
        return cls(unpack(content, path.name))

    def council_of(self, postcode: str) -> Found | None:
        """Return the council of a normalised postcode; None where no file knows even its first part."""
        key = key_of(postcode)
        at = self._nearest_sector(key >> UNIT_BITS)
        if at is None:
            return None
        council, part, sub_icb = self._values[self._owners[bisect_right(self._starts, key) - 1]]
        unit = UNITS.get(postcode[-2:]) if self._sectors[at] == key >> UNIT_BITS else None
        if unit is None:
            return Found(council, part, sub_icb, ended=False, listed=False)
        ended = self._has(self._ended_slots[at], unit)
        return Found(council, part, sub_icb, ended, ended or self._has(self._live_slots[at], unit))

    def located(self, postcode: str) -> tuple[int, int] | None:
        """Return easting and northing in metres: the middle of the postcode's sector, else of a neighbouring one.

        A first part alone ("SE1") gives the middle of its sectors.
        """
        if " " not in postcode:
            return self._middle_of_outward(postcode)
        at = self._nearest_sector(key_of(postcode) >> UNIT_BITS)
        if at is None or not self._eastings[at]:
            return None if at is None else self._middle_of_outward(postcode.partition(" ")[0])
        return self._eastings[at] * METRES, self._northings[at] * METRES

    @cached_property
    def surgeries(self) -> Surgeries:
        """Return the open GP surgeries of England, ready to search."""
        packed = self._packed
        return Surgeries(
            packed.bytes_of("surgeries"),
            read_index(packed.bytes_of("words"), packed.array_of),
            packed.array_of("surgery_eastings"),
            packed.array_of("surgery_northings"),
            self.located,
        )

    def _nearest_sector(self, sector: int) -> int | None:
        """Return where this sector stands, or else its neighbour with the same first part."""
        sectors = self._sectors
        at = bisect_left(sectors, sector)
        if at < len(sectors) and sectors[at] == sector:
            return at
        for near in (at, at - 1):
            if 0 <= near < len(sectors) and sectors[near] >> SECTOR_BITS == sector >> SECTOR_BITS:
                return near
        return None

    def _middle_of_outward(self, outward: str) -> tuple[int, int] | None:
        first = outward_key(outward) << SECTOR_BITS
        inside = range(bisect_left(self._sectors, first), bisect_left(self._sectors, first + (1 << SECTOR_BITS)))
        placed = [at for at in inside if self._eastings[at]]
        if not placed:
            return None
        east, north = (sum(axis[at] for at in placed) for axis in (self._eastings, self._northings))
        return round(east * METRES / len(placed)), round(north * METRES / len(placed))

    def _has(self, slot: int, unit: int) -> bool:
        return slot != NO_BITMAP and self._bitmaps[slot * BITMAP_BYTES + (unit >> 3)] >> (unit & 7) & 1 == 1
