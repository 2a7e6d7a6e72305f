"""Strict reading of TOML: what is missing, of the wrong kind or not known stops the start."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class ContentFault(ValueError):
    """A content file cannot be used; names the file and the field."""

    def __init__(self, file: str, field: str, why: str) -> None:
        super().__init__(f"{file}: {field}: {why}")
        self.file = file
        self.field = field
        self.why = why


class Table:
    """One TOML table, read key by key; `done` refuses the keys nobody asked for."""

    def __init__(self, file: str, where: str, data: Mapping[str, Any]) -> None:
        self.file = file
        self.where = where
        self._data = data
        self._read: set[str] = set()

    def fault(self, key: str, why: str) -> ContentFault:
        """Return the fault of one field of this table."""
        return ContentFault(self.file, f"{self.where}.{key}" if self.where else key, why)

    def has(self, key: str) -> bool:
        """Say whether the key is there."""
        return key in self._data

    def names(self) -> tuple[str, ...]:
        """Return the keys in the order of the file."""
        return tuple(self._data)

    def text(self, key: str) -> str:
        """Return a text that must be there and hold words."""
        value = self._take(key)
        if value is None:
            raise self.fault(key, "is missing")
        if not isinstance(value, str) or not value.strip():
            raise self.fault(key, "must be a text with words in it")
        return value

    def maybe_text(self, key: str) -> str:
        """Return a text, or an empty one where the key is absent."""
        return self.text(key) if self.has(key) else ""

    def flag(self, key: str) -> bool:
        """Return true or false; an absent one is false."""
        value = self._take(key)
        if not isinstance(value, bool | None):
            raise self.fault(key, "must be true or false")
        return bool(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, at least one."""
        value = self._take(key)
        if not isinstance(value, list) or not value:
            raise self.fault(key, "must be a list with something in it")
        if not all(isinstance(item, str) and item.strip() for item in value):
            raise self.fault(key, "must hold texts only")
        return tuple(value)

    def table(self, key: str) -> Table:
        """Return the table under the key; an absent one is empty."""
        value = self._take(key)
        if value is None:
            value = {}
        if not isinstance(value, dict):
            raise self.fault(key, "must be a table")
        return Table(self.file, f"{self.where}.{key}" if self.where else key, value)

    def tables(self, key: str) -> tuple[Table, ...]:
        """Return the list of tables under the key; an absent one is empty."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.fault(key, "must be a list of tables")
        start = f"{self.where}.{key}" if self.where else key
        return tuple(Table(self.file, f"{start}[{number}]", item) for number, item in enumerate(value, 1))

    def done(self) -> None:
        """Refuse whatever was not read."""
        for key in self._data:
            if key not in self._read:
                raise self.fault(key, "is not a known key")

    def _take(self, key: str) -> Any:
        self._read.add(key)
        return self._data.get(key)


def read_table(path: Path) -> Table:
    """Return the whole file as one table; the fault of broken TOML names the file."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ContentFault(path.name, "file", "is missing") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ContentFault(path.name, "file", f"is not readable TOML: {fault}") from fault
    return Table(path.name, "", data)


def toml_files(folder: Path) -> list[Path]:
    """Return the TOML files of a folder, by name; none where the folder does not exist."""
    return sorted(folder.glob("*.toml"))
