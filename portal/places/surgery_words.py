"""The words of a surgery's name and address, made alike, and how alike two words are."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz.distance import OSA


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SHORT_FORMS = {
    "saint": "st",
    "street": "st",
    "road": "rd",
    "avenue": "ave",
    "center": "centre",
    "ctr": "centre",
    "doctor": "dr",
    "doctors": "dr",
    "drs": "dr",
    "mount": "mt",
    "practise": "practice",
    "practices": "practice",
    "surgeries": "surgery",
    "gps": "gp",
}
GENERIC = _set("""
    surgery medical centre practice health the dr and group gp clinic partners partner partnership of at in on nhs care
    primary healthcare family services service hospital my
""")
"""Words so common in the names that they tell surgeries apart only when nothing else is typed."""
STAY_SMALL = _set("and of the on in at le by under upon super with cum de")
STAY_BIG = _set("GP NHS PMS APMS UK PCC II III IV HMP UHL RAF BMI LLP CIC PCT HCC PHCC PCRC")
IN_FULL = {
    "CTR": "CENTRE",
    "CTRE": "CENTRE",
    "CNTR": "CENTRE",
    "HC": "HEALTH CENTRE",
    "HLTH": "HEALTH",
    "HTH": "HEALTH",
    "MED": "MEDICAL",
    "SURG": "SURGERY",
    "PRAC": "PRACTICE",
    "HOSP": "HOSPITAL",
    "RD": "ROAD",
    "AVE": "AVENUE",
}
"""What the official file shortens, and people read better in full."""
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"


def words_of(text: str) -> list[str]:
    """Return the words in small letters, without accents or apostrophes, common long forms made short."""
    plain = unicodedata.normalize("NFKD", text).lower()
    plain = re.sub(r"['’`.]", "", "".join(mark for mark in plain if not unicodedata.combining(mark)))
    return [SHORT_FORMS.get(word, word) for word in re.findall(r"[a-z0-9]+", plain)]


def padded(word: str) -> str:
    """Return the word between spaces, two before it: letters at its beginning then weigh more than at its end."""
    return f"  {word} "


def trigrams(word: str) -> set[str]:
    """Return the runs of three letters of a padded word."""
    text = padded(word)
    return {text[at : at + 3] for at in range(len(text) - 2)}


def likeness(one: str, other: str) -> float:
    """Return 0 to 1 by the slips of a hand that lead from one word to the other; 0 where it would take too many."""
    longest = max(len(one), len(other))
    allowed = 1 if longest <= 5 else 2 if longest <= 9 else 3
    slips = OSA.distance(one, other, score_cutoff=allowed)
    return 0.0 if slips > allowed or longest <= 2 else 1 - slips / (longest + 1)


def in_reading_case(capitals: str) -> str:
    """Return "The Park Medical Centre" for "THE PARK MED CTR": capitals and short forms are hard to read."""
    in_full = re.sub(r"[A-Z]+", lambda found: IN_FULL.get(found[0], found[0]), capitals)
    parts = re.split(r"([\s\-/(,.]+)", in_full.strip(" ,"))
    return "".join(_cased(part, first=at == 0) for at, part in enumerate(parts)).replace("'", APOSTROPHE)


def _cased(word: str, *, first: bool) -> str:
    small = word.lower()
    if word in STAY_BIG or any(mark.isdigit() for mark in word):
        return re.sub(r"(?<=\d)(ST|ND|RD|TH)$", lambda found: found[0].lower(), word)
    if small in STAY_SMALL and not first:
        return small
    return small[:1].upper() + small[1:]
