"""Codes are easy to write down and read out, and what was meant is found in what was typed."""

import hashlib
import hmac
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.sealing.code_words import TELLING_LETTERS, UNKIND, kind_words, known_word, word_list
from portal.sealing.codes import (
    REFERENCE_ALPHABET,
    NotACode,
    code_digest,
    parse_reference,
    parse_words_code,
    reference,
    words_code,
)

PEPPER = b"a pepper of the tests, 32 bytes."
CODE = "orbit lemon canvas river window tiger ability"
LOOK_ALIKES = ["0OQ", "1IL", "2Z", "5S", "6G", "8B", "UV"]


def test_a_reference_is_three_groups_of_three() -> None:
    groups = reference().split("-")
    assert [len(group) for group in groups] == [3, 3, 3]
    assert set("".join(groups)) <= set(REFERENCE_ALPHABET)


@pytest.mark.parametrize("group", LOOK_ALIKES)
def test_of_signs_that_look_alike_a_reference_uses_one(group: str) -> None:
    assert len(set(group) & set(REFERENCE_ALPHABET)) == 1


@pytest.mark.parametrize("group", LOOK_ALIKES)
def test_signs_that_look_alike_are_read_as_the_same(group: str) -> None:
    assert len({parse_reference(f"4KM-7X2-P9{sign}") for sign in group + group.lower()}) == 1


def test_a_reference_cannot_spell_a_word_with_a_vowel() -> None:
    assert not set("AEIOU") & set(REFERENCE_ALPHABET)


@pytest.mark.parametrize("typed", ["4km-7x2-p9d", " 4KM 7X2 P9D ", "4km7x2p9d", "4 K M 7 X 2 P 9 D", "4KM–7X2–P9D."])
def test_a_reference_is_read_however_it_is_typed(typed: str) -> None:
    assert parse_reference(typed) == "4KM-7X2-P9D"


@given(st.lists(st.sampled_from(REFERENCE_ALPHABET), min_size=9, max_size=9).map("".join))
def test_every_reference_reads_back_as_itself(signs: str) -> None:
    grouped = f"{signs[:3]}-{signs[3:6]}-{signs[6:]}"
    assert parse_reference(grouped) == parse_reference(signs.lower()) == grouped


@pytest.mark.parametrize("typed", ["", "4KM-7X2", "4KM-7X2-P9DD"])
def test_a_reference_of_another_length_is_none(typed: str) -> None:
    with pytest.raises(NotACode, match="nine letters and numbers"):
        parse_reference(typed)


@pytest.mark.parametrize("typed", ["4KM-7X2-P9A", "4KM-7X2-P9E", "4KM-7X2-P9é"])
def test_a_reference_with_a_letter_of_none_is_none(typed: str) -> None:
    with pytest.raises(NotACode, match="no such letter"):
        parse_reference(typed)


@given(st.text())
def test_whatever_is_typed_as_a_reference_is_one_or_not_a_code(typed: str) -> None:
    try:
        found = parse_reference(typed)
    except NotACode:
        return
    assert parse_reference(found) == found


def test_references_do_not_repeat() -> None:
    assert len({reference() for _ in range(1000)}) == 1000


def test_a_words_code_has_seven_words_of_the_list() -> None:
    words = words_code().split()
    assert len(words) == 7
    assert set(words) <= set(word_list())
    assert len(words_code(9).split()) == 9


@pytest.mark.parametrize(
    "typed",
    [
        CODE.upper(),
        "  Orbit, Lemon, Canvas, River, Window, Tiger, Ability.",
        "1 orbit\n2 lemon\n3 canvas\n4 river\n5 window\n6 tiger\n7 ability",
        "orbit-lemon-canvas-river-window-tiger-ability",
        "orbitt lemonn canvass riverr windoe tigers abilitie",
    ],
)
def test_a_words_code_is_read_however_it_is_typed(typed: str) -> None:
    assert parse_words_code(typed) == CODE


def test_a_words_code_reads_back_as_itself() -> None:
    code = words_code()
    assert parse_words_code(code) == code


def test_an_unknown_word_is_named_by_its_number_and_never_repeated() -> None:
    with pytest.raises(NotACode, match="Word 3 is not one of ours") as caught:
        parse_words_code(CODE.replace("canvas", "xylophone"))
    assert caught.value.word_number == 3
    assert "xylophone" not in str(caught.value)


@pytest.mark.parametrize(("typed", "count"), [("", 0), ("orbit lemon", 2), (CODE + " orbit", 8)])
def test_too_few_or_too_many_words_are_counted(typed: str, count: int) -> None:
    with pytest.raises(NotACode, match=f"7 words, and these are {count}"):
        parse_words_code(typed)


def test_every_word_is_known_by_its_first_four_letters() -> None:
    assert len(word_list()) == len({word[:TELLING_LETTERS] for word in word_list()}) == 2048
    assert [known_word(word.upper()[:TELLING_LETTERS]) for word in word_list()] == list(word_list())


def test_a_digest_is_the_hmac_of_the_code_that_was_meant() -> None:
    expected = hmac.new(PEPPER, b"dsr/v1/code|follow-up|" + CODE.encode(), hashlib.sha256).hexdigest()
    assert code_digest(PEPPER, CODE) == expected
    assert code_digest(PEPPER, CODE.upper().replace(" ", ", ")) == expected


def test_a_digest_depends_on_pepper_code_and_purpose() -> None:
    digests = {
        code_digest(PEPPER, CODE),
        code_digest(PEPPER, CODE, purpose="save"),
        code_digest(bytes(32), CODE),
        code_digest(PEPPER, words_code()),
    }
    assert len(digests) == 4


def test_a_digest_needs_a_pepper_and_a_code() -> None:
    with pytest.raises(ValueError, match="pepper"):
        code_digest(b"", CODE)
    with pytest.raises(NotACode):
        code_digest(PEPPER, "")


def test_no_code_says_something_unkind_to_somebody_who_is_having_a_hard_time() -> None:
    assert {"grief", "riot", "useless", "hospital"} <= UNKIND <= set(word_list())
    assert not UNKIND & set(kind_words())
    assert set(words_code(500).split()) <= set(kind_words())


def test_seven_kind_words_are_still_76_bits() -> None:
    assert math.log2(len(kind_words())) * 7 > 76
