"""The 2,048 English words of BIP39: common, short, and told apart by their first four letters."""

import secrets
from functools import cache
from types import MappingProxyType

from mnemonic import Mnemonic

TELLING_LETTERS = 4
BITS_A_WORD = 11


@cache
def word_list() -> tuple[str, ...]:
    """Return the words, in alphabetical order."""
    return tuple(Mnemonic("english").wordlist)


def random_words(count: int) -> str:
    """Return `count` words drawn independently, with spaces between; each adds 11 bits."""
    return " ".join(secrets.choice(word_list()) for _ in range(count))


def known_word(typed: str) -> str | None:
    """Return the word that was meant, or nothing: capitals do not matter, nor does the spelling after four letters."""
    return _by_first_letters().get(typed.lower()[:TELLING_LETTERS])


@cache
def _by_first_letters() -> MappingProxyType[str, str]:
    return MappingProxyType({word[:TELLING_LETTERS]: word for word in word_list()})
