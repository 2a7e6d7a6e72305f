"""Codes that people write down, read out and type in again.

A reference names a referral on paper and on the telephone; it opens nothing. A words code is a secret: seven words, 76
bits, because four (44 bits) could be guessed from a stolen database. Reading back is lenient, and a code that is none
raises NotACode, which never repeats what was typed.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence

from portal.sealing.code_words import CodeWords, english_words, folded, letters

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


def words_code(count: int = CODE_WORDS, words: CodeWords | None = None) -> str:
    """Return a new secret code of plain words with spaces between: kind English ones, or those of another list."""
    return (words or english_words()).random(count)


def typed_words(typed: str) -> list[str]:
    """Return the words in what was typed, without numbers and signs."""
    return list(letters(typed))


def parse_words_code(typed: str, count: int | None = CODE_WORDS, others: Sequence[CodeWords] = ()) -> str:
    """Return the code that was meant: capitals, commas, numbering and spelling after four letters do not matter.

    `count` is how many words are expected; None takes any number. All words are of one list: English or one of the
    `others`, whichever fits best. Raises NotACode.
    """
    words = typed_words(typed)
    if not words or (count is not None and len(words) != count):
        raise NotACode(f"The code has {count or 'some'} words, and these are {len(words)}")
    meant = _best_reading(words, (english_words(), *others))
    if None in meant:
        number = meant.index(None) + 1
        raise NotACode(f"Word {number} is not one of ours: check its spelling", number)
    return " ".join(word for word in meant if word)


def _best_reading(words: Sequence[str], lists: Sequence[CodeWords]) -> list[str | None]:
    """Return what the words mean in the list that fits best, the first of equals; None for a word that is not in it.

    A word of one list can begin like a word of another, so among lists that know as many, exact spelling decides.
    """
    spelt = [folded(word) for word in words]

    def fit(meant: list[str | None]) -> tuple[int, int]:
        known = len(words) - meant.count(None)
        return known, sum(word == typed for word, typed in zip(meant, spelt, strict=True))

    return max(([each.meant(word) for word in words] for each in lists), key=fit)


def code_digest(pepper: bytes, code: str, purpose: str = "follow-up") -> str:
    """Return what the database keeps of a words code: HMAC-SHA-256 under the pepper, 64 hexadecimal digits.

    Each purpose gives an unrelated digest. An English code may come as it was typed; one of another language comes as
    parse_words_code() gave it. Raises NotACode where there is no word.
    """
    if not pepper:
        raise ValueError("A code is only safe in the database under a pepper")
    try:
        meant = parse_words_code(code, count=None)
    except NotACode:
        meant = " ".join(map(folded, letters(code)))
        if not meant:
            raise
    message = f"dsr/v1/code|{purpose}|{meant}"
    return hmac.new(pepper, message.encode(), hashlib.sha256).hexdigest()


def _grouped(signs: str) -> str:
    starts = range(0, len(signs), REFERENCE_GROUP_LENGTH)
    return "-".join(signs[start : start + REFERENCE_GROUP_LENGTH] for start in starts)
