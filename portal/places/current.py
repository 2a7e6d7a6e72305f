"""The place file of an instance, read again when a newer one has been swapped in."""

from __future__ import annotations

from pathlib import Path

from portal.places.fault import BadPlaceFile
from portal.places.place_file import PlaceFile

OLD_NAME = "places.bin"
TOO_OLD = f"{OLD_NAME} is of the format before and is not used: build the place file again (portal places build)."


class CurrentPlaces:
    """Give the place file of the moment, or None where there is none. A damaged one leaves the last good one in use."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.fault = ""
        """Why the file on disk is not the one in use; for /readyz."""
        self._seen: tuple[int, int] | None = None
        self._file: PlaceFile | None = None

    def file(self) -> PlaceFile | None:
        """Return the place file; looks at the disk, but reads only what has changed."""
        try:
            told = self.path.stat()
        except FileNotFoundError:
            old = self.path.with_name(OLD_NAME).exists()
            self._seen, self._file, self.fault = None, None, TOO_OLD if old else ""
            return None
        seen = (told.st_ino, told.st_mtime_ns)
        if seen != self._seen:
            self._seen = seen
            self._read()
        return self._file

    def _read(self) -> None:
        try:
            self._file, self.fault = PlaceFile.load(self.path), ""
        except BadPlaceFile as fault:
            self.fault = str(fault)
