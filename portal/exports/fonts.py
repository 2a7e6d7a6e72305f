"""The fonts that documents are set in, and every character they can draw."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portal.exports.cmap import NotAFont, characters_of

FAMILIES = (
    "Atkinson Hyperlegible",
    "Noto Sans",
    "Noto Sans Bengali",
    "Noto Sans Gujarati",
    "Noto Sans Gurmukhi",
    "Noto Sans Tamil",
    "Noto Naskh Arabic",
    "Noto Sans Symbols 2",
    "Noto Sans Math",
    "Noto Emoji",
)
"""In the order in which a character is looked for. A family that a deployment adds comes after these."""

FIRST_FOR = {"ur": "Noto Nastaliq Urdu"}
"""The family that readers of a language expect before all others."""


class FontsFault(Exception):
    """The fonts are not there or cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Fonts:
    """Font files in one folder or more, and the code points that at least one of them draws."""

    folders: tuple[Path, ...]
    characters: frozenset[int]

    @classmethod
    def load(cls, *folders: Path) -> Fonts:
        """Read the fonts of these folders; a deployment may add its own. Raises FontsFault."""
        files = [path for folder in folders for path in sorted(folder.glob("*.[to]tf"))]
        if not files:
            raise FontsFault(f"{folders[0]}: there are no fonts for PDF documents. Run: npm run build")
        try:
            found = frozenset[int]().union(*(characters_of(path.read_bytes()) for path in files))
        except (OSError, NotAFont) as fault:
            raise FontsFault(f"A font for PDF documents cannot be read: {fault}") from fault
        return cls(folders, found)
