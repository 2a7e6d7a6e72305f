"""Which councils of our areas a postcode may lie in, from its first part alone. The person confirms or picks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.places.own_table import DATA, read_table
from portal.places.place_file import Source
from portal.places.postcode import outward_code

MADE_FROM = re.compile(r"from (OS Code-Point Open) (\d[\d.]*\d)")
ATTRIBUTIONS = ("Contains", "Source")
TABLE = DATA / "outward_codes.csv"


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
    sources: tuple[Source, ...] = ()

    @classmethod
    def load(cls, path: Path = TABLE) -> Places:
        """Read the table: what stands above it says what it was made from, and then its attribution."""
        said, rows = read_table(path)
        attribution = " ".join(line for line in said if line.startswith(ATTRIBUTIONS))
        return cls(
            {row["outward"]: Candidates(tuple(row["councils"].split()), row["elsewhere"] == "yes") for row in rows},
            tuple(Source(made[1], made[2], attribution) for made in filter(None, map(MADE_FROM.search, said))),
        )

    def candidates(self, postcode: str) -> Candidates:
        """Return the councils that a normalised postcode may lie in; none where it is outside our areas."""
        return self.by_outward.get(outward_code(postcode), NOWHERE_OF_OURS)
