"""Write what was gathered into the tables of a place file."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from portal.places.build.collect import Gathered
from portal.places.build.official.practices import Practice
from portal.places.build.rules import shortest_rules
from portal.places.place_file import Source
from portal.places.postcode import outward_code, sector_of
from portal.places.schema import TABLES, UNCHECKED, UNITS
from portal.places.surgeries import Surgery
from portal.places.surgery_words import GENERIC, in_reading_case, padded, words_of

Row = Sequence[object]


def write_tables(
    path: Path, gathered: Gathered, practices: Sequence[Practice], sources: Iterable[Source], today: date
) -> None:
    """Write a place file; last, the SHA-256 of its bytes goes into it."""
    surgeries = [_surgery(practice, gathered) for practice in practices]
    with closing(sqlite3.connect(path)) as database:
        database.executescript(f"PRAGMA journal_mode = OFF; {TABLES}")
        for table, rows in (
            ("about", [(today.isoformat(), *_counts(gathered), len(practices), UNCHECKED)]),
            ("source", sources),
            ("rule", _rules(gathered)),
            ("sector", _sectors(gathered)),
            ("surgery", ((n, *one, *_place_and_words(one, gathered)) for n, one in enumerate(surgeries))),
            ("surgery_words (rowid, name, place)", ((n, *_texts(one)) for n, one in enumerate(surgeries))),
        ):
            _insert(database, table, rows)
        _insert(database, "spelling", [(padded(word),) for (word,) in database.execute("SELECT term FROM word")])
        database.commit()
        database.execute("VACUUM")
    content = path.read_bytes()
    path.write_bytes(content.replace(UNCHECKED, hashlib.sha256(content).digest()))


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    for row in rows:
        database.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)  # noqa: S608  # tables of ours


def _counts(gathered: Gathered) -> tuple[int, int, int, int]:
    homes = gathered.homes.values()
    return (
        sum(bool(home.council) and not home.ended for home in homes),
        sum(home.ended for home in homes),
        sum(home.sub_icb is not None for home in homes),
        len({home.council for home in homes if home.council.startswith("E")}),
    )


def _rules(gathered: Gathered) -> Iterator[Row]:
    known = sorted((postcode, home[:2]) for postcode, home in gathered.homes.items() if home.council)
    return ((prefix, *answer) for prefix, answer in shortest_rules(known))


def _sectors(gathered: Gathered) -> Iterator[Row]:
    """Yield each sector with its middle, and a bit for each of its postcodes that is live or has ended."""
    bits: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for postcode, home in gathered.homes.items():
        unit = UNITS.get(postcode[-2:])
        if home.council and unit is not None:
            bits[sector_of(postcode)][home.ended] |= 1 << unit
    size = len(UNITS) // 8
    for sector, (live, ended) in sorted(bits.items()):
        middle = gathered.middle(sector) or (None, None)
        yield sector, *middle, live.to_bytes(size, "big"), ended.to_bytes(size, "big") if ended else b""


def _surgery(practice: Practice, gathered: Gathered) -> Surgery:
    *road, town = practice.address or ("",)
    home = gathered.homes.get(practice.postcode)
    return Surgery(
        code=practice.code,
        name=in_reading_case(practice.name),
        address=in_reading_case(", ".join(road)),
        town=in_reading_case(town),
        postcode=practice.postcode,
        icb=practice.icb,
        sub_icb=practice.sub_icb,
        council=home.council if home else "",
    )


def _place_and_words(surgery: Surgery, gathered: Gathered) -> Row:
    place = gathered.places.get(surgery.postcode) or (None, None)
    return *place, len(set(words_of(surgery.name)) - GENERIC)


def _texts(surgery: Surgery) -> Row:
    where = f"{surgery.address} {surgery.town} {outward_code(surgery.postcode)}"
    return " ".join(words_of(surgery.name)), " ".join(words_of(where))
