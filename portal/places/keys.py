"""A postcode as a number whose order is the postcodes' own order, and its place within its sector."""

from __future__ import annotations

INWARD = 3
OUTWARD_WIDTH = 4
UNIT_BITS = 16
SECTOR_BITS = 8
UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
"""The letters a postcode can end with: never C, I, K, M, O or V."""
UNITS_IN_A_SECTOR = len(UNIT_LETTERS) ** 2
RANK = {ord(letter): rank for rank, letter in enumerate(UNIT_LETTERS)}


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


def unit_of(key: int) -> int | None:
    """Return which of the 400 postcodes of its sector this is; None where it ends as no postcode does."""
    first, second = RANK.get(key >> 8 & 0xFF), RANK.get(key & 0xFF)
    return None if first is None or second is None else first * len(UNIT_LETTERS) + second


def boundary(before: int, key: int) -> int:
    """Return the least number that still begins like `key` where it parts from `before`.

    A postcode too new to be known, between the two, then goes with the one that it resembles more.
    """
    kept = max(0, (before ^ key).bit_length() - 1) // 8 * 8
    return key >> kept << kept
