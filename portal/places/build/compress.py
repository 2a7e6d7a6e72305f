"""Make the sections of a place file small: runs of postcodes with one answer, and a bit for each postcode."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping

from portal.places.build.collect import Gathered, Home, Place
from portal.places.build.official.practices import Practice
from portal.places.keys import UNIT_BITS, UNITS, boundary, key_of
from portal.places.place_file import BITMAP_BYTES, NO_BITMAP, Part
from portal.places.surgeries import METRES, Surgery
from portal.places.surgery_index import index_sections
from portal.places.surgery_words import in_reading_case

Value = tuple[str, Part | None, str | None]


def sections_of(gathered: Gathered) -> tuple[dict[str, bytes | array[int]], list[Value]]:
    """Return every section but the surgeries, and the table of answers that `owners` counts in."""
    starts, owners, values = _runs(gathered.homes)
    return {"starts": starts, "owners": owners} | _sectors(gathered), values


def _runs(homes: Mapping[int, Home]) -> tuple[array[int], array[int], list[Value]]:
    """Return where each run of postcodes with one answer starts. Postcodes with no council join their neighbours."""
    starts, owners, numbers = array("Q"), array("H"), dict[Value, int]()
    before, last = 0, -1
    for key in sorted(homes):
        home = homes[key]
        if not home.council:
            continue
        owner = numbers.setdefault((home.council, home.part, home.sub_icb), len(numbers))
        if owner != last:
            starts.append(boundary(before, key) if starts else 0)
            owners.append(owner)
        before, last = key, owner
    return starts, owners, list(numbers)


def _sectors(gathered: Gathered) -> dict[str, bytes | array[int]]:
    homes = gathered.homes
    inside: defaultdict[int, list[int]] = defaultdict(list)
    for key in homes:
        inside[key >> UNIT_BITS].append(key)
    sectors = array("Q", sorted(inside))
    eastings, northings, live, ended = (array("H") for _ in range(4))
    bitmaps = bytearray()
    for sector in sectors:
        keys = inside[sector]
        east, north = _rounded(gathered.middle(sector))
        eastings.append(east)
        northings.append(north)
        live.append(_bitmap([key for key in keys if homes[key].council and not homes[key].ended], bitmaps))
        ended.append(_bitmap([key for key in keys if homes[key].council and homes[key].ended], bitmaps))
    return {
        "sectors": sectors,
        "eastings": eastings,
        "northings": northings,
        "live_slots": live,
        "ended_slots": ended,
        "bitmaps": bytes(bitmaps),
    }


def _rounded(place: Place | None) -> tuple[int, int]:
    return (round(place[0] / METRES), round(place[1] / METRES)) if place else (0, 0)


def _bitmap(keys: list[int], bitmaps: bytearray) -> int:
    """Add a bitmap of these postcodes; return its slot."""
    bits = 0
    for key in keys:
        unit = UNITS.get((key & 0xFFFF).to_bytes(2, "big").decode())
        if unit is not None:
            bits |= 1 << unit
    if not bits:
        return NO_BITMAP
    bitmaps += bits.to_bytes(BITMAP_BYTES, "little")
    return len(bitmaps) // BITMAP_BYTES - 1


def surgeries_of(practices: Iterable[Practice], gathered: Gathered) -> dict[str, bytes | array[int]]:
    """Return the sections of the surgeries, with the council and the place of their postcode."""
    surgeries, eastings, northings = [], array("H"), array("H")
    for practice in practices:
        key = key_of(practice.postcode)
        home, (east, north) = gathered.homes.get(key), _rounded(gathered.places.get(key))
        eastings.append(east)
        northings.append(north)
        surgeries.append(_surgery(practice, home.council if home else ""))
    words = ((one.name, (one.address, one.town, one.postcode.partition(" ")[0])) for one in surgeries)
    return {
        "surgeries": "".join("\t".join(one) + "\n" for one in surgeries).encode(),
        "surgery_eastings": eastings,
        "surgery_northings": northings,
        **index_sections(words),
    }


def _surgery(practice: Practice, council: str) -> Surgery:
    *road, town = practice.address or ("",)
    return Surgery(
        code=practice.code,
        name=in_reading_case(practice.name),
        address=in_reading_case(", ".join(road)),
        town=in_reading_case(town),
        postcode=practice.postcode,
        icb=practice.icb,
        sub_icb=practice.sub_icb,
        council=council,
    )
