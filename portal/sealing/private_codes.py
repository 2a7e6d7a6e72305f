"""The private codes with which people come back: made at sending, shown once, kept only as digests.

A digest is bound to one referral and to one right, so a code opens nothing else. A referral always has two digests: the
second of somebody who asked for themselves belongs to no code. The database thus does not tell who had a helper.
"""

import secrets

from portal.domain.follow_up import Code, Holders, Right
from portal.sealing.code_words import CodeWords
from portal.sealing.codes import code_digest, words_code

COLUMNS = {Right.FULL: "follow_up_digest", Right.LIMITED: "helper_digest"}


def new_codes(holders: Holders, words: CodeWords | None = None) -> tuple[Code, ...]:
    """Make a code for each holder, in English or of the words of another list."""
    codes = (Code(words_code(words=words), Right.FULL, holders.full),)
    if holders.limited is None:
        return codes
    return (*codes, Code(words_code(words=words), Right.LIMITED, holders.limited))


def digests_of(codes: tuple[Code, ...], pepper: bytes, reference: str) -> dict[str, str]:
    """Return both digest columns of a referral's row."""
    by_right = {code.right: digest_of(code.words, code.right, pepper, reference) for code in codes}
    return {column: by_right.get(right) or secrets.token_hex(32) for right, column in COLUMNS.items()}


def digest_of(code: str, right: Right, pepper: bytes, reference: str) -> str:
    """Return the digest of a code for one right to one referral. Raises NotACode."""
    return code_digest(pepper, code, f"follow-up|{right}|{reference}")
