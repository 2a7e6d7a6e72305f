"""Bring the official postcode files together: one home for every postcode they name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from portal.places.build.official.code_point import CodePoint
from portal.places.build.official.code_point import Row as LiveRow
from portal.places.build.official.directory import Directory
from portal.places.build.official.sub_icbs import SubIcbs
from portal.places.postcode import sector_of

WORTH_HAVING = 0.5
Place = tuple[int, int]


class Home(NamedTuple):
    """What is known of one postcode; `council` is empty where no file says. Equal homes are one object."""

    council: str
    sub_icb: str | None
    ended: bool


@dataclass
class Gathered:
    """Homes by their postcode, where they are, and what the builder should be told.

    `sums` holds eastings, northings and how many for each sector; `places` those of the `wanted` postcodes alone.
    """

    wanted: frozenset[str] = frozenset()
    homes: dict[str, Home] = field(default_factory=dict)
    sums: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    _known: dict[Home, Home] = field(default_factory=dict)

    def add(self, postcode: str, home: Home, place: Place | None) -> None:
        """Take what a file says of one postcode."""
        self.homes[postcode] = self._known.setdefault(home, home)
        if place:
            sector = sector_of(postcode)
            east, north, many = self.sums.get(sector, (0, 0, 0))
            self.sums[sector] = east + place[0], north + place[1], many + 1
            if postcode in self.wanted:
                self.places[postcode] = place

    def middle(self, sector: str) -> Place | None:
        """Return the middle of the postcodes of a sector."""
        east, north, many = self.sums.get(sector, (0, 0, 0))
        return (round(east / many), round(north / many)) if many else None


def gather(
    code_point: CodePoint | None,
    directory: Directory | None,
    sub_icbs: SubIcbs,
    wanted: Iterable[str] = (),
) -> Gathered:
    """Read both files. The directory knows ended postcodes and sub-ICBs; Code-Point Open has the say on live ones.

    `wanted` are the postcodes whose exact places are kept.
    """
    gathered = Gathered(frozenset(wanted))
    just_ended = _take_directory(directory, sub_icbs, gathered, code_point) if directory else set()
    if code_point:
        named = len(gathered.homes)
        _take_code_point(code_point, sub_icbs, gathered, just_ended)
        if directory and named < WORTH_HAVING * len(gathered.homes):
            gathered.notes.append(
                f"{directory.path.name} names {named:,} postcodes, few beside {len(gathered.homes):,}: "
                "it was taken for a part of the directory."
            )
    return gathered


def _take_directory(
    directory: Directory, sub_icbs: SubIcbs, gathered: Gathered, code_point: CodePoint | None
) -> set[str]:
    """Return the postcodes that ended after the other file was made."""
    just_ended = set()
    for row in directory.rows():
        sub_icb = sub_icbs.of(row.sub_icb, row.lsoa) or sub_icbs.of_whole_council(row.council)
        gathered.add(row.postcode, Home(row.council, sub_icb, bool(row.ended)), row.place)
        if code_point and row.ended > code_point.updated:
            just_ended.add(row.postcode)
    return just_ended


def _take_code_point(code_point: CodePoint, sub_icbs: SubIcbs, gathered: Gathered, just_ended: set[str]) -> None:
    for row in code_point.rows():
        if row.postcode not in just_ended:
            gathered.add(row.postcode, _live(row, gathered.homes.get(row.postcode), sub_icbs), row.place)


def _live(row: LiveRow, told: Home | None, sub_icbs: SubIcbs) -> Home:
    """Join what both files say of a postcode that Code-Point Open calls live."""
    council = row.council or (told.council if told else "")
    sub_icb = told.sub_icb if told and told.council == council else None
    return Home(council, sub_icb or sub_icbs.of_home(council, row.postcode), ended=False)
