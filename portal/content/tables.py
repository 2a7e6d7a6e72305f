"""Strict reading of content: what is missing, of the wrong kind or not known stops the start and names its field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from portal.content.inline import fault_in
from portal.content.pages import INSERTS, LINKABLE, Source
from portal.strict import TableFault, Text, joined, read_table, read_toml

Read = TypeVar("Read", bound=Struct)


class ContentFault(TableFault):
    """A content file cannot be used; names the file and the field."""


class Table(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every table of a content file is."""


class LineTable(Table, frozen=True, kw_only=True):
    """A short line in Easy Read, with its picture."""

    say: Text
    picture: Text


class Sourced(Table, frozen=True, kw_only=True):
    """A block that may say where its fact comes from; a source carries its date."""

    source: Text | None = None
    source_date: Text | None = None

    @property
    def origin(self) -> Source | None:
        return Source(self.source, self.source_date) if self.source and self.source_date else None


def read_file(path: Path, kind: type[Read]) -> Read:
    """Return a whole file. Raises ContentFault."""
    return read_entry(read_toml(path, ContentFault), kind, path)


def read_entries(path: Path, kind: type[Read]) -> dict[str, Read]:
    """Return a file of tables that each have a name of their own. Raises ContentFault."""
    return {key: read_entry(entry, kind, path, key) for key, entry in read_toml(path, ContentFault).items()}


def read_entry(data: Any, kind: type[Read], path: Path, where: str = "", says: Mapping[str, str] | None = None) -> Read:
    """Return one table of a file, all of its texts with markup that closes and links that lead somewhere."""
    read = read_table(data, kind, file=path.name, fault=ContentFault, where=where, says=says or {})
    for field, why in _faults(read):
        raise ContentFault(path.name, joined(where, field), why)
    return read


def kind_of(table: Struct, kinds: tuple[str, ...], path: Path, where: str) -> str:
    """Return which one of these a block is. Raises ContentFault."""
    named = [kind for kind in kinds if getattr(table, kind) is not None]
    if len(named) != 1:
        raise ContentFault(path.name, f"{where}.kind", f"must be exactly one of {', '.join(kinds)}")
    return named[0]


def _faults(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the texts of a table, and of the tables in it."""
    if isinstance(value, str):
        if why := fault_in(value, LINKABLE):
            yield place, why
    elif isinstance(value, tuple):
        for number, each in enumerate(value, 1):
            yield from _faults(each, place if isinstance(each, str) else f"{place}[{number}]")
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _faults(each, f"{place}.{key}")
    elif isinstance(value, Struct):
        if isinstance(value, Sourced):
            yield from _source_faults(value, place)
        for key in value.__struct_fields__:
            yield from _faults(getattr(value, key), f"{place}.{key}".lstrip("."))
        insert = getattr(value, "insert", None)
        if insert and insert not in INSERTS:
            yield f"{place}.insert", f"is not a known insert: {insert}"


def _source_faults(block: Sourced, place: str) -> Iterator[tuple[str, str]]:
    if block.source and not block.source_date:
        yield f"{place}.source_date", "is missing"
    if block.source_date and not block.source:
        yield f"{place}.source_date", "has no source beside it"
