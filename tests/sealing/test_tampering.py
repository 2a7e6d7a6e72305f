"""Whatever is altered, cut, swapped or unknown is refused, always with SealBroken."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.sealing.envelope import add_wraps, drop_wraps, envelope_id, open_sealed, read_header, recipients_of
from portal.sealing.keys import SealBroken, derive
from tests.sealing.builders import NONCE_BYTES, Parts, Party, a_party, canonical, cek_of, flipped, sealed, taken_apart

TEAM = a_party()
OTHER = a_party(epoch=2)
CONTENT = b"content that is only for the team"
ENVELOPE = sealed(CONTENT, TEAM)
PARTS = taken_apart(ENVELOPE)
ANOTHER = taken_apart(sealed(CONTENT, TEAM))


def outcome(envelope: bytes, party: Party) -> str:
    try:
        return "as sealed" if open_sealed(envelope, party.pair) == CONTENT else "something else"
    except SealBroken:
        return "refused"


def test_no_byte_can_be_flipped() -> None:
    outcomes = [
        outcome(flipped(ENVELOPE, at, mask), TEAM) for at in range(len(ENVELOPE)) for mask in (0x01, 0x20, 0x80)
    ]
    assert set(outcomes) == {"refused"}


def test_a_byte_flipped_in_ones_own_wrap_closes_it_and_in_anothers_changes_no_word() -> None:
    envelope = sealed(CONTENT, TEAM, OTHER)
    for at in range(len(envelope)):
        outcomes = {outcome(flipped(envelope, at), TEAM), outcome(flipped(envelope, at), OTHER)}
        assert "refused" in outcomes
        assert "something else" not in outcomes


def test_it_cannot_be_cut_short_anywhere() -> None:
    for length in range(len(ENVELOPE)):
        with pytest.raises(SealBroken):
            open_sealed(ENVELOPE[:length], TEAM.pair)


@pytest.mark.parametrize("extra", [b"\0", b"DSR1", ENVELOPE], ids=["a-zero", "magic", "another"])
def test_nothing_can_be_put_behind_it(extra: bytes) -> None:
    with pytest.raises(SealBroken, match="after its end"):
        open_sealed(ENVELOPE + extra, TEAM.pair)


@pytest.mark.parametrize(
    "swapped",
    [
        replace(PARTS, header=ANOTHER.header),
        replace(PARTS, wraps=ANOTHER.wraps),
        replace(PARTS, nonce=ANOTHER.nonce),
        replace(PARTS, body=ANOTHER.body),
        replace(PARTS, nonce=ANOTHER.nonce, body=ANOTHER.body),
        replace(PARTS, header=ANOTHER.header, wraps=ANOTHER.wraps),
        replace(ANOTHER, body=PARTS.body),
    ],
    ids=["header", "wraps", "nonce", "body", "nonce-and-body", "header-and-wraps", "body-the-other-way"],
)
def test_no_part_fits_another_envelope(swapped: Parts) -> None:
    with pytest.raises(SealBroken):
        open_sealed(swapped.joined(), TEAM.pair)


@pytest.mark.parametrize(
    "changed",
    [{"team": "coventry"}, {"epoch": 2}, {"kind": "recovery"}, {"kind": "area"}, {"key_id": OTHER.pair.key_id}],
    ids=lambda changed: next(iter(changed)),
)
def test_a_wrap_cannot_be_said_to_be_for_another(changed: dict[str, object]) -> None:
    envelope = PARTS.with_meta(**changed).joined()
    for party in (TEAM, OTHER):
        with pytest.raises(SealBroken):
            open_sealed(envelope, party.pair)


@pytest.mark.parametrize(
    "changed",
    [
        {"reference": "4KM-7X2-P9F"},
        {"first_team": "coventry"},
        {"form_version": 2},
        {"schema_hash": "60" * 32},
        {"received_hour": "2026-03-01T15Z"},
        {"commitment": "00" * 32},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_the_header_cannot_be_rewritten(changed: dict[str, object]) -> None:
    envelope = PARTS.with_header(**changed).joined()
    assert getattr(read_header(envelope), next(iter(changed))) in changed.values()
    with pytest.raises(SealBroken):
        open_sealed(envelope, TEAM.pair)


@pytest.mark.parametrize(
    "changed",
    [
        {"version": 2},
        {"version": True},
        {"version": 1.0},
        {"version": "1"},
        {"suite": "x25519.hkdf-sha256.aes-256-gcm"},
        {"suite": None},
        {"bucket": 4097},
        {"bucket": 4096.0},
        {"bucket": 1 << 21},
        {"form_version": -1},
        {"reference": ["4KM-7X2-P9D"]},
        {"received_hour": "2026-03-01T1٤Z"},
        {"urgent": "yes"},
    ],
    ids=str,
)
def test_a_header_that_version_1_does_not_know_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(SealBroken, match="header"):
        read_header(PARTS.with_header(**changed).joined())


@pytest.mark.parametrize("changed", [{"kind": "friend"}, {"epoch": True}, {"key_id": "F" * 32}, {"note": "x"}], ids=str)
def test_a_wrap_that_version_1_does_not_know_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(SealBroken, match="wrapped key"):
        recipients_of(PARTS.with_meta(**changed).joined())


def without_commitment(header: bytes) -> bytes:
    return canonical({name: value for name, value in json.loads(header).items() if name != "commitment"})


@pytest.mark.parametrize(
    "written",
    [
        lambda header: header.replace(b":", b": ", 1),
        lambda header: header + b" ",
        lambda header: b"\xef\xbb\xbf" + header,
        lambda header: header[:-1] + b',"version":1}',
        lambda header: json.dumps(dict(reversed(json.loads(header).items())), separators=(",", ":")).encode(),
        lambda header: header.replace(b"4KM", b"\\u0034KM"),
        without_commitment,
        lambda _: b"[" * 3000,
        lambda _: b"[]",
        lambda _: b"null",
        lambda _: b"",
    ],
    ids=["space", "trailing-space", "bom", "twice", "order", "escaped", "missing", "deep", "list", "null", "empty"],
)
def test_a_header_written_in_another_way_is_refused(written: Callable[[bytes], bytes]) -> None:
    with pytest.raises(SealBroken, match="not canonical"):
        read_header(replace(PARTS, header=written(PARTS.header)).joined())


@pytest.mark.parametrize("magic", [b"DSR2", b"dsr1", b"\0\0\0\0"])
def test_another_version_is_refused_by_its_first_four_bytes(magic: bytes) -> None:
    with pytest.raises(SealBroken, match="version"):
        read_header(magic + ENVELOPE[4:])


def test_a_header_length_beyond_reason_is_refused_without_reading_on() -> None:
    with pytest.raises(SealBroken, match="longer than any"):
        read_header(ENVELOPE[:4] + b"\xff\xff\xff\xff" + ENVELOPE[8:])


def test_an_envelope_without_wraps_is_refused() -> None:
    with pytest.raises(SealBroken, match="missing"):
        read_header(replace(PARTS, wraps=()).joined())


def test_a_key_that_is_named_twice_is_refused() -> None:
    with pytest.raises(SealBroken, match="twice"):
        read_header(replace(PARTS, wraps=PARTS.wraps * 2).joined())


@pytest.mark.parametrize(
    "padded",
    [b"\0\0\0\x02hi" + b"\0" * 4089 + b"!", b"\xff\xff\xff\xff" + b"\0" * 4092, b"\0\0\x0f\xfd" + b"x" * 4092],
    ids=["not-zero", "too-long", "one-too-long"],
)
def test_wrong_padding_is_refused_even_under_the_right_key(padded: bytes) -> None:
    key = derive(cek_of(ENVELOPE, TEAM), b"dsr/v1/enc")
    body = AESGCM(key).encrypt(PARTS.nonce, padded, bytes.fromhex(envelope_id(ENVELOPE)))
    with pytest.raises(SealBroken, match="padded wrongly"):
        open_sealed(replace(PARTS, body=body).joined(), TEAM.pair)


def test_a_broken_envelope_is_not_rewrapped() -> None:
    broken = PARTS.with_header(reference="4KM-7X2-P9F").joined()
    with pytest.raises(SealBroken):
        add_wraps(broken, TEAM.pair, [OTHER.recipient])


def test_no_message_carries_content_or_keys() -> None:
    messages = []
    for at in (3, 20, 400, 700, len(ENVELOPE) - 1):
        with pytest.raises(SealBroken) as caught:
            open_sealed(flipped(ENVELOPE, at), TEAM.pair)
        messages.append(str(caught.value))
    assert not any("content" in message or TEAM.seed.hex() in message for message in messages)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400).flatmap(lambda tail: st.sampled_from([tail, b"DSR1" + tail, ENVELOPE[:300] + tail])))
def test_rubbish_is_refused_and_nothing_else_is_raised(rubbish: bytes) -> None:
    for read in (read_header, envelope_id, recipients_of):
        with pytest.raises(SealBroken):
            read(rubbish)
    with pytest.raises(SealBroken):
        drop_wraps(rubbish, [TEAM.pair.key_id])


def test_the_nonce_stands_before_the_body() -> None:
    assert ENVELOPE.endswith(PARTS.nonce + PARTS.body)
    assert len(PARTS.nonce) == NONCE_BYTES
