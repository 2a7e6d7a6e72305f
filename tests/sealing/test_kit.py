"""The recovery kit on paper: typed in again it gives the seed, and a slip is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.sealing.keys import SealBroken, new_seed, public_key
from portal.sealing.kit import KitFault, check_answer, kit_words, new_canary, open_canary, seed_of
from tests.sealing.builders import flipped

# The two ends of the list with their checksum words, from the vectors.json that BIP39 links to.
ALL_ZERO = ("abandon",) * 23 + ("art",)
ALL_ONE = ("zoo",) * 23 + ("vote",)


def test_the_words_are_those_that_bip39_publishes() -> None:
    assert kit_words(bytes(32)) == ALL_ZERO
    assert kit_words(b"\xff" * 32) == ALL_ONE
    assert seed_of(" ".join(ALL_ONE)) == b"\xff" * 32


@settings(max_examples=50, deadline=None)
@given(st.binary(min_size=32, max_size=32))
def test_every_seed_comes_back_from_its_words(seed: bytes) -> None:
    assert seed_of(" ".join(kit_words(seed))) == seed


def test_capitals_numbers_commas_and_lines_do_not_matter() -> None:
    seed = new_seed()
    typed = "\n".join(f"{number}. {word.upper()}," for number, word in enumerate(kit_words(seed), start=1))
    assert seed_of(typed) == seed


def test_a_mistyped_word_is_named_by_its_number_and_never_repeated() -> None:
    words = list(kit_words(new_seed()))
    words[6] = "drgaon"
    with pytest.raises(KitFault, match="Word 7 is not on the list") as caught:
        seed_of(" ".join(words))
    assert caught.value.word_number == 7
    assert "drgaon" not in str(caught.value)


def test_a_word_of_the_list_in_the_wrong_place_breaks_the_checksum() -> None:
    with pytest.raises(KitFault, match="checksum is wrong") as caught:
        seed_of(" ".join(("ability", *ALL_ZERO[1:])))
    assert caught.value.word_number is None


@pytest.mark.parametrize("count", [0, 12, 23, 25])
def test_too_few_or_too_many_words_are_counted(count: int) -> None:
    with pytest.raises(KitFault, match=f"24 words, and these are {count}"):
        seed_of(" ".join(["zoo"] * count))


def test_only_a_whole_seed_becomes_a_kit() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        kit_words(bytes(16))


def test_the_drill_is_passed_with_the_kit() -> None:
    seed = seed_of(" ".join(kit_words(new_seed())))
    canary = new_canary("gloucestershire", public_key(seed))
    check_answer(canary, open_canary(canary, "gloucestershire", seed))


def test_the_drill_is_not_passed_without_it() -> None:
    canary = new_canary("gloucestershire", public_key(new_seed()))
    with pytest.raises(SealBroken):
        open_canary(canary, "gloucestershire", new_seed())
    for guess in (b"", canary.digest, canary.wrapped):
        with pytest.raises(SealBroken, match="not the answer"):
            check_answer(canary, guess)


def test_a_drill_belongs_to_one_team_and_cannot_be_altered() -> None:
    seed = new_seed()
    canary = new_canary("gloucestershire", public_key(seed))
    with pytest.raises(SealBroken):
        open_canary(canary, "coventry", seed)
    with pytest.raises(SealBroken, match="not the answer"):
        check_answer(canary, flipped(open_canary(canary, "gloucestershire", seed), 0))
