"""Postcodes as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.places.postcode import NotAPostcode, NotInEngland, normalise, outward_code

USABLE = {
    "SE1 7PB": "SE1 7PB",
    "se58af": "SE5 8AF",
    "SE5 8AF ": "SE5 8AF",
    "  s e 5   8 a f": "SE5 8AF",
    "SE5.8AF.": "SE5 8AF",
    "SE5-8AF": "SE5 8AF",
    "SE5\u00a08AF": "SE5 8AF",
    "CV9 1AA": "CV9 1AA",
    "EC1A 1BB": "EC1A 1BB",
    "E1W 1YY": "E1W 1YY",
    "N1C 4AG": "N1C 4AG",
    "CO10 1AA": "CO10 1AA",
    "IP18 6AA": "IP18 6AA",
    "NR34 9AA": "NR34 9AA",
    "M1 1AE": "M1 1AE",
    "W1A 0AX": "W1A 0AX",
    "CR0 2YR": "CR0 2YR",
    "BS0 1AA": "BS0 1AA",
}

MISTYPED = {
    "C010 1AA": "CO10 1AA",
    "CO1O 1AA": "CO10 1AA",
    "COIO 1AA": "CO10 1AA",
    "CRO 2YR": "CR0 2YR",
    "SEI 7PB": "SE1 7PB",
    "1P18 6AA": "IP18 6AA",
    "IPI8 6AA": "IP18 6AA",
    "EIW 1YY": "E1W 1YY",
    "SE5 OAF": "SE5 0AF",
    "SE5 IAF": "SE5 1AF",
    "W1O 5AA": "W10 5AA",
    "GLl 1AA".replace("l", "I"): "GL1 1AA",
}

BORDER = ("CH1 1AA", "SY1 1AA", "LD7 1AA", "NP16 7AA", "HR9 5AA", "TD15 1AA")

NATIONS = {
    "EH1 1YZ": "Scotland",
    "g2 1dy": "Scotland",
    "ZE1 0AA": "Scotland",
    "CF10 1AA": "Wales",
    "LL57 2AA": "Wales",
    "BT1 1AA": "Northern Ireland",
    "IM1 1AA": "the Isle of Man",
    "JE2 3AA": "the Channel Islands",
    "GY1 1AA": "the Channel Islands",
}

NONSENSE = (
    "",
    "   ",
    "SE5",
    "8AF",
    "hello",
    "SE5 8A",
    "SE5 8AFF",
    "SE5 88F",
    "QQ1 1AA",
    "ZZ99 9ZZ",
    "SE05 8AF",
    "SE5 8CV",
    "12345",
    "W1O 5A!",
    "😀😀😀😀😀",
    "SE5 8AF SE5 8AF",
    "x" * 10_000,
)


@pytest.mark.parametrize(("typed", "expected"), USABLE.items())
def test_a_postcode_is_read_however_it_is_spaced(typed: str, expected: str) -> None:
    assert normalise(typed) == expected


@pytest.mark.parametrize(("typed", "expected"), MISTYPED.items())
def test_letters_typed_for_digits_are_read_as_digits(typed: str, expected: str) -> None:
    assert normalise(typed) == expected


@pytest.mark.parametrize("postcode", BORDER)
def test_a_postcode_area_on_the_border_may_be_in_england(postcode: str) -> None:
    assert normalise(postcode) == postcode


@pytest.mark.parametrize(("typed", "nation"), NATIONS.items())
def test_another_nation_is_named(typed: str, nation: str) -> None:
    with pytest.raises(NotInEngland) as fault:
        normalise(typed)
    assert fault.value.nation == nation
    assert fault.value.reason == "not_in_england"


@pytest.mark.parametrize("typed", NONSENSE)
def test_nonsense_is_not_a_postcode(typed: str) -> None:
    with pytest.raises(NotAPostcode) as fault:
        normalise(typed)
    assert fault.value.reason == "not_a_postcode"


def test_the_outward_code_is_the_first_part() -> None:
    assert outward_code("CO10 1AA") == "CO10"


@given(st.text(max_size=20))
def test_anything_typed_is_a_postcode_or_a_named_fault(typed: str) -> None:
    try:
        postcode = normalise(typed)
    except (NotAPostcode, NotInEngland):
        return
    assert normalise(postcode) == postcode
