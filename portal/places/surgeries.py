"""Find a GP surgery by name, road, town or postcode, as people type them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import pairwise
from math import hypot, log
from typing import Any, NamedTuple

from portal.places.postcode import PostcodeFault, normalise
from portal.places.surgery_words import GENERIC, likeness, trigrams, words_of

Place = tuple[float, float]
MOST_WORDS = 8
LIKE_WORDS = 40
"""How many words that share most with a typed one are compared with it letter by letter."""
BEGINS_WITH = 0.9
SHORTEST_HALF = 3
COMMON = 12
"""A word is common where one surgery in twelve holds it."""
GENERIC_WEIGHT = 0.1
IN_ADDRESS = 0.85
GOOD_ENOUGH, BESIDE_THE_BEST = 0.35, 0.7
WHOLE_NAME = 0.13
TIER = 0.12
"""Two matches nearer in score than this are as good as each other: then the nearer surgery comes first."""
NEARBY = 30_000.0
"""In metres. Surgeries within it of the home come before all others; hardly anyone's surgery is further away."""
FAR = 1e9
FIRST_PART = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
SECTOR = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?) ([0-9][A-Z]?)")
SURGERY = "SELECT code, name, address, town, postcode, icb, sub_icb, council FROM surgery WHERE "
BEGINNING_WITH = "SELECT term FROM word WHERE term BETWEEN ?1 AND ?1 || '~'"
SPELT_LIKE = "SELECT trim(word) FROM spelling WHERE spelling MATCH ? ORDER BY rank LIMIT ?"
KNOWN = "SELECT term, doc FROM json_each(?) CROSS JOIN word ON term = value"
HOLDING = "SELECT term, doc, col = 'name' FROM json_each(?) CROSS JOIN holding ON term = value"
MATCHING = "SELECT rowid FROM surgery_words WHERE surgery_words MATCH ?"


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
    """The surgeries that hold a typed word and how well, those with it in their name, and the word's weight."""

    rows: Mapping[int, float]
    named: Collection[int]
    weight: float


class Surgeries:
    """The open surgeries of a place file. `rows` answers an SQL question, `located` says where a postcode is."""

    def __init__(self, rows: Callable[..., list[Any]], located: Callable[[str], Place | None]) -> None:
        self._rows = rows
        self._located = located
        self._where = rows("SELECT easting, northing, telling FROM surgery ORDER BY number")

    def __len__(self) -> int:
        return len(self._where)

    def get(self, code: str) -> Surgery | None:
        """Return the open surgery with this NHS code; None where there is none, or it has closed."""
        found = self._rows(f"{SURGERY} code = ?", code.strip().upper())
        return Surgery(*found[0]) if found else None

    def search(self, text: str, near: str | None = None, limit: int = 10) -> list[Surgery]:
        """Return the surgeries that fit: those within 30 km of the home first, the best and then the nearest of them.

        With no words, the nearest; without a home, the best. The one that fits best of all is always among them.
        `near` is the home's normalised postcode, where it is known.
        """
        home = self._located(near) if near else None
        words = words_of(text)[:MOST_WORDS]
        found = self._by_postcode(text, home, limit)
        if found is None:
            found = self._by_words(words, home, limit) if words else self._nearest(range(len(self)), home, limit)
        return [Surgery(*self._rows(f"{SURGERY} number = ?", number)[0]) for number in found[:limit]]

    def _by_postcode(self, text: str, home: Place | None, limit: int) -> list[int] | None:
        """Return those in and around a typed postcode, or its first part; None where it is neither."""
        wanted = _postcode_in(text)
        if wanted is None:
            return None
        least = wanted if " " in wanted else f"{wanted} "
        held = self._rows("SELECT number FROM surgery WHERE postcode BETWEEN ?1 AND ?1 || '~'", least)
        inside = {number for (number,) in held}
        middle = self._located(wanted)
        if middle is None:
            return self._nearest(inside, home, limit) or None
        around = self._nearest((number for number in range(len(self)) if number not in inside), middle, limit)
        return self._nearest(inside, home or middle, limit) + around

    def _by_words(self, typed: list[str], home: Place | None, limit: int) -> list[int]:
        best: defaultdict[int, float] = defaultdict(float)
        halves = (half for word in typed for cut in _cuts(word) for half in cut)
        ways = _ways(typed, self._known({*typed, *map("".join, pairwise(typed)), *halves}))
        holders = self._holders({word for words in ways for word in words})
        for words in ways:
            for number, score in self._scores([holders[word] for word in words]).items():
                best[number] = max(best[number], score)
        top = max(best.values(), default=0.0)
        least = max(GOOD_ENOUGH, top * BESIDE_THE_BEST)
        fitting = [
            (int((top - score) / TIER), self._metres(number, home), -score, number)
            for number, score in best.items()
            if score >= least
        ]
        found = [number for *_, number in nsmallest(limit, fitting, key=lambda each: (each[1] > NEARBY, each))]
        # Somebody may have moved away from the surgery whose name they know.
        likeliest = min(fitting, default=None)
        return found if likeliest is None or likeliest[-1] in found else [*found[:-1], likeliest[-1]]

    def _known(self, words: Iterable[str]) -> dict[str, int]:
        """Return how many surgeries hold each of the words that any holds."""
        return dict(self._rows(KNOWN, json.dumps(list(words))))

    def _holders(self, typed: Collection[str]) -> dict[str, Holders]:
        """Return the holders of each word; of words as common as "road", only those of a rarer word, if any are."""
        meant = {word: {word: 1.0} if word in GENERIC else self._meant(word) for word in typed}
        many = self._known({term for terms in meant.values() for term in terms})
        common = {term for term in many if term in GENERIC or many[term] * COMMON > len(self)}
        held: defaultdict[str, dict[int, bool]] = defaultdict(dict)
        for term, number, in_name in self._rows(HOLDING, json.dumps(list(many.keys() - common))):
            held[term][number] = held[term].get(number, False) or bool(in_name)
        rare = many.keys() & {term for terms in meant.values() if common.isdisjoint(_best(terms)) for term in terms}
        among = f"({' OR '.join(map(json.dumps, rare))}) AND " if rare else ""
        for term in common:
            for where in ("", "name : "):
                found = self._rows(MATCHING, f'{among}{where}"{term}"')
                held[term] |= dict.fromkeys((number for (number,) in found), bool(where))
        return {word: self._fitting(terms, held, many) for word, terms in meant.items()}

    def _scores(self, typed: Sequence[Holders]) -> dict[int, float]:
        """Return for each surgery the share of the typed words that it holds, rare words counting for more.

        A name with no other telling word is a little better: "park" is Park Surgery before Queens Park Surgery.
        """
        total = sum(word.weight for word in typed)
        sums, told = defaultdict[int, float](float), defaultdict[int, int](int)
        for word in typed:
            for number, how_well in word.rows.items():
                sums[number] += word.weight * how_well / total
            for number in word.named:
                told[number] += 1
        for number, many in told.items():
            sums[number] += WHOLE_NAME if many == self._where[number][2] else 0
        return sums

    def _fitting(
        self, meant: Mapping[str, float], held: Mapping[str, Mapping[int, bool]], many: Mapping[str, int]
    ) -> Holders:
        found, named = dict[int, float](), set[int]()
        for term, how_well in meant.items():
            for number, in_name in held.get(term, {}).items():
                found[number] = max(found.get(number, 0.0), how_well if in_name else how_well * IN_ADDRESS)
                if in_name:
                    named.add(number)
        if not GENERIC.isdisjoint(_best(meant)):
            return Holders(found, (), GENERIC_WEIGHT)
        return Holders(found, named, self._weight(sum(many.get(term, 0) for term in meant)))

    def _weight(self, many: int) -> float:
        return 1 + log(max(1.0, len(self) / max(1, many))) / log(len(self) + 1)

    def _meant(self, typed: str) -> dict[str, float]:
        """Return how well each word that may be meant fits: the same, beginning so, or spelt much like it."""
        beginning = self._rows(BEGINNING_WITH, typed) if len(typed) > 1 else ()
        found = {word: 1.0 if word == typed else BEGINS_WITH for (word,) in beginning}
        if typed in found or any(mark.isdigit() for mark in typed):
            return found
        alike = " OR ".join(f'"{three}"' for three in trigrams(typed))
        for (word,) in self._rows(SPELT_LIKE, alike, LIKE_WORDS):
            found[word] = max(found.get(word, 0.0), likeness(typed, word))
        return {word: how_well for word, how_well in found.items() if how_well}

    def _nearest(self, numbers: Iterable[int], home: Place | None, limit: int) -> list[int]:
        return [number for _, number in nsmallest(limit, ((self._metres(number, home), number) for number in numbers))]

    def _metres(self, number: int, home: Place | None) -> float:
        east, north, _ = self._where[number]
        # Homes are known to their sector alone: less than a hundred metres tells nothing.
        return FAR if home is None or not east else round(hypot(east - home[0], north - home[1]), -2)


def _best(meant: Mapping[str, float]) -> list[str]:
    """Return the word that fits best, or those that fit as well."""
    best = max(meant.values(), default=0.0)
    return [term for term, how_well in meant.items() if how_well == best]


def _cuts(word: str) -> list[tuple[str, str]]:
    return [(word[:at], word[at:]) for at in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)]


def _ways(typed: list[str], known: Collection[str]) -> list[list[str]]:
    """Return the words as typed, and with words taken apart or joined where that gives known words."""
    apart = [half for word in typed for half in _apart(word, known)]
    joined = [
        [*typed[:at], both, *typed[at + 2 :]] for at, both in enumerate(map("".join, pairwise(typed))) if both in known
    ]
    return [typed, *joined] if apart == typed else [typed, apart, *joined]


def _apart(word: str, known: Collection[str]) -> Sequence[str]:
    """Return "lambeth" and "walk" for "lambethwalk"; the word alone where it is known, or no two known words."""
    cuts = () if word in known else _cuts(word)
    return next((cut for cut in cuts if all(half in known for half in cut)), (word,))


def _postcode_in(text: str) -> str | None:
    """Return a typed postcode, or the beginning of one, spaced as it should be."""
    tidy = " ".join(text.upper().split())
    if FIRST_PART.fullmatch(tidy) or SECTOR.fullmatch(tidy):
        return tidy
    try:
        return normalise(text)
    except PostcodeFault:
        return None
