"""The code that an export carries: who types it has the whole document in their hands, as it was sealed.

It is worked out from the content and the envelope's id, so nothing is stored, and a bundle opened on a machine without
the database carries the same one. Only where a team keeps its key offline is a digest of the code stored as it is sent.
"""

import hashlib
import hmac

from portal.sealing.codes import REFERENCE_ALPHABET, NotACode

SIGNS = 6
_LOOK_ALIKES = str.maketrans("OQILSBGZU", "00115862V")


def confirmation_code(content: bytes, envelope_id: str) -> str:
    """Return the code of an opened referral: six letters and numbers such as "4KM-7X2"."""
    key = hashlib.sha256(content).digest()
    number = int.from_bytes(hmac.new(key, b"dsr/v1/confirm|" + envelope_id.encode(), hashlib.sha256).digest(), "big")
    signs = ""
    for _ in range(SIGNS):
        number, sign = divmod(number, len(REFERENCE_ALPHABET))
        signs += REFERENCE_ALPHABET[sign]
    return f"{signs[:3]}-{signs[3:]}"


def parse_confirmation(typed: str) -> str:
    """Return the code that was meant: any case, spaces, dashes, O for 0, I for 1. Raises NotACode."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(_LOOK_ALIKES)
    if len(signs) != SIGNS or not set(signs) <= set(REFERENCE_ALPHABET):
        raise NotACode("A confirmation code has six letters and numbers")
    return f"{signs[:3]}-{signs[3:]}"


def confirmation_digest(code: str, reference: str, pepper: bytes) -> str:
    """Return what the database keeps of a code where this service cannot work it out: HMAC-SHA-256, 64 digits."""
    if not pepper:
        raise ValueError("A code is only safe in the database under a pepper")
    message = f"dsr/v1/confirm|{reference}|{code}"
    return hmac.new(pepper, message.encode(), hashlib.sha256).hexdigest()


def is_same_code(one: str, other: str) -> bool:
    """Tell whether two codes are the same, in the same time for all."""
    return hmac.compare_digest(one.encode(), other.encode())
