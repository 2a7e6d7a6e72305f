"""The 2,048 English words of BIP39: common, short, and told apart by their first four letters."""

import secrets
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


def random_kind_words(count: int) -> str:
    """Return `count` kind words drawn independently, with spaces between; each adds 10.9 bits."""
    return " ".join(secrets.choice(kind_words()) for _ in range(count))


def known_word(typed: str) -> str | None:
    """Return the word that was meant, or nothing: capitals do not matter, nor does the spelling after four letters."""
    return _by_first_letters().get(typed.lower()[:TELLING_LETTERS])


@cache
def _by_first_letters() -> MappingProxyType[str, str]:
    return MappingProxyType({word[:TELLING_LETTERS]: word for word in word_list()})
