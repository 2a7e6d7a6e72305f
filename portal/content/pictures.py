"""The manifest of pictures: which drawing stands for which idea, and the words that replace it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portal.content.tables import Table, read_table

CODE = re.compile(r"[0-9A-F]{4,5}(-[0-9A-F]{3,5})*")
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: an OpenMoji by its code, or a drawing of our own by its file in static/pictures."""

    key: str
    alt: str
    source: str
    credit: str
    code: str = ""
    file: str = ""


@dataclass(frozen=True)
class Pictures:
    """Every picture by its key."""

    by_key: Mapping[str, Picture] = field(default_factory=dict)

    def __contains__(self, key: str) -> bool:
        return key in self.by_key

    def __iter__(self) -> Iterator[Picture]:
        return iter(self.by_key.values())

    def __len__(self) -> int:
        return len(self.by_key)

    def get(self, key: str) -> Picture:
        """Return the picture; an unknown key is a KeyError, because the loader has checked every one."""
        return self.by_key[key]


def load_pictures(path: Path) -> Pictures:
    """Read the manifest. Raises ContentFault."""
    manifest = read_table(path)
    credits_table = manifest.table("credits")
    credit_of = {source: credits_table.text(source) for source in ("openmoji", "own")}
    credits_table.done()
    pictures = manifest.table("pictures")
    found = {key: _picture(key, pictures.table(key), credit_of) for key in pictures.names()}
    manifest.done()
    return Pictures(found)


def _picture(key: str, table: Table, credit_of: Mapping[str, str]) -> Picture:
    source = table.text("source")
    if source not in credit_of:
        raise table.fault("source", "must be openmoji or own")
    if not KEY.fullmatch(key):
        raise table.fault("key", "must be small letters, digits and hyphens")
    code = table.text("code") if source == "openmoji" else ""
    file = table.text("file") if source == "own" else ""
    if code and not CODE.fullmatch(code):
        raise table.fault("code", "must be an OpenMoji code such as 1F3E0")
    if file and not re.fullmatch(r"[a-z0-9-]+\.svg", file):
        raise table.fault("file", "must be the name of an SVG in static/pictures")
    picture = Picture(key, table.text("alt"), source, table.maybe_text("credit") or credit_of[source], code, file)
    table.done()
    return picture
