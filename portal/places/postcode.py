"""Read a postcode the way people type it, and say plainly what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from itertools import product


def _areas(letters: str) -> frozenset[str]:
    return frozenset(letters.split())


ENGLISH_AREAS = _areas("""
    AL B BA BB BD BH BL BN BR BS CA CB CH CM CO CR CT CV CW DA DE DH DL DN DT DY E EC EN EX FY GL GU HA HD HG HP HR
    HU HX IG IP KT L LA LD LE LN LS LU M ME MK N NE NG NN NP NR NW OL OX PE PL PO PR RG RH RM S SE SG SK SL SM SN SO
    SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO
""")
"""Postcode areas that lie in England, or reach into it from Wales or Scotland (CH, HR, LD, NP, SY, TD)."""

BORDER_AREAS = _areas("CH HR LD NP SY TD")

OTHER_NATIONS = {
    "Scotland": _areas("AB DD DG EH FK G HS IV KA KW KY ML PA PH ZE"),
    "Wales": _areas("CF LL SA"),
    "Northern Ireland": _areas("BT"),
    "the Isle of Man": _areas("IM"),
    "the Channel Islands": _areas("GY JE"),
}

SHAPE = re.compile(r"([A-Z]{1,2})(0|[1-9][0-9]?|[0-9][ABCDEFGHJKMNPRSTUVWXY]) ([0-9][ABD-HJLNP-UW-Z]{2})")
LETTERS = re.compile(r"[A-Z]*")
LIKE_A_DIGIT = {"O": "0", "I": "1"}
LIKE_A_LETTER = {"0": "O", "1": "I"}


class PostcodeFault(ValueError):
    """A postcode that cannot be used; `reason` is "not_a_postcode" or "not_in_england"."""

    reason = "not_a_postcode"


class NotAPostcode(PostcodeFault):
    """No postcode in the United Kingdom looks like this."""


class NotInEngland(PostcodeFault):
    """A postcode of another nation, named in `nation`."""

    reason = "not_in_england"

    def __init__(self, nation: str) -> None:
        super().__init__(f"this postcode is in {nation}")
        self.nation = nation


def normalise(text: str) -> str:
    """Return "SE5 8AF" for "se58af", "SE5-8AF." or "SE5 8AF " and "CO10 7XY" for "C010 7XY" or "COIO 7XY".

    Raises NotAPostcode or NotInEngland. It does not know whether the postcode exists.
    """
    compact = re.sub(r"[\s.,\-‐–_]", "", unicodedata.normalize("NFKC", text)).upper()
    if not 5 <= len(compact) <= 7:
        raise NotAPostcode("a postcode has 5 to 7 letters and numbers")
    readings = [reading for reading in _readings(compact[:-3], compact[-3:]) if _area(reading) is not None]
    if not readings:
        raise NotAPostcode("this is not the shape of a postcode")
    best = min(readings, key=lambda reading: _changes(reading, compact))
    nation = _nation(_area(best) or "")
    if nation is not None:
        raise NotInEngland(nation)
    return best


def outward_code(postcode: str) -> str:
    """Return the first part of a normalised postcode."""
    return postcode.partition(" ")[0]


def sector_of(postcode: str) -> str:
    """Return "SE5 8", the first part and the digit, of a normalised postcode."""
    return postcode[:-2]


def prefixes(postcode: str) -> tuple[str, str, str, str]:
    """Return "SE5", "SE5 8", "SE5 8A" and "SE5 8AF": what a rule can name of a normalised postcode, shortest first."""
    return postcode[:-4], postcode[:-2], postcode[:-1], postcode


def spaced(postcode: str) -> str:
    """Return "SE5 8AF" for "SE58AF" or "SE5  8AF": the official files pad their postcodes in several ways."""
    compact = postcode.replace(" ", "")
    return f"{compact[:-3]} {compact[-3:]}"


def area_of(postcode: str) -> str:
    """Return the letters that a postcode begins with."""
    return LETTERS.match(postcode)[0]  # type: ignore[index]  # an empty run always matches


def _readings(outward: str, inward: str) -> set[str]:
    """Return every reading in which a letter O or I may stand for a digit, and a digit 0 or 1 for a letter."""
    choices = [{mark, LIKE_A_DIGIT.get(mark, mark), LIKE_A_LETTER.get(mark, mark)} for mark in outward]
    first = LIKE_A_DIGIT.get(inward[0], inward[0])
    return {"".join(marks) + f" {first}{inward[1:]}" for marks in product(*choices)}


def _area(postcode: str) -> str | None:
    found = SHAPE.fullmatch(postcode)
    if found is None:
        return None
    area = found[1]
    return area if area in ENGLISH_AREAS or _nation(area) else None


def _nation(area: str) -> str | None:
    return next((nation for nation, areas in OTHER_NATIONS.items() if area in areas), None)


def _changes(reading: str, compact: str) -> tuple[int, str]:
    changed = sum(was != now for was, now in zip(compact, reading.replace(" ", ""), strict=True))
    return changed, reading
