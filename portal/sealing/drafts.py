"""Rows under a random secret that only a cookie, or a written-down code, holds: drafts, staff sessions, receipts.

The row's id is the SHA-256 of the secret and its content is encrypted under keys derived from that secret, one for each
purpose. A copy of the database therefore names no owner and reads no row.
"""

import hashlib
import secrets
from typing import Literal, get_args

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.sealing.keys import SealBroken, derive, info_for

Purpose = Literal["draft", "session", "news-address", "receipt", "set-up"]

SECRET_BYTES = 32

_FORMAT = b"\x01"
_NONCE_BYTES = 12


def new_secret() -> bytes:
    """Return 32 fresh random bytes for a cookie to hold."""
    return secrets.token_bytes(SECRET_BYTES)


def row_id(secret: bytes) -> str:
    """Return the id under which this secret's row is kept: SHA-256 in hexadecimal."""
    return hashlib.sha256(_checked(secret)).hexdigest()


def lock(secret: bytes, content: bytes, purpose: Purpose) -> bytes:
    """Encrypt a row's content for one purpose: format byte, nonce, AES-256-GCM; 29 bytes longer than the content."""
    key, bound = _key_and_binding(secret, purpose)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _FORMAT + nonce + AESGCM(key).encrypt(nonce, content, bound)


def unlock(secret: bytes, locked: bytes, purpose: Purpose) -> bytes:
    """Return the content of a row locked under this secret for this purpose. Raises SealBroken."""
    key, bound = _key_and_binding(secret, purpose)
    if locked[:1] != _FORMAT:
        raise SealBroken(f"This {purpose} is of a format this release does not know")
    nonce, encrypted = locked[1 : 1 + _NONCE_BYTES], locked[1 + _NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, encrypted, bound)
    except (InvalidTag, ValueError):
        raise SealBroken(f"This {purpose} does not open: altered, or for another secret or purpose") from None


def _key_and_binding(secret: bytes, purpose: Purpose) -> tuple[bytes, bytes]:
    if purpose not in get_args(Purpose):
        raise ValueError(f"A row is locked for one of {', '.join(get_args(Purpose))}")
    key = derive(_checked(secret), info_for("dsr/v1/row", purpose))
    return key, info_for("dsr/v1/row", purpose, row_id(secret))


def _checked(secret: bytes) -> bytes:
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"A row's secret has {SECRET_BYTES} bytes, not {len(secret)}")
    return secret
