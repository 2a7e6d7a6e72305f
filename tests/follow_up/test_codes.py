"""A reference and a code are read as they were meant, and nothing is raised for what is none."""

import pytest

from portal.follow_up.codes import read_reference, read_words
from portal.sealing.codes import words_code


@pytest.mark.parametrize("typed", ["4KM-7X2-P9D", " 4km 7x2 p9d ", "4km7x2p9d"])
def test_a_reference_is_read_as_it_was_meant(typed: str) -> None:
    assert read_reference(typed) == "4KM-7X2-P9D"


@pytest.mark.parametrize("typed", ["", "4KM", "4KM-7X2-P9A", "x" * 5000])
def test_what_is_no_reference_is_none(typed: str) -> None:
    assert read_reference(typed) is None


def test_a_code_is_read_as_it_was_meant() -> None:
    code = words_code()
    assert read_words(f"1. {code.upper().replace(' ', ', ')}\n").code == code


@pytest.mark.parametrize(
    ("typed", "count", "wrong"), [("", 0, None), ("able able", 2, None), ("able " * 6 + "qq", 7, 7)]
)
def test_what_is_wrong_with_a_code_can_be_said(typed: str, count: int, wrong: int | None) -> None:
    read = read_words(typed)
    assert (read.code, read.count, read.wrong_word) == ("", count, wrong)
