"""Bring the official postcode files together: one home for every postcode they name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from portal.places.build.east_suffolk import EAST_SUFFOLK, REST_SUB_ICB, WAVENEY_SUB_ICB, EastSuffolk
from portal.places.build.official.code_point import CodePoint
from portal.places.build.official.code_point import Row as LiveRow
from portal.places.build.official.directory import Directory, area_of
from portal.places.build.official.sub_icbs import SubIcbs
from portal.places.keys import UNIT_BITS, key_of
from portal.places.place_file import Part
from portal.places.postcode import ENGLISH_AREAS

WORTH_HAVING = 0.5
PARTS: dict[str | None, Part] = {WAVENEY_SUB_ICB: "waveney", REST_SUB_ICB: "rest"}


class Home(NamedTuple):
    """What is known of one postcode; `council` is empty where no file says. Equal homes are one object."""

    council: str
    sub_icb: str | None
    ended: bool

    @property
    def part(self) -> Part | None:
        return PARTS.get(self.sub_icb) if self.council == EAST_SUFFOLK else None


Place = tuple[int, int]


@dataclass
class Gathered:
    """Homes by the number of their postcode, where they are, and what the builder should be told.

    `sums` holds eastings, northings and how many for each sector; `places` those of the `wanted` postcodes alone.
    """

    wanted: frozenset[int] = frozenset()
    homes: dict[int, Home] = field(default_factory=dict)
    sums: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    areas: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    _known: dict[Home, Home] = field(default_factory=dict)

    def add(self, key: int, home: Home, place: Place | None) -> None:
        """Take what a file says of one postcode."""
        self.homes[key] = self._known.setdefault(home, home)
        if place:
            east, north, many = self.sums.get(key >> UNIT_BITS, (0, 0, 0))
            self.sums[key >> UNIT_BITS] = east + place[0], north + place[1], many + 1
            if key in self.wanted:
                self.places[key] = place

    def middle(self, sector: int) -> Place | None:
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
    gathered = Gathered(frozenset(key_of(postcode) for postcode in wanted))
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
) -> set[int]:
    """Return the postcodes that ended after the other file was made."""
    just_ended = set()
    for row in directory.rows():
        key = key_of(row.postcode)
        sub_icb = sub_icbs.of(row.sub_icb, row.lsoa) or sub_icbs.of_whole_council(row.council)
        gathered.add(key, Home(row.council, sub_icb, bool(row.ended)), row.place)
        gathered.areas.add(area_of(row.postcode))
        if code_point and row.ended > code_point.updated:
            just_ended.add(key)
    return just_ended


def _take_code_point(code_point: CodePoint, sub_icbs: SubIcbs, gathered: Gathered, just_ended: set[int]) -> None:
    sides = EastSuffolk.load()
    for row in code_point.rows():
        key = key_of(row.postcode)
        if key not in just_ended:
            gathered.add(key, _live(row, gathered.homes.get(key), sub_icbs, sides), row.place)
    gathered.areas.update(code_point.members.keys() & ENGLISH_AREAS)


def _live(row: LiveRow, told: Home | None, sub_icbs: SubIcbs, sides: EastSuffolk) -> Home:
    """Join what both files say of a postcode that Code-Point Open calls live."""
    council = row.council or (told.council if told else "")
    sub_icb = told.sub_icb if told and told.council == council else None
    if sub_icb is None:
        in_east_suffolk = council == EAST_SUFFOLK
        sub_icb = sides.sub_icb(row.postcode, row.ward) if in_east_suffolk else sub_icbs.of_whole_council(council)
    return Home(council, sub_icb, ended=False)
