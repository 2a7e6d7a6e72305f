"""Find a GP surgery by name, road, town or postcode, as people type them."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from heapq import nsmallest
from math import hypot, log
from typing import NamedTuple

from portal.places.postcode import PostcodeFault, normalise
from portal.places.surgery_index import Index
from portal.places.surgery_words import GENERIC, words_of

Place = tuple[int, int]
MOST_WORDS = 8
COMMON = 12
"""A word is common where one surgery in twelve holds it."""
LEAST_WEIGHT = 0.5
GENERIC_WEIGHT = 0.1
IN_ADDRESS = 0.85
GOOD_ENOUGH, BESIDE_THE_BEST = 0.35, 0.7
WHOLE_NAME = 0.13
TIER = 0.12
"""Two matches nearer in score than this are as good as each other: then the nearer surgery comes first."""
NEARBY = 30_000.0
"""In metres. Surgeries within it of the home come before all others; hardly anyone's surgery is further away."""
FAR = 1e9
METRES = 100
FIRST_PART = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
SECTOR = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?) ([0-9][A-Z]?)")


class Surgery(NamedTuple):
    """One open GP surgery. `council` is empty where no postcode file covers it."""

    code: str
    name: str
    address: str
    town: str
    postcode: str
    icb: str
    sub_icb: str
    """The sub-ICB location that commissions it, such as 06T."""
    council: str

    @property
    def in_a_line(self) -> str:
        """Return name, road, town and postcode, for a list to choose from."""
        return ", ".join(filter(None, (self.name, self.address, self.town, self.postcode)))


class Holders(NamedTuple):
    """The rows that hold a typed word and how well, those with a telling word in their name, and the word's weight."""

    rows: Mapping[int, float]
    named: Collection[int]
    weight: float


class Surgeries:
    """The open surgeries, as lines of text sorted by code."""

    def __init__(
        self,
        text: bytes,
        index: Index,
        eastings: Sequence[int],
        northings: Sequence[int],
        located: Callable[[str], Place | None],
    ) -> None:
        self._text = text
        self._lines = array("I", _line_starts(text))
        self._index = index
        self._eastings = eastings
        self._northings = northings
        self._located = located

    def __len__(self) -> int:
        return len(self._eastings)

    def get(self, code: str) -> Surgery | None:
        """Return the open surgery with this NHS code; None where there is none, or it has closed."""
        wanted = code.strip().upper()
        at = bisect_left(range(len(self)), wanted, key=lambda row: self._surgery(row).code)
        return self._surgery(at) if at < len(self) and self._surgery(at).code == wanted else None

    def search(self, text: str, near: str | None = None, limit: int = 10) -> list[Surgery]:
        """Return the surgeries that fit: those within 30 km of the home first, the best and then the nearest of them.

        With no words, the nearest; without a home, the best. The one that fits best of all is always among them.
        `near` is the home's normalised postcode, where it is known.
        """
        home = self._located(near) if near else None
        words = words_of(text)[:MOST_WORDS]
        rows = self._by_postcode(text, home, limit)
        if rows is None:
            rows = self._by_words(words, home, limit) if words else self._nearest(range(len(self)), home, limit)
        return [self._surgery(row) for row in rows[:limit]]

    def _by_postcode(self, text: str, home: Place | None, limit: int) -> list[int] | None:
        """Return the rows in and around a typed postcode, or its first part; None where it is neither."""
        wanted = _postcode_in(text)
        if wanted is None:
            return None
        outward = wanted.partition(" ")[0]
        inside = {row for row in self._index.holding(outward.lower()) if self._surgery(row).postcode.startswith(wanted)}
        middle = self._located(wanted) or self._located(outward)
        if middle is None:
            return self._nearest(inside, home, limit) or None
        around = self._nearest((row for row in range(len(self)) if row not in inside), middle, limit)
        return self._nearest(inside, home or middle, limit) + around

    def _by_words(self, typed: list[str], home: Place | None, limit: int) -> list[int]:
        best: defaultdict[int, float] = defaultdict(float)
        ways = self._ways(typed)
        known = self._known({word for words in ways for word in words})
        for words in ways:
            for row, score in self._scores([known[word] for word in words]).items():
                best[row] = max(best[row], score)
        top = max(best.values(), default=0.0)
        least = max(GOOD_ENOUGH, top * BESIDE_THE_BEST)
        fitting = [
            (int((top - score) / TIER), self._metres(row, home), -score, row)
            for row, score in best.items()
            if score >= least
        ]
        found = [row for *_, row in nsmallest(limit, fitting, key=lambda each: (each[1] > NEARBY, each))]
        # Somebody may have moved away from the surgery whose name they know.
        likeliest = min(fitting, default=None)
        return found if likeliest is None or likeliest[-1] in found else [*found[:-1], likeliest[-1]]

    def _ways(self, typed: list[str]) -> list[list[str]]:
        """Return the words as typed, and with words joined or taken apart where that gives words of the index."""
        apart = [part for word in typed for part in self._index.apart(word)]
        pairs = ((at, typed[at] + typed[at + 1]) for at in range(len(typed) - 1))
        joined = [[*typed[:at], word, *typed[at + 2 :]] for at, word in pairs if self._index.holding(word)]
        return [typed, *joined] if apart == typed else [typed, apart, *joined]

    def _known(self, words: Collection[str]) -> dict[str, Holders]:
        """Return the holders of each word; of words as common as "road", only rows that hold a rarer one, if any do."""
        meant = {word: self._index.alike(word, exactly=word in GENERIC) for word in words}
        many = {word: sum(len(self._index.holders_of(number)) for number in meant[word]) for word in words}
        common = {word for word in words if many[word] * COMMON > len(self)}
        known = {word: self._holders(word, meant[word], many[word]) for word in words if word not in common}
        among = sorted({row for holders in known.values() for row in holders.rows})
        return known | {word: self._holders(word, meant[word], many[word], among or None) for word in common}

    def _scores(self, typed: Sequence[Holders]) -> dict[int, float]:
        """Return for each row the share of the typed words that it holds, rare words counting for more.

        A name with no other telling word is a little better: "park" is Park Surgery before Queens Park Surgery.
        """
        total = sum(word.weight for word in typed)
        sums, told = defaultdict[int, float](float), defaultdict[int, int](int)
        for word in typed:
            for row, how_well in word.rows.items():
                sums[row] += word.weight * how_well / total
            for row in word.named:
                told[row] += 1
        whole = self._index.telling
        return {row: score + (WHOLE_NAME if told[row] == whole[row] else 0) for row, score in sums.items()}

    def _holders(
        self, typed: str, meant: Mapping[int, float], many: int, among: Sequence[int] | None = None
    ) -> Holders:
        found, named, generic = dict[int, float](), set[int](), typed in GENERIC
        for word, how_well in meant.items():
            for holder in self._index.holders_of(word) if among is None else self._index.held_by(word, among):
                row, score = holder >> 1, how_well if holder & 1 else how_well * IN_ADDRESS
                if score > found.get(row, 0.0):
                    found[row] = score
                if holder & 1 and not generic:
                    named.add(row)
        rare = max(LEAST_WEIGHT, 1 + log(len(self) / max(1, many)) / log(len(self) + 1))
        return Holders(found, named, GENERIC_WEIGHT if generic else rare)

    def _nearest(self, rows: Iterable[int], home: Place | None, limit: int) -> list[int]:
        return [row for _, row in nsmallest(limit, ((self._metres(row, home), row) for row in rows))]

    def _metres(self, row: int, home: Place | None) -> float:
        east = self._eastings[row]
        if home is None or not east:
            return FAR
        return hypot(east * METRES - home[0], self._northings[row] * METRES - home[1])

    def _surgery(self, row: int) -> Surgery:
        end = self._lines[row + 1] if row + 1 < len(self._lines) else len(self._text)
        return Surgery(*self._text[self._lines[row] : end - 1].decode().split("\t"))


def _postcode_in(text: str) -> str | None:
    """Return a typed postcode, or the beginning of one, spaced as it should be."""
    tidy = " ".join(text.upper().split())
    if FIRST_PART.fullmatch(tidy) or SECTOR.fullmatch(tidy):
        return tidy
    try:
        return normalise(text)
    except PostcodeFault:
        return None


def _line_starts(text: bytes) -> Iterable[int]:
    at = 0
    while at < len(text):
        yield at
        at = text.index(b"\n", at) + 1
