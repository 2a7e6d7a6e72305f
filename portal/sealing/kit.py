"""The recovery kit: a 32-byte seed as 24 words on paper (BIP39, English), and the drill that proves it still opens.

Word 24 carries a checksum, so a slip of the pen is found when the words are typed in, not on the day they are needed.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from functools import cache

from mnemonic import Mnemonic

from portal.sealing.keys import SEED_BYTES, SealBroken, info_for, key_id, public_key, unwrap, wrap

WORDS = 24


class KitFault(ValueError):
    """The words typed in are not a recovery kit's; `word_number` counts from 1 where one word is to blame."""

    def __init__(self, why: str, word_number: int | None = None) -> None:
        super().__init__(why)
        self.word_number = word_number


@dataclass(frozen=True)
class Canary:
    """A made-up secret wrapped to a recovery key, and its SHA-256: who answers with the secret has the kit."""

    holder_key_id: str
    wrapped: bytes
    digest: bytes


def kit_words(seed: bytes) -> tuple[str, ...]:
    """Return the 24 words of a seed, to print."""
    if len(seed) != SEED_BYTES:
        raise ValueError(f"A seed has {SEED_BYTES} bytes, not {len(seed)}")
    return tuple(_mnemonic().to_mnemonic(seed).split())


def seed_of(words: str) -> bytes:
    """Return the seed of 24 typed words; capitals, numbering, commas and line breaks do not matter. Raises KitFault."""
    typed = "".join(sign if sign.isalpha() else " " for sign in words.lower()).split()
    if len(typed) != WORDS:
        raise KitFault(f"A recovery kit has {WORDS} words, and these are {len(typed)}")
    known = set(_mnemonic().wordlist)
    for number, word in enumerate(typed, start=1):
        if word not in known:
            raise KitFault(f"Word {number} is not on the list of words: check its spelling on the paper", number)
    try:
        return bytes(_mnemonic().to_entropy(typed))
    except ValueError:
        raise KitFault(
            "All the words are on the list, but the checksum is wrong: "
            "a word was swapped for another, or two changed places"
        ) from None


def new_canary(team: str, public: bytes) -> Canary:
    """Make a drill for the holder of a recovery key; the answer itself is not kept."""
    answer = secrets.token_bytes(32)
    wrapped = wrap(answer, public, _canary_info(team, key_id(public)))
    return Canary(key_id(public), wrapped, hashlib.sha256(answer).digest())


def open_canary(canary: Canary, team: str, seed: bytes) -> bytes:
    """Return the drill's answer, with the kit's seed. Raises SealBroken."""
    return unwrap(canary.wrapped, seed, _canary_info(team, key_id(public_key(seed))))


def check_answer(canary: Canary, answer: bytes) -> None:
    """Raise SealBroken unless this is the drill's answer."""
    if not hmac.compare_digest(hashlib.sha256(answer).digest(), canary.digest):
        raise SealBroken("This is not the answer to the recovery drill")


def _canary_info(team: str, holder_key_id: str) -> bytes:
    return info_for("dsr/v1/canary", team, holder_key_id)


@cache
def _mnemonic() -> Mnemonic:
    return Mnemonic("english")
