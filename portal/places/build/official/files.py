"""Open what was downloaded, packed or not, and say plainly where it is broken."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from portal.places.fault import BadSource

ZIP, GZIP = b"PK", b"\x1f\x8b"
BROKEN = (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, UnicodeDecodeError, csv.Error)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn every way in which a file can be broken into one BadSource that names it."""
    try:
        yield
    except FileNotFoundError:
        raise BadSource(path.name, "there is no such file") from None
    except BROKEN as fault:
        raise BadSource(path.name, f"the file is broken or cut short ({fault})") from fault


@contextmanager
def open_text(path: Path, wanted: str = "*.csv") -> Iterator[TextIO]:
    """Open a CSV that stands alone, is gzipped, or is the largest of its name in a zip."""
    with reading(path):
        if is_zip(path):
            with zipfile.ZipFile(path) as files, files.open(_largest(files, wanted, path)) as file:
                yield io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        elif _begins(path, GZIP):
            with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
                yield file
        else:
            with path.open(encoding="utf-8-sig", newline="") as file:
                yield file


def _largest(files: zipfile.ZipFile, wanted: str, path: Path) -> zipfile.ZipInfo:
    inside = [info for info in files.infolist() if Path(info.filename.lower()).match(wanted)]
    if not inside:
        raise BadSource(path.name, f"there is no {wanted} in this zip")
    return max(inside, key=lambda info: info.file_size)


def is_zip(path: Path) -> bool:
    """Say whether this is a zip. Raises BadSource for one that is cut short: its list of contents stands at the end."""
    with reading(path):
        if zipfile.is_zipfile(path):
            return True
        if _begins(path, ZIP):
            raise BadSource(path.name, "the zip is broken or cut short")
        return False


def _begins(path: Path, mark: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(mark)) == mark
