"""The words that codes are made of: in English the 2,048 of BIP39, and a list of its own for any other language.

The English ones are common, short, and told apart by their first four letters.
"""

import secrets
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from mnemonic import Mnemonic

_UNKIND = """
abandon abuse accident accuse addict afraid alarm alcohol anger angry anxiety asthma assault attack betray
bitter blame bleak blind blood bomb broken bullet burden burst chaos crash crazy crime cruel cry damage danger
denial despair destroy disease dismiss disorder divorce dizzy dumb enemy evil exclude execute exile fat fatal
fatigue fault fever foil fragile fury ghost gloom grief guilt gun harsh hazard horror hospital hurt ill illegal
illness inflict injury inmate insane jealous knife lawsuit lazy liar lonely mad misery monster nasty negative
neglect nuclear orphan panic penalty pill pistol police poverty prison problem punch regret reject rifle riot
risk rude sad sadness scare shock shoot sick siege silly skull slam struggle suffer suspect symptom tobacco
toilet tragic trap trash trouble ugly unable unfair unhappy upset useless vicious virus void warfare waste
weapon weird worry wreck wrong
"""
UNKIND = frozenset(_UNKIND.split())
"""Words that nobody who is having a hard time should have to carry on paper; they are read, and never given."""

TELLING_LETTERS = 4
FEWEST_WORDS = 1_855
"""Seven words of fewer would be less than 76 bits: 2^(76/7)."""


@dataclass(frozen=True)
class CodeWords:
    """The words of one language: those that new codes are made of, and what a typed word can mean."""

    lang: str
    given: tuple[str, ...] = field(repr=False)
    meanings: Mapping[str, str] = field(repr=False)
    telling: int | None = TELLING_LETTERS

    def meant(self, typed: str) -> str | None:
        """Return the word that was meant, or nothing: capitals do not matter, nor what comes after telling letters."""
        word = folded(typed)
        return self.meanings.get(word) or self.meanings.get(word[: self.telling])

    def random(self, count: int) -> str:
        """Return `count` words drawn independently, with spaces between."""
        return " ".join(secrets.choice(self.given) for _ in range(count))


class UnfitWords(ValueError):
    """A list that codes cannot be made of, and why."""


def code_words_of(lang: str, words: Sequence[str]) -> CodeWords:
    """Return the list of a language. Raises UnfitWords.

    Accents that were left out do not matter where one word alone is left. Where the first four letters tell all
    words apart, nothing after them matters.
    """
    for word in words:
        if not unicodedata.is_normalized("NFC", word):
            raise UnfitWords(f"{word}: write its letters composed (NFC)")
        if word != folded(word) or list(letters(word)) != [word]:
            raise UnfitWords(f"{word}: one word of small letters is needed, without signs or spaces")
    if twice := [word for word, times in Counter(words).items() if times > 1]:
        raise UnfitWords(f"{twice[0]}: stands here twice")
    if len(words) < FEWEST_WORDS:
        raise UnfitWords(f"has {len(words)} words, and needs {FEWEST_WORDS} or more")
    exact = {word: word for word in words}
    starts = {word[:TELLING_LETTERS]: word for word in words}
    if len(starts) == len(words):
        return CodeWords(lang, tuple(words), _and_plain(starts))
    return CodeWords(lang, tuple(words), _and_plain(exact), telling=None)


def folded(word: str) -> str:
    """Return a word in small letters, composed."""
    return unicodedata.normalize("NFC", word.casefold())


def letters(text: str) -> Iterator[str]:
    """Yield the words of a text, without numbers and signs; a mark such as a vowel sign belongs to its letter."""
    kept = (sign if unicodedata.category(sign)[0] in "LM" else " " for sign in unicodedata.normalize("NFC", text))
    yield from "".join(kept).split()


def _and_plain(meanings: Mapping[str, str]) -> Mapping[str, str]:
    """Add what is typed without accents, where it can mean one word only."""
    plain = {spelt: _plain(spelt) for spelt in meanings}
    times = Counter(plain.values())
    added = {plain[spelt]: word for spelt, word in meanings.items() if times[plain[spelt]] == 1}
    return MappingProxyType({**added, **meanings})


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


@cache
def word_list() -> tuple[str, ...]:
    """Return the words, in alphabetical order."""
    return tuple(Mnemonic("english").wordlist)


def random_words(count: int) -> str:
    """Return `count` words drawn independently, with spaces between; each adds 11 bits."""
    return " ".join(secrets.choice(word_list()) for _ in range(count))


@cache
def kind_words() -> tuple[str, ...]:
    """Return the words that codes for people are made of."""
    return tuple(word for word in word_list() if word not in UNKIND)


@cache
def english_words() -> CodeWords:
    """Return the English list: kind words are given, 10.9 bits each, and all are read."""
    return CodeWords("en", kind_words(), _by_first_letters())


def known_word(typed: str) -> str | None:
    """Return the word that was meant, or nothing: capitals do not matter, nor does the spelling after four letters."""
    return english_words().meant(typed)


@cache
def _by_first_letters() -> MappingProxyType[str, str]:
    return MappingProxyType({word[:TELLING_LETTERS]: word for word in word_list()})
