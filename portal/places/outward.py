"""Which councils of our areas a postcode may lie in, from its first part alone. The person confirms or picks."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.places.postcode import outward_code

TABLE = Path(__file__).parent / "data" / "outward_codes.csv"


@dataclass(frozen=True)
class Candidates:
    """Councils by ONS code, the likeliest first; `elsewhere` where a part of the outward code is in none of them."""

    councils: tuple[str, ...]
    elsewhere: bool


NOWHERE_OF_OURS = Candidates((), elsewhere=True)


@dataclass(frozen=True)
class Places:
    """The outward-code table of the areas this service covers."""

    by_outward: Mapping[str, Candidates]

    @classmethod
    def load(cls, path: Path = TABLE) -> Places:
        """Read the table: lines that begin with # are its attribution."""
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
        return cls(
            {row["outward"]: Candidates(tuple(row["councils"].split()), row["elsewhere"] == "yes") for row in rows}
        )

    def candidates(self, postcode: str) -> Candidates:
        """Return the councils that a normalised postcode may lie in; none where it is outside our areas."""
        return self.by_outward.get(outward_code(postcode), NOWHERE_OF_OURS)
