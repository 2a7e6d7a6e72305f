"""Codes that people write down, read out and type in again.

A reference names a referral on paper and on the telephone; it opens nothing. A words code is a secret: seven words, 76
bits, because four (44 bits) could be guessed from a stolen database. Reading back is lenient, and a code that is none
raises NotACode, which never repeats what was typed.
"""

import hashlib
import hmac
import secrets

from portal.sealing.code_words import known_word, random_kind_words

CODE_WORDS = 7
REFERENCE_ALPHABET = "0123456789CDFHJKMNPRTVWXY"
"""No letter that looks like a digit or another letter (B G I L O Q S U Z), and no A or E, so hardly any words."""

REFERENCE_GROUPS = 3
REFERENCE_GROUP_LENGTH = 3

_LOOK_ALIKES = str.maketrans("OQILSBGZU", "00115862V")


class NotACode(ValueError):
    """What was typed is no such code; `word_number` counts from 1 where one word is to blame."""

    def __init__(self, why: str, word_number: int | None = None) -> None:
        super().__init__(why)
        self.word_number = word_number


def reference() -> str:
    """Return a new reference such as "4KM-7X2-P9D": 25^9 of them, so a clash is rare; the database refuses it."""
    length = REFERENCE_GROUPS * REFERENCE_GROUP_LENGTH
    return _grouped("".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(length)))


def parse_reference(typed: str) -> str:
    """Return the reference that was meant: any case, spaces, dashes, O for 0, I for 1, S for 5. Raises NotACode."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(_LOOK_ALIKES)
    if len(signs) != REFERENCE_GROUPS * REFERENCE_GROUP_LENGTH:
        raise NotACode("A reference has nine letters and numbers")
    if not set(signs) <= set(REFERENCE_ALPHABET):
        raise NotACode("A reference has no such letter: check it against the paper")
    return _grouped(signs)


def words_code(count: int = CODE_WORDS) -> str:
    """Return a new secret code of plain words, kind ones, 10.9 bits each, with spaces between."""
    return random_kind_words(count)


def typed_words(typed: str) -> list[str]:
    """Return the words in what was typed, without numbers and signs."""
    return "".join(sign if sign.isalpha() else " " for sign in typed).split()


def parse_words_code(typed: str, count: int | None = CODE_WORDS) -> str:
    """Return the code that was meant: capitals, commas, numbering and spelling after four letters do not matter.

    `count` is how many words are expected; None takes any number. Raises NotACode.
    """
    words = typed_words(typed)
    if not words or (count is not None and len(words) != count):
        raise NotACode(f"The code has {count or 'some'} words, and these are {len(words)}")
    meant = [known_word(word) for word in words]
    if None in meant:
        number = meant.index(None) + 1
        raise NotACode(f"Word {number} is not one of ours: check its spelling", number)
    return " ".join(word for word in meant if word)


def code_digest(pepper: bytes, code: str, purpose: str = "follow-up") -> str:
    """Return what the database keeps of a words code: HMAC-SHA-256 under the pepper, 64 hexadecimal digits.

    Each purpose gives an unrelated digest. Read leniently, so the code may come as it was typed. Raises NotACode.
    """
    if not pepper:
        raise ValueError("A code is only safe in the database under a pepper")
    message = f"dsr/v1/code|{purpose}|{parse_words_code(code, count=None)}"
    return hmac.new(pepper, message.encode(), hashlib.sha256).hexdigest()


def _grouped(signs: str) -> str:
    starts = range(0, len(signs), REFERENCE_GROUP_LENGTH)
    return "-".join(signs[start : start + REFERENCE_GROUP_LENGTH] for start in starts)
