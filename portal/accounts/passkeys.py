"""Passkeys (WebAuthn) as a second factor: what a browser is asked, and whether its answer is right.

A challenge is not kept: it carries its purpose and its end, under a key of ours. What was used once is written down
until then, so that it works once.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import webauthn
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

VALID = timedelta(hours=1)
LONGEST_ANSWER = 20_000
ALGORITHMS = [
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
]
_NONCE, _END, _MAC = 16, 8, 32


class PasskeyRefused(Exception):
    """The browser's answer does not hold: another site, another challenge, used before, too old, or a wrong key."""


@dataclass(frozen=True)
class RelyingParty:
    """This site, as passkeys know it: the host's name, and the whole origin."""

    id: str
    origin: str


@dataclass(frozen=True)
class Answer:
    """What a browser sent, for which site, and the key that our challenges are made under."""

    credential: str
    party: RelyingParty
    key: bytes


@dataclass(frozen=True)
class Registered:
    """A new passkey."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


@dataclass(frozen=True)
class Challenge:
    """A challenge that is ours and not over; `digest` names it among those that were used."""

    value: bytes
    digest: str
    ends: datetime


def digest_of(credential_id: bytes) -> str:
    """Return the name under which a passkey is kept."""
    return hashlib.sha256(credential_id).hexdigest()


def new_challenge(key: bytes, purpose: str, now: datetime) -> bytes:
    """Return a challenge for one purpose, valid for an hour."""
    body = secrets.token_bytes(_NONCE) + int((now + VALID).timestamp()).to_bytes(_END, "big")
    return body + _mac(key, purpose, body)


def registration_options(
    party: RelyingParty, challenge: bytes, member_id: str, email: str, known: Iterable[bytes]
) -> str:
    """Return what the browser is asked to make, as JSON. It is to be found without a name typed, as passkeys are."""
    options = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name="DSR referrals",
        user_id=member_id.encode(),
        user_name=email,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.PREFERRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
        supported_pub_key_algs=ALGORITHMS,
    )
    return webauthn.options_to_json(options)


def sign_in_options(party: RelyingParty, challenge: bytes) -> str:
    """Return what the browser is asked to sign, as JSON. It names no passkey, so it tells nothing about anybody."""
    return webauthn.options_to_json(webauthn.generate_authentication_options(rp_id=party.id, challenge=challenge))


def register(answer: Answer, purpose: str, now: datetime) -> tuple[Registered, Challenge]:
    """Return the passkey that a browser made. Raises PasskeyRefused."""
    challenge = _challenge_of(answer, purpose, now)
    try:
        made = webauthn.verify_registration_response(
            credential=answer.credential,
            expected_challenge=challenge.value,
            expected_rp_id=answer.party.id,
            expected_origin=answer.party.origin,
            supported_pub_key_algs=ALGORITHMS,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as fault:
        raise PasskeyRefused(type(fault).__name__) from None
    return Registered(made.credential_id, made.credential_public_key, made.sign_count), challenge


def credential_id_of(answer: Answer) -> bytes:
    """Return which passkey a browser says that it used; unproved. Raises PasskeyRefused."""
    try:
        return base64url_to_bytes(str(_parsed(answer)["rawId"]))
    except (KeyError, ValueError):
        raise PasskeyRefused("no passkey is named") from None


def check(answer: Answer, purpose: str, known: Registered, now: datetime) -> tuple[int, Challenge]:
    """Return the passkey's new sign count. Raises PasskeyRefused, also where a copy of it seems to be about."""
    challenge = _challenge_of(answer, purpose, now)
    try:
        checked = webauthn.verify_authentication_response(
            credential=answer.credential,
            expected_challenge=challenge.value,
            expected_rp_id=answer.party.id,
            expected_origin=answer.party.origin,
            credential_public_key=known.public_key,
            credential_current_sign_count=known.sign_count,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as fault:
        raise PasskeyRefused(type(fault).__name__) from None
    return checked.new_sign_count, challenge


def _challenge_of(answer: Answer, purpose: str, now: datetime) -> Challenge:
    """Return the challenge that a browser answered, if it is ours, for this purpose and not over."""
    try:
        client = json.loads(base64url_to_bytes(str(_parsed(answer)["response"]["clientDataJSON"])))
        value = base64url_to_bytes(str(client["challenge"]))
    except (KeyError, TypeError, ValueError):
        raise PasskeyRefused("no challenge is answered") from None
    body, mac = value[: _NONCE + _END], value[_NONCE + _END :]
    if len(mac) != _MAC or not hmac.compare_digest(mac, _mac(answer.key, purpose, body)):
        raise PasskeyRefused("this challenge is not ours, or was for something else")
    ends = datetime.fromtimestamp(int.from_bytes(body[_NONCE:], "big"), UTC)
    if ends <= now:
        raise PasskeyRefused("this challenge is over")
    return Challenge(value, hashlib.sha256(value).hexdigest(), ends)


def _parsed(answer: Answer) -> dict[str, Any]:
    if len(answer.credential) > LONGEST_ANSWER:
        raise PasskeyRefused("longer than any answer")
    try:
        parsed = json.loads(answer.credential)
    except ValueError:
        raise PasskeyRefused("not an answer of a browser") from None
    if not isinstance(parsed, dict):
        raise PasskeyRefused("not an answer of a browser")
    return parsed


def _mac(key: bytes, purpose: str, body: bytes) -> bytes:
    return hmac.new(key, b"dsr/v1/passkey|" + purpose.encode() + b"|" + body, hashlib.sha256).digest()
