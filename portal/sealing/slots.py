"""Generated passphrases, and the slots in which they open a member's seed (as LUKS does).

    passphrase --Argon2id, pepper as its secret--> root --HKDF "auth"--> SHA-256, kept as the verifier
                                                    |----HKDF "kek"---> AES-256-GCM around the member's seed

A member has one slot for the passphrase and one for a printed recovery code; either opens the same seed. The pepper
comes from the configuration, never from the database: without it a stolen copy cannot even be guessed at. One sign-in
is one Argon2id of 64 MiB and three passes (RFC 9106), be the passphrase right or wrong, the name known or not.
"""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Literal, NamedTuple, NoReturn, get_args

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal.sealing.code_words import random_words

PASSPHRASE_WORDS = 6
RECOVERY_CODE_WORDS = 8
SHORTEST_PEPPER = 16

SlotKind = Literal["passphrase", "recovery-code"]

_FORMAT = b"\x01"
_SALT_BYTES = 16
_NONCE_BYTES = 12
_COST_BYTES = 6
_MOST_MEMORY_KIB = 256 * 1024
_MOST_ITERATIONS = 16


class WrongPassphrase(Exception):
    """The passphrase or recovery code does not open this slot, or the slot was altered; which of them is not said."""


@dataclass(frozen=True)
class Cost:
    """What one guess costs. The default is the promise of docs/decisions/0001; tests use less."""

    memory_kib: int = 64 * 1024
    iterations: int = 3
    lanes: int = 1


PROMISED = Cost()


class Slot(NamedTuple):
    """What the database keeps: 16 bytes of salt, 32 of verifier, and the wrapped seed, which also notes its cost."""

    salt: bytes
    verifier: bytes
    wrapped: bytes


def generate() -> str:
    """Return a new passphrase: six words, 66 bits."""
    return random_words(PASSPHRASE_WORDS)


def generate_recovery_code() -> str:
    """Return a member's own recovery code, to print: eight words, 88 bits."""
    return random_words(RECOVERY_CODE_WORDS)


def make_slot(
    passphrase: str,
    pepper: bytes,
    seed: bytes,
    *,
    owner: str = "",
    kind: SlotKind = "passphrase",
    cost: Cost = PROMISED,
) -> Slot:
    """Wrap a member's seed under a passphrase; `owner` (the member's id) and `kind` tie the slot to its place."""
    salt = secrets.token_bytes(_SALT_BYTES)
    root = _root(passphrase, pepper, salt, _binding(kind, owner), cost)
    head = _FORMAT + _cost_bytes(cost)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    wrapped = AESGCM(_derived(root, b"kek")).encrypt(nonce, seed, head)
    return Slot(salt, _verifier(root), head + nonce + wrapped)


def open_slot(passphrase: str, pepper: bytes, slot: Slot, *, owner: str = "", kind: SlotKind = "passphrase") -> bytes:
    """Return the member's seed. Raises WrongPassphrase."""
    cost = cost_of(slot)
    root = _root(passphrase, pepper, slot.salt, _binding(kind, owner), cost)
    if not hmac.compare_digest(_verifier(root), slot.verifier):
        raise WrongPassphrase("The passphrase does not fit")
    head_length = len(_FORMAT) + _COST_BYTES
    head, rest = slot.wrapped[:head_length], slot.wrapped[head_length:]
    try:
        return AESGCM(_derived(root, b"kek")).decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], head)
    except (InvalidTag, ValueError):
        raise WrongPassphrase("The passphrase fits, but the seed in its slot was altered") from None


def open_no_slot(passphrase: str, pepper: bytes, cost: Cost = PROMISED) -> NoReturn:
    """Take as long as a sign-in and raise WrongPassphrase: for a name nobody has, so that time does not tell."""
    _root(passphrase, pepper, bytes(_SALT_BYTES), _binding("passphrase", ""), cost)
    raise WrongPassphrase("The passphrase does not fit")


def cost_of(slot: Slot) -> Cost:
    """Return what a slot was made at; one below PROMISED should be made anew at the next sign-in."""
    head = slot.wrapped[: len(_FORMAT) + _COST_BYTES]
    if head[:1] != _FORMAT or len(head) != len(_FORMAT) + _COST_BYTES:
        raise WrongPassphrase("The slot is of a format this release does not know")
    cost = Cost(int.from_bytes(head[1:5], "big"), head[5], head[6])
    if not _is_sane(cost):
        raise WrongPassphrase("The slot was altered: it asks for more work than any of ours")
    return cost


def _root(passphrase: str, pepper: bytes, salt: bytes, binding: bytes, cost: Cost) -> bytes:
    if len(pepper) < SHORTEST_PEPPER:
        raise ValueError(f"The pepper needs at least {SHORTEST_PEPPER} bytes")
    return Argon2id(
        salt=salt,
        length=32,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
        ad=binding,
        secret=pepper,
    ).derive(_as_meant(passphrase))


def _as_meant(passphrase: str) -> bytes:
    """Fold what typing changes and meaning does not: capitals, dashes for spaces, spaces at the ends."""
    folded = unicodedata.normalize("NFKC", passphrase).casefold().replace("-", " ")
    return " ".join(folded.split()).encode()


def _binding(kind: SlotKind, owner: str) -> bytes:
    if kind not in get_args(SlotKind):
        raise ValueError(f"A slot is for one of {', '.join(get_args(SlotKind))}")
    return f"dsr/v1/slot|{kind}|{owner}".encode()


def _cost_bytes(cost: Cost) -> bytes:
    if not _is_sane(cost):
        raise ValueError("This cost is outside what a slot may ask for")
    return cost.memory_kib.to_bytes(4, "big") + bytes([cost.iterations, cost.lanes])


def _is_sane(cost: Cost) -> bool:
    return (
        1 <= cost.lanes <= 16
        and 1 <= cost.iterations <= _MOST_ITERATIONS
        and 8 * cost.lanes <= cost.memory_kib <= _MOST_MEMORY_KIB
    )


def _verifier(root: bytes) -> bytes:
    return hashlib.sha256(_derived(root, b"auth")).digest()


def _derived(root: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"dsr/v1/slot/" + purpose).derive(root)
