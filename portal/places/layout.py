"""The bytes of a place file: packed sections behind a readable header, and a SHA-256 over all of it.

docs/places-file.md describes the format for other programs.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import sys
import tempfile
import zlib
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.places.fault import BadPlaceFile
from portal.places.surgery_index import INDEX_TYPES

MAGIC = b"DSRPLACE"
FORMAT = 1
FRONT = struct.Struct(">8sHI")
DIGEST_BYTES = 32
TYPES: Mapping[str, str] = {
    "starts": "Q",
    "owners": "H",
    "sectors": "Q",
    "eastings": "H",
    "northings": "H",
    "live_slots": "H",
    "ended_slots": "H",
    "surgery_eastings": "H",
    "surgery_northings": "H",
    **INDEX_TYPES,
}
"""Sections that are arrays: unsigned integers of 8 (Q), 4 (I) or 2 (H) bytes, least byte first."""


@dataclass(frozen=True)
class Packed:
    """A place file's header and its sections, still compressed."""

    header: Mapping[str, Any]
    sections: Mapping[str, bytes]

    def bytes_of(self, name: str) -> bytes:
        return zlib.decompress(self.sections[name])

    def array_of(self, name: str) -> array[int]:
        numbers = array(TYPES[name])
        numbers.frombytes(self.bytes_of(name))
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers


def pack(header: Mapping[str, Any], sections: Mapping[str, bytes | array[int]]) -> bytes:
    """Return the bytes of a place file."""
    packed = {name: zlib.compress(_raw(content), 9) for name, content in sections.items()}
    lengths = {name: len(content) for name, content in packed.items()}
    told = json.dumps(dict(header) | {"sections": lengths}, ensure_ascii=False).encode()
    body = b"".join((FRONT.pack(MAGIC, FORMAT, len(told)), told, *packed.values()))
    return body + hashlib.sha256(body).digest()


def unpack(content: bytes, name: str) -> Packed:
    """Check and take apart. Raises BadPlaceFile."""
    if len(content) < FRONT.size + DIGEST_BYTES or content[: len(MAGIC)] != MAGIC:
        raise BadPlaceFile(f"{name}: this is not a place file")
    body, digest = content[:-DIGEST_BYTES], content[-DIGEST_BYTES:]
    if hashlib.sha256(body).digest() != digest:
        raise BadPlaceFile(f"{name}: the checksum is wrong: the file is damaged or cut short")
    _, version, length = FRONT.unpack_from(body)
    if version != FORMAT:
        raise BadPlaceFile(f"{name}: format {version} is not format {FORMAT}: build it again")
    header = json.loads(body[FRONT.size : FRONT.size + length])
    sections, at = {}, FRONT.size + length
    for section, size in header["sections"].items():
        sections[section] = body[at : at + size]
        at += size
    return Packed(header, sections)


def swap_in(content: bytes, path: Path) -> None:
    """Write beside the old file, then put it in its place in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _raw(content: bytes | array[int]) -> bytes:
    if isinstance(content, bytes):
        return content
    if sys.byteorder == "big":
        content = array(content.typecode, content)
        content.byteswap()
    return content.tobytes()
