"""NHS ODS epraccur: GP practices, in the format of Data Search and Export and in the older one. Same 27 columns."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from portal.places.build.official.files import open_text
from portal.places.fault import BadSource
from portal.places.postcode import PostcodeFault, normalise

COLUMNS = 27
CODE, NAME, NATION, ICB, POSTCODE, OPENED, CLOSED, STATUS, SUB_ICB, JOINED, LEFT, SETTING = (
    *(0, 1, 2, 3, 9, 10, 11, 12, 14, 15, 16),
    25,
)
ADDRESS = slice(4, 9)
ENGLAND = "Y"
"""English practices belong to a region such as Y61; Welsh ones to none, or to W00."""
STATUSES = frozenset({"ACTIVE", "INACTIVE", "DORMANT", "PROPOSED", "A", "C", "D", "P"})
OPEN_STATUSES = frozenset({"ACTIVE", "A"})
GP_SETTINGS = frozenset({"RO76", "4"})


class Practice(NamedTuple):
    """One GP practice that is open, as the NHS names it, in capitals."""

    code: str
    name: str
    address: tuple[str, ...]
    postcode: str
    icb: str
    sub_icb: str


@dataclass(frozen=True)
class Practices:
    """The open GP practices of England, and the day of the latest change in the file."""

    version: str
    open: tuple[Practice, ...]


def read_practices(path: Path, today: date) -> Practices:
    """Read either format. Raises BadSource."""
    day = f"{today:%Y%m%d}"
    found, latest = [], ""
    with open_text(path, "*epraccur*.csv") as file:
        for number, cells in enumerate(csv.reader(file), start=1):
            if number == 1 and cells[:1] == ["Organisation Code"]:
                continue
            if len(cells) != COLUMNS or cells[STATUS].upper() not in STATUSES:
                raise BadSource(path.name, f"line {number} is not as published: this is not epraccur, or is cut short")
            dates = (cells[column] for column in (OPENED, CLOSED, JOINED, LEFT))
            latest = max(latest, *(text for text in dates if text <= day))
            practice = _practice(cells, day)
            if practice is not None:
                found.append(practice)
    if not found:
        raise BadSource(path.name, "there is no open GP practice in it")
    return Practices(f"{latest[:4]}-{latest[4:6]}-{latest[6:]}", tuple(sorted(found)))


def _practice(cells: Sequence[str], day: str) -> Practice | None:
    closed = cells[CLOSED] and cells[CLOSED] <= day
    is_gp = cells[SETTING].upper() in GP_SETTINGS and cells[NATION].startswith(ENGLAND)
    if closed or not is_gp or cells[STATUS].upper() not in OPEN_STATUSES:
        return None
    try:
        postcode = normalise(cells[POSTCODE])
    except PostcodeFault:
        return None
    lines = tuple(line.strip() for line in cells[ADDRESS] if line.strip())
    return Practice(cells[CODE], cells[NAME].strip(), lines, postcode, cells[ICB], cells[SUB_ICB])
