"""Which surgeries hold which word, and which words share letters. The builder makes it, the search reads it."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.places.surgery_words import GENERIC, likeness, trigrams, words_of

BEGINS_WITH = 0.9
LIKE_WORDS = 24
"""How many words of the index are compared letter by letter with a typed one."""
SHORTEST_HALF = 3
LETTERS = " abcdefghijklmnopqrstuvwxyz0123456789"
Sections = dict[str, "bytes | array[int]"]


@dataclass(frozen=True)
class Index:
    """Sorted words; `holders` of word n are those from `offsets[n]` to `offsets[n + 1]`, and so for three letters.

    A holder is twice the number of a surgery, plus one where the word stands in its name.
    """

    words: Sequence[str]
    offsets: Sequence[int]
    holders: Sequence[int]
    threes: Sequence[int]
    three_offsets: Sequence[int]
    three_words: Sequence[int]
    telling: Sequence[int]
    """How many words that are not generic stand in the name of each surgery."""

    def alike(self, typed: str, *, exactly: bool = False) -> dict[int, float]:
        """Return how well each word that may be meant fits: the same, beginning so, or spelt much like it."""
        at, found = bisect_left(self.words, typed), dict[int, float]()
        while at < len(self.words) and self.words[at].startswith(typed) and len(typed) > 1:
            found[at] = 1.0 if self.words[at] == typed else BEGINS_WITH
            at += 1
        if exactly or 1.0 in found.values() or any(mark.isdigit() for mark in typed):
            return found
        sharing = Counter(number for three in trigrams(typed) for number in self._words_with(three))
        for number, _ in sharing.most_common(LIKE_WORDS):
            how_well = likeness(typed, self.words[number])
            if how_well > found.get(number, 0.0):
                found[number] = how_well
        return found

    def holders_of(self, word: int) -> Sequence[int]:
        return self.holders[self.offsets[word] : self.offsets[word + 1]]

    def held_by(self, word: int, rows: Iterable[int]) -> Iterator[int]:
        """Yield the holders of a word among some surgeries."""
        first, last = self.offsets[word], self.offsets[word + 1]
        for row in rows:
            at = bisect_left(self.holders, row * 2, first, last)
            if at < last and self.holders[at] >> 1 == row:
                yield self.holders[at]

    def holding(self, word: str) -> list[int]:
        """Return the numbers of the surgeries that hold exactly this word, in order."""
        at = bisect_left(self.words, word)
        found = at < len(self.words) and self.words[at] == word
        return [holder >> 1 for holder in self.holders_of(at)] if found else []

    def apart(self, typed: str) -> list[str]:
        """Return "lambeth" and "walk" for "lambethwalk"; the word alone where it is known, or no two known words."""
        if not self.holding(typed):
            for at in range(SHORTEST_HALF, len(typed) - SHORTEST_HALF + 1):
                if self.holding(typed[:at]) and self.holding(typed[at:]):
                    return [typed[:at], typed[at:]]
        return [typed]

    def _words_with(self, three: str) -> Sequence[int]:
        code = _code(three)
        at = bisect_left(self.threes, code)
        if at == len(self.threes) or self.threes[at] != code:
            return ()
        return self.three_words[self.three_offsets[at] : self.three_offsets[at + 1]]


def index_sections(surgeries: Iterable[tuple[str, Sequence[str]]]) -> Sections:
    """Return the sections of an index over names and the other lines of each surgery."""
    holders: defaultdict[str, set[int]] = defaultdict(set)
    telling = array("H")
    for number, (name, others) in enumerate(surgeries):
        in_name = set(words_of(name))
        telling.append(len(in_name - GENERIC))
        for word in in_name:
            holders[word].add(number * 2 + 1)
        for word in {word for text in others for word in words_of(text)} - in_name:
            holders[word].add(number * 2)
    words = sorted(holders)
    by_three: defaultdict[int, set[int]] = defaultdict(set)
    for number, word in enumerate(words):
        for three in trigrams(word):
            by_three[_code(three)].add(number)
    threes = sorted(by_three)
    return {
        "words": "\n".join(words).encode(),
        "word_offsets": _offsets(len(holders[word]) for word in words),
        "word_holders": array("H", (holder for word in words for holder in sorted(holders[word]))),
        "threes": array("H", threes),
        "three_offsets": _offsets(len(by_three[three]) for three in threes),
        "three_words": array("H", (number for three in threes for number in sorted(by_three[three]))),
        "telling": telling,
    }


def read_index(text: bytes, array_of: Callable[[str], array[int]]) -> Index:
    """Return the index from its sections."""
    names = ("word_offsets", "word_holders", "threes", "three_offsets", "three_words", "telling")
    return Index(text.decode().split("\n"), *(array_of(name) for name in names))


INDEX_TYPES: Mapping[str, str] = {
    "word_offsets": "I",
    "word_holders": "H",
    "threes": "H",
    "three_offsets": "I",
    "three_words": "H",
    "telling": "H",
}


def _offsets(lengths: Iterable[int]) -> array[int]:
    offsets = array("I", [0])
    for length in lengths:
        offsets.append(offsets[-1] + length)
    return offsets


def _code(three: str) -> int:
    code = 0
    for mark in three:
        code = code * len(LETTERS) + LETTERS.index(mark)
    return code
