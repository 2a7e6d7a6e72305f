"""Which characters a TrueType font can draw: its `cmap` table, formats 4 and 12 (OpenType specification, cmap).

A whole font library costs 12 MiB installed for this one table.
"""

import struct
from collections.abc import Iterator

WANTED = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))
"""Platform and encoding of the Unicode tables, the fullest first."""


class NotAFont(Exception):
    """The bytes are not a TrueType font with a Unicode table."""


def characters_of(font: bytes) -> frozenset[int]:
    """Return every code point that the font has a glyph for. Raises NotAFont."""
    try:
        start = _unicode_table(font, _cmap_start(font))
        kind = struct.unpack_from(">H", font, start)[0]
        if kind == 12:
            return frozenset(_segmented(font, start))
        if kind == 4:
            return frozenset(_two_byte(font, start))
    except (struct.error, KeyError) as fault:
        raise NotAFont(str(fault)) from fault
    raise NotAFont(f"a table of characters of format {kind}")


def _cmap_start(font: bytes) -> int:
    count = struct.unpack_from(">H", font, 4)[0]
    for number in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == b"cmap":
            return int(offset)
    raise KeyError("cmap")


def _unicode_table(font: bytes, start: int) -> int:
    count = struct.unpack_from(">H", font, start + 2)[0]
    records = (struct.unpack_from(">HHI", font, start + 4 + 8 * number) for number in range(count))
    tables = {(platform, encoding): start + offset for platform, encoding, offset in records}
    for wanted in WANTED:
        if wanted in tables:
            return int(tables[wanted])
    raise KeyError("no Unicode table")


def _segmented(font: bytes, start: int) -> Iterator[int]:
    count = struct.unpack_from(">I", font, start + 12)[0]
    for number in range(count):
        first, last, glyph = struct.unpack_from(">III", font, start + 16 + 12 * number)
        yield from range(first + (glyph == 0), last + 1)


def _two_byte(font: bytes, start: int) -> Iterator[int]:
    doubled = struct.unpack_from(">H", font, start + 6)[0]
    ends = start + 14
    firsts, deltas, offsets = ends + doubled + 2, ends + 2 * doubled + 2, ends + 3 * doubled + 2
    for place in range(0, doubled, 2):
        first, last, delta, offset = (
            struct.unpack_from(">H", font, table + place)[0] for table in (firsts, ends, deltas, offsets)
        )
        for code in range(first, last + 1):
            glyph = code
            if offset:
                glyph = struct.unpack_from(">H", font, offsets + place + offset + 2 * (code - first))[0]
            if code != 0xFFFF and (glyph or not offset) and (glyph + delta) & 0xFFFF:
                yield code
