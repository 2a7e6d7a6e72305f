"""A one-time code counts once, within half a minute either way."""

import json
from base64 import b32encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from portal.accounts.totp import SecretUnreadable, code_at, matches, new_secret, protect, reveal, step_at, uri

RFC_6238 = json.loads((Path(__file__).parent / "vectors" / "published.json").read_text())["totp_sha1"]
PEPPER = b"a pepper of the tests, 32 bytes."
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = datetime(2026, 3, 1, 14, 0, 10, tzinfo=UTC)
STEP = timedelta(seconds=30)


@pytest.mark.parametrize(("seconds", "code"), RFC_6238["codes"].items())
def test_the_codes_are_those_that_rfc_6238_publishes(seconds: str, code: str) -> None:
    secret = b32encode(bytes.fromhex(RFC_6238["secret"])).decode()
    moment = datetime.fromtimestamp(int(seconds), UTC)
    assert code_at(secret, moment) == code
    assert matches(secret, code, moment, None) == int(seconds) // 30


def test_the_current_code_matches_and_names_its_step() -> None:
    assert matches(SECRET, code_at(SECRET, NOW), NOW, None) == step_at(NOW)


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_clock_that_is_one_step_out_is_allowed(steps: int) -> None:
    assert matches(SECRET, code_at(SECRET, NOW + steps * STEP), NOW, None) == step_at(NOW) + steps


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
def test_a_clock_that_is_two_steps_out_is_not(steps: int) -> None:
    assert matches(SECRET, code_at(SECRET, NOW + steps * STEP), NOW, None) is None


def test_a_code_counts_once() -> None:
    code = code_at(SECRET, NOW)
    used = matches(SECRET, code, NOW, None)
    assert used is not None
    assert matches(SECRET, code, NOW, used) is None
    assert matches(SECRET, code, NOW + STEP, used) is None


def test_a_code_older_than_the_last_used_is_spent_too() -> None:
    assert matches(SECRET, code_at(SECRET, NOW - STEP), NOW, step_at(NOW)) is None


def test_the_next_code_works_after_one_was_used() -> None:
    later = NOW + STEP
    assert matches(SECRET, code_at(SECRET, later), later, step_at(NOW)) == step_at(later)


def test_spaces_in_a_code_do_not_matter() -> None:
    code = code_at(SECRET, NOW)
    assert matches(SECRET, f" {code[:3]} {code[3:]} ", NOW, None) == step_at(NOW)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "²²²²²²", "-12345"])
def test_what_is_not_six_digits_is_wrong(typed: str) -> None:
    assert matches(SECRET, typed, NOW, None) is None


def test_a_time_without_a_zone_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="time zone"):
        matches(SECRET, "123456", datetime(2026, 3, 1), None)  # noqa: DTZ001 - the case under test


def test_the_address_for_the_app_names_site_and_account() -> None:
    address = urlsplit(uri(SECRET, "zoe@example.org", "DSR portal"))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert unquote(address.path) == "/DSR portal:zoe@example.org"
    assert parse_qs(address.query) == {"secret": [SECRET], "issuer": ["DSR portal"]}


def test_secrets_are_160_bits_and_never_the_same() -> None:
    assert {len(new_secret()) for _ in range(50)} == {32}
    assert len({new_secret() for _ in range(50)}) == 50


def test_a_protected_secret_is_read_back_for_its_owner_only() -> None:
    protected = protect(SECRET, PEPPER, "7")
    assert SECRET.encode() not in protected
    assert reveal(protected, PEPPER, "7") == SECRET
    for broken, pepper, owner in (
        (protected, PEPPER, "8"),
        (protected, bytes(32), "7"),
        (protected[:-1], PEPPER, "7"),
        (b"", PEPPER, "7"),
    ):
        with pytest.raises(SecretUnreadable):
            reveal(broken, pepper, owner)


def test_a_secret_is_not_protected_without_a_pepper() -> None:
    with pytest.raises(ValueError, match="pepper"):
        protect(SECRET, b"", "7")
