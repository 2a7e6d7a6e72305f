"""A folder of finished documents, kept by the hash of everything they were made from, and bounded."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

MOST_FILES = 300
MOST_BYTES = 64 << 20


@dataclass(frozen=True)
class Cache:
    """Keeps documents that are the same for everybody. What one person wrote never comes here."""

    folder: Path
    most_files: int = MOST_FILES
    most_bytes: int = MOST_BYTES

    def of(self, digest: str, make: Callable[[], bytes]) -> bytes:
        """Return the document under this digest, made if it is not there yet."""
        path = self.folder / f"{digest}.pdf"
        try:
            kept = path.read_bytes()
            os.utime(path)
        except FileNotFoundError:
            kept = make()
            self._keep(path, kept)
        return kept

    def _keep(self, path: Path, document: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self.folder, suffix=".part", delete=False) as file:
            file.write(document)
        Path(file.name).replace(path)
        self._make_room()

    def _make_room(self) -> None:
        """Remove the documents that nobody has asked for longest."""
        found = sorted(self._files(), reverse=True)
        held = 0
        for number, (_, size, path) in enumerate(found):
            held += size
            if number >= self.most_files or held > self.most_bytes:
                path.unlink(missing_ok=True)

    def _files(self) -> list[tuple[float, int, Path]]:
        found = []
        for path in self.folder.glob("*.pdf"):
            try:
                about = path.stat()
            except FileNotFoundError:  # another process made room at the same time
                continue
            found.append((about.st_mtime, about.st_size, path))
        return found
