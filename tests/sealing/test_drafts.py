"""Rows that only their own secret opens."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.sealing.drafts import Purpose, lock, new_secret, row_id, unlock
from portal.sealing.keys import SealBroken
from tests.sealing.builders import flipped

PURPOSES: tuple[Purpose, ...] = ("draft", "session", "receipt")


@settings(deadline=None)
@given(st.text(max_size=4000), st.sampled_from(PURPOSES))
def test_any_text_comes_back_word_for_word(text: str, purpose: Purpose) -> None:
    secret = new_secret()
    assert unlock(secret, lock(secret, text.encode(), purpose), purpose).decode() == text


def test_the_row_id_is_the_sha_256_of_the_secret() -> None:
    secret = new_secret()
    assert row_id(secret) == hashlib.sha256(secret).hexdigest()


def test_the_row_id_opens_nothing() -> None:
    secret = new_secret()
    locked = lock(secret, b"answers", "draft")
    with pytest.raises(SealBroken):
        unlock(bytes.fromhex(row_id(secret)), locked, "draft")


def test_another_secret_opens_nothing() -> None:
    with pytest.raises(SealBroken, match="another secret"):
        unlock(new_secret(), lock(new_secret(), b"answers", "draft"), "draft")


@pytest.mark.parametrize("made_for", PURPOSES)
@pytest.mark.parametrize("taken_for", PURPOSES)
def test_a_row_serves_one_purpose(made_for: Purpose, taken_for: Purpose) -> None:
    secret = new_secret()
    locked = lock(secret, b"answers", made_for)
    if made_for == taken_for:
        assert unlock(secret, locked, taken_for) == b"answers"
        return
    with pytest.raises(SealBroken, match=f"This {taken_for} does not open"):
        unlock(secret, locked, taken_for)


def test_no_byte_can_be_flipped_cut_or_added() -> None:
    secret = new_secret()
    locked = lock(secret, b"answers", "session")
    altered = [flipped(locked, at) for at in range(len(locked))]
    for broken in [*altered, *(locked[:length] for length in range(len(locked))), locked + b"\0"]:
        with pytest.raises(SealBroken):
            unlock(secret, broken, "session")


def test_the_same_content_is_never_locked_alike_and_grows_by_29_bytes() -> None:
    secret = new_secret()
    locked = {lock(secret, b"answers", "draft") for _ in range(50)}
    assert len(locked) == 50
    assert {len(row) for row in locked} == {len(b"answers") + 29}


def test_a_purpose_of_no_kind_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="one of draft, session"):
        lock(new_secret(), b"", "anything")  # type: ignore[arg-type] - what the types forbid, tried


@pytest.mark.parametrize("secret", [b"", b"s" * 31, b"s" * 33])
def test_a_secret_of_another_length_is_a_mistake_of_ours(secret: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        row_id(secret)
