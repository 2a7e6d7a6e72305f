"""Key pairs from 32-byte seeds, and secrets wrapped to a public key.

Every key pair is the hybrid of X25519 and ML-KEM-768 that X-Wing defines (draft-connolly-cfrg-xwing-kem): the seed
expands as SHAKE256(seed, 96) into 64 bytes for ML-KEM and 32 for X25519, so a seed is all that needs keeping, and other
implementations come to the same keys. Wrapping is HPKE (RFC 9180, base mode, single shot) with KEM 0x647a,
HKDF-SHA256 and AES-256-GCM: 1,136 bytes are added to the secret.

Whatever cannot be opened raises SealBroken, whose message names what happened and never what was inside.
"""

import hashlib
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SEED_BYTES = 32
PUBLIC_BYTES = 1216
WRAP_OVERHEAD = 1136
"""Bytes a wrap adds: 1,088 of ML-KEM, 32 of X25519, 16 of tag."""

_MLKEM_SEED_BYTES = 64
_MLKEM_PUBLIC_BYTES = 1184
_KEY_ID_BYTES = 16
_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


class SealBroken(Exception):
    """What was sealed does not open: altered, cut short, meant for another key, or of an unknown version."""


def new_seed() -> bytes:
    """Return 32 fresh random bytes, from which a key pair follows."""
    return secrets.token_bytes(SEED_BYTES)


class KeyPair:
    """A seed expanded once, for opening many things: expanding takes longer than unwrapping does."""

    __slots__ = ("_private", "key_id", "public")

    def __init__(self, seed: bytes) -> None:
        mlkem, x25519 = _private_halves(seed)
        self._private = hpke.MLKEM768X25519PrivateKey(mlkem, x25519)
        self.public = mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
        self.key_id = key_id(self.public)

    def unwrap(self, wrapped: bytes, info: bytes) -> bytes:
        """Return the secret that was wrapped to this key with the same `info`. Raises SealBroken."""
        try:
            return _SUITE.decrypt(wrapped, self._private, info=info)
        except (InvalidTag, ValueError):
            raise SealBroken("A wrapped key does not open: altered, or for another key or another purpose") from None


def key_pair(seed: bytes | KeyPair) -> KeyPair:
    """Return the key pair of a seed, or the key pair itself."""
    return seed if isinstance(seed, KeyPair) else KeyPair(seed)


def public_key(seed: bytes) -> bytes:
    """Return the 1,216-byte public key of a seed: 1,184 bytes of ML-KEM-768, then 32 of X25519."""
    return KeyPair(seed).public


def key_id(public: bytes) -> str:
    """Return the name of a public key: the first 16 bytes of its SHA-256, as 32 hexadecimal digits."""
    if len(public) != PUBLIC_BYTES:
        raise ValueError(f"A public key has {PUBLIC_BYTES} bytes, not {len(public)}")
    return hashlib.sha256(public).digest()[:_KEY_ID_BYTES].hex()


def info_for(label: str, *fields: str | bytes | int) -> bytes:
    """Bind a label and fields into one byte string: each as a big-endian u16 length, then the bytes.

    Text is UTF-8 and a number is its decimal digits. The lengths keep ("ab", "c") apart from ("a", "bc").
    """
    parts = [_field_bytes(field) for field in (label, *fields)]
    return b"".join(len(part).to_bytes(2, "big") + part for part in parts)


def wrap(secret: bytes, public: bytes, info: bytes) -> bytes:
    """Encrypt a secret to a public key, bound to `info`. Raises ValueError if the public key is not one."""
    try:
        return _SUITE.encrypt(secret, _public_halves(public), info=info)
    except ValueError as fault:
        raise ValueError("This public key cannot be wrapped to: damaged, or not X25519 with ML-KEM-768") from fault


def unwrap(wrapped: bytes, seed: bytes | KeyPair, info: bytes) -> bytes:
    """Return the secret that was wrapped to this seed's public key with the same `info`. Raises SealBroken."""
    return key_pair(seed).unwrap(wrapped, info)


def derive(secret: bytes, info: bytes) -> bytes:
    """Return 32 bytes by HKDF-SHA256 (RFC 5869) without salt; different `info` gives unrelated keys."""
    return HKDF(SHA256(), 32, salt=None, info=info).derive(secret)


def _private_halves(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    if len(seed) != SEED_BYTES:
        raise ValueError(f"A seed has {SEED_BYTES} bytes, not {len(seed)}")
    expanded = hashlib.shake_256(seed).digest(_MLKEM_SEED_BYTES + 32)
    return (
        MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED_BYTES]),
        X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED_BYTES:]),
    )


@lru_cache(maxsize=1024)
def _public_halves(public: bytes) -> hpke.MLKEM768X25519PublicKey:
    if len(public) != PUBLIC_BYTES:
        raise ValueError(f"A public key has {PUBLIC_BYTES} bytes, not {len(public)}")
    return hpke.MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC_BYTES]),
        X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC_BYTES:]),
    )


def _field_bytes(field: str | bytes | int) -> bytes:
    if isinstance(field, bytes):
        return field
    return str(field).encode()
