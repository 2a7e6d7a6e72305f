"""One-time codes from an authenticator app (RFC 6238: six digits, 30 seconds, SHA-1, as every app expects).

A code counts once: the step it matched is handed back, the caller keeps it, and no code of that step or an earlier one
is taken again. One step of clock error either way is allowed. The database has the secret encrypted under the pepper.
"""

import hmac
import secrets
from datetime import datetime

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

STEP_SECONDS = 30
DIGITS = 6
STEPS_EITHER_WAY = 1

_NONCE_BYTES = 12


class SecretUnreadable(Exception):
    """A one-time code secret does not open: altered, another member's, or the pepper has changed."""


def new_secret() -> str:
    """Return a new secret, 160 bits in base32, to be shown once as a QR code or typed in."""
    return pyotp.random_base32()


def uri(secret: str, account: str, issuer: str) -> str:
    """Return the otpauth address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def code_at(secret: str, moment: datetime) -> str:
    """Return the code an app shows at an aware moment; for demos and tests."""
    return pyotp.TOTP(secret).generate_otp(step_at(moment))


def step_at(moment: datetime) -> int:
    """Return the number of the 30-second step of an aware moment."""
    if moment.tzinfo is None:
        raise ValueError("The time must carry its time zone")
    return int(moment.timestamp()) // STEP_SECONDS


def matches(secret: str, code: str, now: datetime, last_used_step: int | None) -> int | None:
    """Return the step whose code this is, for the caller to keep as last used; nothing if it is wrong or spent."""
    typed = "".join(code.split())
    if len(typed) != DIGITS or not (typed.isascii() and typed.isdigit()):
        return None
    totp = pyotp.TOTP(secret)
    current = step_at(now)
    found = None
    for step in range(current - STEPS_EITHER_WAY, current + STEPS_EITHER_WAY + 1):
        is_same = hmac.compare_digest(totp.generate_otp(step), typed)
        if is_same and (last_used_step is None or step > last_used_step):
            found = step
    return found


def protect(secret: str, pepper: bytes, owner: str) -> bytes:
    """Encrypt a secret for the database, bound to its owner (the member's id)."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + _cipher(pepper).encrypt(nonce, secret.encode(), owner.encode())


def reveal(protected: bytes, pepper: bytes, owner: str) -> str:
    """Return the secret that protect() encrypted for this owner. Raises SecretUnreadable."""
    try:
        return _cipher(pepper).decrypt(protected[:_NONCE_BYTES], protected[_NONCE_BYTES:], owner.encode()).decode()
    except (InvalidTag, ValueError):
        raise SecretUnreadable("The one-time code secret does not open: altered, or the pepper has changed") from None


def _cipher(pepper: bytes) -> AESGCM:
    if not pepper:
        raise ValueError("A one-time code secret is only safe in the database under a pepper")
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"dsr/v1/totp").derive(pepper))
