"""Read the area files. A bad file stops the start and names itself and its field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from portal.areas.ages import ANY_AGE
from portal.areas.area import (
    Area,
    AreaFault,
    Areas,
    Contact,
    Council,
    CrisisLine,
    HospitalAdvice,
    National,
    Opening,
    Promise,
    Rule,
    Service,
    Sharing,
    Signpost,
    Team,
)
from portal.areas.consistency import faults_between, faults_within
from portal.areas.hours import Hours
from portal.areas.kinds import SAYS, ages_of, hours_of
from portal.areas.note import Fact, Names, Note, Source
from portal.areas.questions import LocalQuestion
from portal.areas.said import ConsentNote, SocialCare, Step
from portal.strict import Text, joined, numbered, read_table, read_toml, toml_files

BUILT_IN = Path(__file__).parent / "data"
NATIONAL = "national.toml"
VERSION = re.compile(r"(\.[0-9-]+)?\.toml")
"""An area whose rules change on a day has a second file, with that day in its name."""
REGISTER_PARTS = ("council", "age")
NO_SOURCE = Source("", "", "")

LISTS: dict[str, type[Fact]] = {
    "contacts": Contact,
    "promises": Promise,
    "what_happens": Step,
    "shared_with": Sharing,
    "crisis_lines": CrisisLine,
    "keyworkers": Service,
    "extra_support": Service,
    "local_offers": Service,
    "consent_notes": ConsentNote,
    "social_care": SocialCare,
    "who_can_join": Note,
    "notes": Note,
}
"""What an area file may say several times, and twice or once at most: [[contacts]], [opening]."""
ONES: dict[str, type[Fact]] = {
    "page": Contact,
    "professionals": Note,
    "hospital": HospitalAdvice,
    "opening": Opening,
    "sharing_note": Note,
    "crisis_note": Note,
}
REQUIRED = ("page", "professionals", "hospital")
Known = TypeVar("Known", bound=Fact)


class SourceTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title: Text
    address: Text = ""
    date: Text


class Top(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands at the top of an area file, outside its tables."""

    id: str
    name: Text
    registers: tuple[str, ...] | None = None
    valid_from: date | None = None
    valid_to: date | None = None


def load_areas(folder: Path | None = None) -> Areas:
    """Return the built-in areas and those of a folder, whose files replace built-in ones of the same name.

    Raises AreaFault for the first fault found; `portal areas check` lists them all.
    """
    areas, faults = read_areas(folder)
    if faults or areas is None:
        raise faults[0]
    return areas


def read_areas(folder: Path | None = None) -> tuple[Areas | None, list[AreaFault]]:
    """Read every area file and keep every fault; the areas are None where one could not be read."""
    faults: list[AreaFault] = []
    national = None
    areas = []
    for path in _files(folder, faults):
        try:
            file = AreaFile(path.name, read_toml(path, AreaFault), faults)
        except AreaFault as fault:
            faults.append(fault)
            continue
        if path.name == NATIONAL:
            national = file.national()
        elif area := file.area():
            faults += faults_within(area)
            areas.append(area)
    faults += faults_between(areas)
    if national is None:
        return None, faults
    return Areas(tuple(sorted(areas, key=lambda area: area.name)), national), faults


def _files(folder: Path | None, faults: list[AreaFault]) -> Iterator[Path]:
    files = {path.name: path for path in toml_files(BUILT_IN)}
    if folder is not None:
        if not folder.is_dir():
            faults.append(AreaFault(str(folder), "folder", "the folder of extra areas is not there"))
        files |= {path.name: path for path in toml_files(folder)}
    yield from files.values()


class AreaFile:
    """Reads one file table by table, so that the faults of all of them are found at once."""

    def __init__(self, file: str, data: dict[str, Any], faults: list[AreaFault]) -> None:
        self.file = file
        self.faults = faults
        self.found_before = len(faults)
        self.names = Names()
        self.sources = self._sources(data.pop("sources", None))
        self.data = {key: self._resolved(value, key) for key, value in data.items()}

    def fault(self, field: str, why: str) -> None:
        self.faults.append(AreaFault(self.file, field, why))

    def national(self) -> National | None:
        """Return what holds for all of England; None where there is a fault."""
        lines = self.facts("crisis_lines", CrisisLine)
        elsewhere = self.one("elsewhere", Signpost, required=True)
        self._end(self.data)
        if elsewhere is None or len(self.faults) > self.found_before:
            return None
        return National(crisis_lines=lines, elsewhere=elsewhere)

    def area(self) -> Area | None:
        """Return the area; None where there is a fault."""
        area_id = str(self.data.get("id", ""))
        councils = self.facts("councils", Council, required=True)
        codes = self.names.councils = frozenset(council.code for council in councils)
        teams = self.facts("teams", Team, required=True, area_id=area_id)
        self.names.teams = frozenset(team.id for team in teams)
        for team in teams:
            for other in sorted(set(team.staffed_by) - self.names.teams):
                self.fault("teams.staffed_by", f"“{other}” is not a team of this area")
        signposts = self.facts("signposts", Signpost)
        self.names.signposts = frozenset(signpost.id for signpost in signposts)
        facts: dict[str, Any] = {
            "councils": councils,
            "teams": tuple(team if team.councils else team.everywhere(codes) for team in teams),
            "signposts": signposts,
            "questions": self._questions(),
            "rules": self.facts("rules", Rule, required=True),
            **{key: self.facts(key, kind) for key, kind in LISTS.items()},
            **{key: self.one(key, kind, required=key in REQUIRED) for key, kind in ONES.items()},
        }
        top = self._top()
        if top is None or len(self.faults) > self.found_before:
            return None
        facts |= {key: getattr(top, key) for key in Top.__struct_fields__}
        return Area(file=self.file, **facts)

    def facts(self, key: str, kind: type[Known], *, required: bool = False, **given: str) -> tuple[Known, ...]:
        """Return the facts under a key; `given` is known of each, so the file does not say it."""
        tables = self.data.pop(key, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self.fault(key, f"must be a list, written as [[{key}]]")
            return ()
        if required and not tables:
            self.fault(key, f"needs at least one [[{key}]]")
        read = [self._read(kind, table, place, given) for place, table in numbered(key, tables)]
        return tuple(fact for fact in read if fact is not None)

    def one(self, key: str, kind: type[Known], *, required: bool = False) -> Known | None:
        """Return the one fact under a key; None where it is absent."""
        if key not in self.data:
            if required:
                self.fault(key, "is missing")
            return None
        return self._read(kind, self.data.pop(key), key, {})

    def _questions(self) -> tuple[LocalQuestion, ...]:
        """Return the area's own questions; each may hang on the answers to those before it."""
        questions = []
        for place, table in numbered("questions", self.data.pop("questions", [])):
            question = self._read(LocalQuestion, table, place, {})
            if question is not None:
                self.names.answers[question.key] = question.answers
                questions.append(question)
        return tuple(questions)

    def _read(self, kind: type[Known], table: Any, place: str, given: dict[str, str]) -> Known | None:
        for key in given.keys() & table:
            self.fault(joined(place, key), "unknown key; check its spelling")
        try:
            fact = read_table({**table, **given}, kind, file=self.file, where=place, fault=AreaFault, says=SAYS)
        except AreaFault as fault:
            self.faults.append(fault)
            return None
        for field, why in fact.problems(self.names):
            self.fault(joined(place, field), why)
        return fact

    def _top(self) -> Top | None:
        self._end(key for key in self.data if key not in Top.__struct_fields__)
        known = {key: value for key, value in self.data.items() if key in Top.__struct_fields__}
        try:
            top = read_table(known, Top, file=self.file, fault=AreaFault)
        except AreaFault as fault:
            self.faults.append(fault)
            return None
        if not VERSION.fullmatch(self.file.removeprefix(top.id)):
            self.fault("id", f"“{top.id}” must be the name of its file, {top.id}.toml or {top.id}.2027-04-01.toml")
        if top.valid_from and top.valid_to and top.valid_to < top.valid_from:
            self.fault("valid_to", "is before valid_from")
        if any(part not in REGISTER_PARTS for part in top.registers or ()):
            self.fault("registers", f"can be made of {' and '.join(REGISTER_PARTS)}")
        return top

    def _end(self, left: Any) -> None:
        for key in left:
            self.fault(key, "unknown key; check its spelling")

    def _sources(self, tables: Any) -> dict[str, Source]:
        if not isinstance(tables, dict):
            self.fault("sources", "is missing")
            return {}
        found = {}
        for key, table in tables.items():
            found[key] = NO_SOURCE
            try:
                read = read_table(table, SourceTable, file=self.file, where=f"sources.{key}", fault=AreaFault)
                found[key] = Source(read.title, read.address, read.date)
            except AreaFault as fault:
                self.faults.append(fault)
        return found

    def _resolved(self, value: Any, place: str) -> Any:
        """Return the tables below with each source, age and opening hour as what it stands for."""
        if isinstance(value, list):
            return [self._resolved(each, f"{place}[{number}]") for number, each in enumerate(value, 1)]
        if not isinstance(value, dict):
            return value
        return {key: self._worth(key, each, f"{place}.{key}") for key, each in value.items()}

    def _worth(self, key: str, value: Any, place: str) -> Any:
        try:
            if key == "ages":
                return ages_of(value)
            if key == "hours":
                return hours_of(value)
        except ValueError as wrong:
            *field, why = wrong.args
            self.fault(joined(place, *(field or [""])), why)
            return ANY_AGE if key == "ages" else Hours(always=True)
        if key != "source":
            return self._resolved(value, place)
        if value not in self.sources:
            self.fault(place, f"“{value}” is not in the [sources] of this file")
        return self.sources.get(value, NO_SOURCE)
