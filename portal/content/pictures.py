"""The manifest of pictures: which drawing stands for which idea, and the words that replace it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta

from portal.content.tables import ContentFault, Table, read_entry, read_file
from portal.strict import Text

CODE = r"^[0-9A-F]{4,5}(-[0-9A-F]{3,5})*\Z"
FILE = r"^[a-z0-9-]+\.svg\Z"
SAYS = {CODE: "must be an OpenMoji code such as 1F3E0", FILE: "must be the name of an SVG in static/pictures"}
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


class CreditsTable(Table, frozen=True, kw_only=True):
    """Whom to thank for each kind of picture."""

    openmoji: Text
    own: Text


class PictureTable(Table, frozen=True, kw_only=True):
    """A picture as the file says it: the code of an OpenMoji, or the file of our own."""

    alt: Text
    source: Literal["openmoji", "own"]
    credit: Text = ""
    code: Annotated[str, Meta(pattern=CODE)] = ""
    file: Annotated[str, Meta(pattern=FILE)] = ""


class ManifestTable(Table, frozen=True, kw_only=True):
    """The file of pictures, which are read one by one, so that a fault names its picture."""

    credits: CreditsTable
    pictures: dict[str, dict[str, Any]]


def load_pictures(path: Path) -> Pictures:
    """Read the manifest. Raises ContentFault."""
    read = read_file(path, ManifestTable)
    return Pictures({key: _picture(key, data, read.credits, path) for key, data in read.pictures.items()})


def _picture(key: str, data: dict[str, Any], thanks: CreditsTable, path: Path) -> Picture:
    where = f"pictures.{key}"
    table = read_entry(data, PictureTable, path, where, SAYS)
    if not KEY.fullmatch(key):
        raise ContentFault(path.name, where, "must be small letters, digits and hyphens")
    needed, other = ("code", "file") if table.source == "openmoji" else ("file", "code")
    if not getattr(table, needed):
        raise ContentFault(path.name, f"{where}.{needed}", "is missing")
    if getattr(table, other):
        raise ContentFault(path.name, f"{where}.{other}", f"has no place beside {needed}")
    credit = table.credit or str(getattr(thanks, table.source))
    return Picture(key, table.alt, table.source, credit, table.code, table.file)
