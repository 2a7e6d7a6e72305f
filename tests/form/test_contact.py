"""One rule for a telephone number and one for an email address, wherever they are typed."""

import pytest

from portal.form.contact import NO_EMAIL, NO_PHONE, email_fault, phone_fault


@pytest.mark.parametrize(
    "number", ["01632 960001", "07700 900982", "+44 7700 900982", "+48 512 345 678", " 020 7946 0000 "]
)
def test_a_number_that_can_be_rung_is_taken(number: str) -> None:
    assert phone_fault(number) is None


@pytest.mark.parametrize("number", ["", "1", "call my mum", "0770"])
def test_what_is_no_number_is_said_with_examples(number: str) -> None:
    assert phone_fault(number) == NO_PHONE


@pytest.mark.parametrize("address", ["ana@example.com", "o'neill+dsr@a.example.org"])
def test_an_address_that_can_be_written_to_is_taken(address: str) -> None:
    assert email_fault(address) is None


@pytest.mark.parametrize("address", ["", "ana", "ana@example", "two words@example.com", "a" * 250 + "@example.com"])
def test_what_is_no_address_is_said_with_an_example(address: str) -> None:
    assert email_fault(address) == NO_EMAIL
