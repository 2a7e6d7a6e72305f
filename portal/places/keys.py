"""A postcode as a number whose order is the postcodes' own order, and its place within its sector."""

from __future__ import annotations

from itertools import product

INWARD = 3
OUTWARD_WIDTH = 4
UNIT_BITS = 16
SECTOR_BITS = 8
UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
"""The letters a postcode can end with: never C, I, K, M, O or V."""
UNITS = {one + other: place for place, (one, other) in enumerate(product(UNIT_LETTERS, repeat=2))}
"""The last two letters of the 400 postcodes that a sector can have, each with its place among them."""


def key_of(postcode: str) -> int:
    """Return the number of a normalised postcode such as "SE5 8AF": its letters and digits, the first part padded."""
    padded = postcode[: -INWARD - 1].ljust(OUTWARD_WIDTH) + postcode[-INWARD:]
    return int.from_bytes(padded.encode("ascii"), "big")


def spaced(postcode: str) -> str:
    """Return "SE5 8AF" for "SE58AF" or "SE5  8AF": the official files pad their postcodes in several ways."""
    compact = postcode.replace(" ", "")
    return f"{compact[:-INWARD]} {compact[-INWARD:]}"


def outward_key(outward: str) -> int:
    """Return the number of an outward code such as "SE1"."""
    return int.from_bytes(outward.ljust(OUTWARD_WIDTH).encode("ascii"), "big")


def boundary(before: int, key: int) -> int:
    """Return the least number that still begins like `key` where it parts from `before`.

    A postcode too new to be known, between the two, then goes with the one that it resembles more.
    """
    kept = max(0, (before ^ key).bit_length() - 1) // 8 * 8
    return key >> kept << kept
