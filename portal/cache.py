"""What was made once and serves many: in memory or in a folder, bounded, and safe between threads."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

Value = TypeVar("Value")
Clock = Callable[[], datetime]
MOST_FILES = 300
MOST_BYTES = 64 << 20


def no_clock() -> datetime:
    """Stand in for a clock where nothing kept ever grows old."""
    return datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Kept(Generic[Value]):
    """A value, and from when until when it holds good; without an end, until it has to make room."""

    value: Value
    since: datetime
    until: datetime | None

    def holds(self, now: Clock) -> bool:
        """Say whether it still holds. A clock that was set back makes it old too, not good for longer."""
        return self.until is None or self.since <= now() < self.until


class Cache(Generic[Value]):
    """Keeps values in memory by key; the one that nobody has asked for longest makes room."""

    def __init__(self, most: int, now: Clock = no_clock) -> None:
        self._now = now
        self._held: LRUCache[Hashable, Kept[Value]] = LRUCache(most)
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        """Return what is kept under this key, or None where there is nothing that still holds."""
        with self._lock:
            kept = self._held.get(key)
        return kept.value if kept is not None and kept.holds(self._now) else None

    def keep(self, key: Hashable, value: Value, until: datetime | None = None) -> None:
        """Keep a value from now, in place of what was there."""
        with self._lock:
            self._held[key] = Kept(value, self._now(), until)

    def of(self, key: Hashable, make: Callable[[], Value], lasts: timedelta | None = None) -> Value:
        """Return what is kept under this key, made if it is not there or has outlasted its time."""
        value = self.get(key)
        if value is None:
            until = None if lasts is None else self._now() + lasts
            value = make()
            self.keep(key, value, until)
        return value


@dataclass(frozen=True)
class Folder:
    """Keeps documents that are the same for everybody, by the hash of everything they were made from.

    What one person wrote never comes here.
    """

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
        held = 0
        for number, (_, size, path) in enumerate(sorted(self._files(), reverse=True)):
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
