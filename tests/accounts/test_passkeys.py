"""A passkey's answer is taken from this site, for this challenge, in its time, by its key, and by nothing else."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from portal.accounts.passkeys import (
    VALID,
    Answer,
    PasskeyRefused,
    Registered,
    RelyingParty,
    check,
    credential_id_of,
    new_challenge,
    register,
    registration_options,
    sign_in_options,
)
from tests.support.authenticator import Authenticator

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
KEY = bytes(32)
HERE = RelyingParty("dsr.example.nhs.uk", "https://dsr.example.nhs.uk")


@pytest.fixture
def device() -> Authenticator:
    """Give an authenticator whose browser stands on our site."""
    return Authenticator(HERE.origin)


def answer(credential: str) -> Answer:
    """Return what a browser sent."""
    return Answer(credential, HERE, KEY)


def made(device: Authenticator, *, key: bytes = KEY, purpose: str = "register") -> str:
    """Let a device make its passkey."""
    return device.make(registration_options(HERE, new_challenge(key, purpose, NOW), "ab" * 16, "asha@x.example", []))


def asked(*, key: bytes = KEY, purpose: str = "sign-in") -> str:
    """Return what a browser is asked to sign."""
    return sign_in_options(HERE, new_challenge(key, purpose, NOW))


def known(device: Authenticator) -> Registered:
    """Return the device's passkey as we keep it."""
    return register(answer(made(device)), "register", NOW)[0]


def refuse(credential: str, passkey: Registered, now: datetime = NOW) -> None:
    """See that a sign-in is refused."""
    with pytest.raises(PasskeyRefused):
        check(answer(credential), "sign-in", passkey, now)


def test_a_passkey_that_was_made_here_signs_in_here(device: Authenticator) -> None:
    passkey = known(device)
    signed = answer(device.sign(asked()))
    count, challenge = check(signed, "sign-in", passkey, NOW)
    assert credential_id_of(signed) == passkey.credential_id == device.credential_id
    assert (count, challenge.ends) == (1, NOW + VALID)


def test_no_passkey_is_named_to_whoever_signs_in() -> None:
    assert json.loads(asked())["allowCredentials"] == []


def test_another_site_s_answer_is_refused(device: Authenticator) -> None:
    passkey = known(device)
    device.origin = "https://dsr-example-nhs.uk.evil.example"
    refuse(device.sign(asked()), passkey)
    with pytest.raises(PasskeyRefused):
        register(answer(made(device)), "register", NOW)


def test_another_host_s_key_is_refused(device: Authenticator) -> None:
    passkey = known(device)
    elsewhere = RelyingParty("evil.example", HERE.origin)
    refuse(device.sign(sign_in_options(elsewhere, new_challenge(KEY, "sign-in", NOW))), passkey)


def test_a_challenge_of_somebody_else_or_for_something_else_is_refused(device: Authenticator) -> None:
    passkey = known(device)
    refuse(device.sign(asked(key=b"x" * 32)), passkey)
    refuse(device.sign(asked(purpose="register")), passkey)
    with pytest.raises(PasskeyRefused):
        register(answer(made(device, purpose="register|another session")), "register", NOW)


def test_a_challenge_is_over_after_an_hour(device: Authenticator) -> None:
    passkey = known(device)
    credential = device.sign(asked())
    check(answer(credential), "sign-in", passkey, NOW + VALID - timedelta(seconds=1))
    refuse(credential, passkey, NOW + VALID)


def test_a_count_that_does_not_rise_is_refused(device: Authenticator) -> None:
    passkey = known(device)
    count, _ = check(answer(device.sign(asked())), "sign-in", passkey, NOW)
    device.count -= 1
    refuse(device.sign(asked()), Registered(passkey.credential_id, passkey.public_key, count))


def test_another_key_s_signature_is_refused(device: Authenticator) -> None:
    other = Authenticator(HERE.origin)
    refuse(other.sign(asked()), known(device))


@pytest.mark.parametrize(
    "rubbish", ["", "null", "[]", "{}", '{"rawId": "x"}', '{"response": {"clientDataJSON": "e30"}}', "x" * 20_001]
)
def test_rubbish_is_refused(device: Authenticator, rubbish: str) -> None:
    refuse(rubbish, known(device))
    with pytest.raises(PasskeyRefused):
        register(answer(rubbish), "register", NOW)


def test_every_changed_sign_of_an_answer_is_refused(device: Authenticator) -> None:
    passkey = known(device)
    whole = json.loads(device.sign(asked()))
    for part in ("clientDataJSON", "authenticatorData", "signature"):
        text = whole["response"][part]
        for at in range(0, len(text) - 2, 7):
            other = "A" if text[at] != "A" else "B"
            changed = whole | {"response": whole["response"] | {part: text[:at] + other + text[at + 1 :]}}
            refuse(json.dumps(changed), passkey)
