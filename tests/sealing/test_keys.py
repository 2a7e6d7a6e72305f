"""Keys from seeds, held against published vectors, and wraps that open for one key and purpose only."""

import hashlib
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.sealing import keys
from portal.sealing.keys import KeyPair, SealBroken, derive, info_for, key_id, new_seed, public_key, unwrap, wrap
from tests.sealing.builders import flipped

PUBLISHED = json.loads((Path(__file__).parent / "vectors" / "published.json").read_text())
X_WING_LABEL = rb"\.//^\ "[:-1]


def published(name: str) -> dict[str, bytes]:
    return {field: bytes.fromhex(value) for field, value in PUBLISHED[name].items() if field != "source"}


def test_a_seed_gives_the_public_key_that_x_wing_publishes() -> None:
    vector = published("x_wing_key_generation")
    assert public_key(vector["seed"]) == vector["public"]


def test_a_seed_expands_into_halves_that_decapsulate_as_x_wing_publishes() -> None:
    vector = published("x_wing_decapsulation")
    mlkem, x25519 = keys._private_halves(vector["seed"])
    to_mlkem, to_x25519 = vector["ciphertext"][:1088], vector["ciphertext"][1088:]
    secrets = mlkem.decapsulate(to_mlkem) + x25519.exchange(X25519PublicKey.from_public_bytes(to_x25519))
    bound = to_x25519 + x25519.public_key().public_bytes_raw() + X_WING_LABEL
    assert hashlib.sha3_256(secrets + bound).digest() == vector["shared_secret"]


def test_ml_kem_768_decapsulates_as_published() -> None:
    vector = published("ml_kem_768_decapsulation")
    private = MLKEM768PrivateKey.from_seed_bytes(vector["seed"])
    assert private.decapsulate(vector["ciphertext"]) == vector["shared_secret"]


def test_x25519_multiplies_as_published() -> None:
    vector = published("x25519")
    private = X25519PrivateKey.from_private_bytes(vector["scalar"])
    assert private.exchange(X25519PublicKey.from_public_bytes(vector["u"])) == vector["product"]


def test_aes_256_gcm_encrypts_as_published() -> None:
    vector = published("aes_256_gcm")
    encrypted = AESGCM(vector["key"]).encrypt(vector["nonce"], vector["plain"], vector["associated"])
    assert encrypted == vector["encrypted"] + vector["tag"]


def test_keys_are_derived_by_hkdf_as_published() -> None:
    vector = published("hkdf_sha256")
    assert derive(vector["secret"], b"") == vector["derived"][:32]


def test_every_vector_says_where_it_was_published() -> None:
    assert all(vector["source"] for vector in PUBLISHED.values())


def test_a_key_id_is_the_first_half_of_the_public_keys_sha_256() -> None:
    public = public_key(new_seed())
    assert key_id(public) == hashlib.sha256(public).hexdigest()[:32]


def test_seeds_are_32_bytes_and_never_the_same() -> None:
    seeds = {new_seed() for _ in range(100)}
    assert len(seeds) == 100
    assert {len(seed) for seed in seeds} == {32}


def test_what_is_wrapped_opens_again_and_is_1136_bytes_longer() -> None:
    seed, secret = new_seed(), new_seed()
    wrapped = wrap(secret, public_key(seed), b"purpose")
    assert len(wrapped) == len(secret) + 1136
    assert unwrap(wrapped, seed, b"purpose") == secret
    assert unwrap(wrapped, KeyPair(seed), b"purpose") == secret


def test_the_same_secret_is_wrapped_differently_each_time() -> None:
    public = public_key(new_seed())
    assert wrap(b"secret", public, b"") != wrap(b"secret", public, b"")


def test_another_seed_does_not_unwrap() -> None:
    wrapped = wrap(b"secret", public_key(new_seed()), b"purpose")
    with pytest.raises(SealBroken, match="another key"):
        unwrap(wrapped, new_seed(), b"purpose")


def test_another_purpose_does_not_unwrap() -> None:
    seed = new_seed()
    wrapped = wrap(b"secret", public_key(seed), b"purpose")
    with pytest.raises(SealBroken, match="another purpose"):
        unwrap(wrapped, seed, b"another")


def test_no_flipped_byte_and_no_shortened_wrap_unwraps() -> None:
    seed = new_seed()
    pair = KeyPair(seed)
    wrapped = wrap(b"s" * 32, pair.public, b"purpose")
    altered = [flipped(wrapped, at, mask) for at in range(len(wrapped)) for mask in (0x01, 0x80)]
    shortened = [wrapped[:length] for length in range(len(wrapped))]
    for broken in [*altered, *shortened, wrapped + b"\0"]:
        with pytest.raises(SealBroken):
            pair.unwrap(broken, b"purpose")


@pytest.mark.parametrize("seed", [b"", b"s" * 31, b"s" * 33])
def test_a_seed_of_another_length_is_a_mistake_of_ours(seed: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        public_key(seed)


def test_a_public_key_of_another_length_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="cannot be wrapped to"):
        wrap(b"secret", public_key(new_seed())[:-1], b"")
    with pytest.raises(ValueError, match="1216 bytes"):
        key_id(b"short")


def test_a_public_key_whose_x25519_half_is_zero_is_refused() -> None:
    public = public_key(new_seed())
    with pytest.raises(ValueError, match="damaged"):
        wrap(b"secret", public[:-32] + bytes(32), b"")


def test_info_is_length_prefixed() -> None:
    assert info_for("ab", "ü", b"\x00\xff", 12) == b"\0\x02ab\0\x02\xc3\xbc\0\x02\x00\xff\0\x0212"


def test_info_keeps_fields_apart() -> None:
    assert info_for("label", "ab", "c") != info_for("label", "a", "bc")
    assert info_for("label", "a") != info_for("label", "a", "")


def test_a_key_pair_shows_no_secret_when_printed() -> None:
    seed = new_seed()
    assert seed.hex() not in repr(KeyPair(seed))
    assert str(seed) not in repr(KeyPair(seed))
