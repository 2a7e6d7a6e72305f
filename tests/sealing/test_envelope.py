"""An envelope opens for its recipients, word for word, and for nobody else."""

import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.sealing.envelope import (
    MOST_CONTENT,
    Recipient,
    WrapMeta,
    add_wraps,
    drop_wraps,
    envelope_id,
    hour_of,
    open_sealed,
    read_header,
    recipients_of,
    seal,
)
from portal.sealing.keys import SealBroken, wrap
from tests.sealing.builders import SCHEMA_HASH, a_party, cek_of, sealed, taken_apart, wrap_info

TEAM = a_party()
RECOVERY = a_party("recovery")
LONGEST_ANSWER = 4000


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=LONGEST_ANSWER))
@example("")
@example("x" * LONGEST_ANSWER)
@example("👩🏽‍🦽" * LONGEST_ANSWER)
@example("Zoë O'Brien-Smith & Sons <b>\0\r\n")
@example("আমার সাহায্য দরকার · أحتاج مساعدة")
def test_any_text_opens_word_for_word_for_both_recipients(text: str) -> None:
    envelope = sealed(text.encode(), TEAM, RECOVERY)
    assert open_sealed(envelope, TEAM.pair).decode() == text
    assert open_sealed(envelope, RECOVERY.seed).decode() == text


def test_an_outsider_opens_nothing() -> None:
    with pytest.raises(SealBroken, match="not addressed to this key"):
        open_sealed(sealed(b"mine", TEAM), a_party().seed)


def test_the_header_says_what_was_sealed_and_nothing_that_was_written() -> None:
    envelope = sealed(b"my name is Zoe", TEAM, reference="9DY-1X2-M1Y", form_version=7)
    header = read_header(envelope)
    assert (header.version, header.suite) == (1, "x-wing.hkdf-sha256.aes-256-gcm")
    assert (header.reference, header.first_team, header.form_version) == ("9DY-1X2-M1Y", "gloucestershire", 7)
    assert (header.schema_hash, header.received_hour, header.bucket) == (SCHEMA_HASH, "2026-03-01T14Z", 4096)
    assert b"Zoe" not in envelope


def test_the_layout_is_the_published_one() -> None:
    envelope = sealed(b"content", TEAM, RECOVERY)
    parts = taken_apart(envelope)
    assert parts.joined() == envelope
    assert list(json.loads(parts.header)) == [
        *("bucket", "commitment", "first_team", "form_version", "received_hour"),
        *("reference", "schema_hash", "suite", "version"),
    ]
    assert json.loads(parts.wraps[0][0]) == {
        "epoch": 1,
        "key_id": TEAM.pair.key_id,
        "kind": "team",
        "team": "gloucestershire",
    }
    assert len(parts.body) == 4096 + 16


def test_the_envelopes_id_is_the_hash_of_its_header() -> None:
    envelope = sealed(b"content", TEAM)
    assert envelope_id(envelope) == sha256(taken_apart(envelope).header).hexdigest()


def test_two_envelopes_of_the_same_content_share_nothing() -> None:
    first, second = taken_apart(sealed(b"content", TEAM)), taken_apart(sealed(b"content", TEAM))
    assert first.header != second.header
    assert first.nonce != second.nonce
    assert first.body != second.body
    assert first.wraps[0][1] != second.wraps[0][1]


@pytest.mark.parametrize(
    ("length", "bucket"),
    [
        (0, 4096),
        (4092, 4096),
        (4093, 8192),
        (8188, 8192),
        (8189, 16384),
        (16381, 32768),
        (MOST_CONTENT, 1 << 20),
    ],
)
def test_the_size_tells_only_the_bucket(length: int, bucket: int) -> None:
    envelope = sealed(b"x" * length, TEAM)
    assert read_header(envelope).bucket == bucket
    assert len(taken_apart(envelope).body) == bucket + 16
    assert open_sealed(envelope, TEAM.pair) == b"x" * length


def test_content_beyond_the_largest_bucket_is_refused_before_sealing() -> None:
    with pytest.raises(ValueError, match="1048572 bytes"):
        sealed(b"x" * (MOST_CONTENT + 1), TEAM)


def test_the_header_commits_to_the_key() -> None:
    envelope = sealed(b"content", TEAM)
    cek = cek_of(envelope, TEAM)
    expected = HKDF(SHA256(), 32, salt=None, info=b"dsr/v1/commit").derive(cek)
    assert read_header(envelope).commitment == expected.hex()


def test_two_recipients_cannot_be_shown_different_texts() -> None:
    envelope = sealed(b"what the team reads", TEAM, RECOVERY)
    parts = taken_apart(envelope)
    meta, _ = parts.wraps[1]
    info = wrap_info(envelope, RECOVERY)
    forged = wrap(b"another key of 32 bytes........!", RECOVERY.pair.public, info)
    swapped = type(parts)(parts.header, (parts.wraps[0], (meta, forged)), parts.nonce, parts.body).joined()
    assert open_sealed(swapped, TEAM.pair) == b"what the team reads"
    with pytest.raises(SealBroken, match="commits to"):
        open_sealed(swapped, RECOVERY.pair)


def test_a_recovery_seed_opens() -> None:
    assert open_sealed(sealed(b"content", TEAM, RECOVERY), RECOVERY.seed) == b"content"


def test_a_transfer_adds_the_target_then_drops_the_source_and_touches_nothing_else() -> None:
    source, target = a_party(), a_party("team", "coventry", epoch=4)
    before = sealed(b"content", source, RECOVERY)
    offered = add_wraps(before, source.seed, [target.recipient])
    moved = drop_wraps(offered, {source.pair.key_id})
    assert open_sealed(offered, source.pair) == open_sealed(offered, target.pair) == b"content"
    assert open_sealed(moved, target.pair) == open_sealed(moved, RECOVERY.pair) == b"content"
    with pytest.raises(SealBroken, match="not addressed"):
        open_sealed(moved, source.pair)
    assert {envelope_id(before), envelope_id(offered)} == {envelope_id(moved)}
    assert unchanged_parts(before) == unchanged_parts(offered) == unchanged_parts(moved)


def test_recipients_are_listed_in_order() -> None:
    envelope = add_wraps(sealed(b"", TEAM), TEAM.pair, [a_party("area", "severn", 2).recipient])
    team, area = recipients_of(envelope)
    assert team == WrapMeta("team", TEAM.pair.key_id, "gloucestershire", 1)
    assert (area.kind, area.team, area.epoch) == ("area", "severn", 2)


def test_adding_a_recipient_twice_changes_nothing() -> None:
    once = add_wraps(sealed(b"", TEAM), TEAM.pair, [RECOVERY.recipient])
    assert add_wraps(once, TEAM.pair, [RECOVERY.recipient]) == once


def test_only_a_recipient_can_add_one() -> None:
    with pytest.raises(SealBroken, match="not addressed"):
        add_wraps(sealed(b"", TEAM), a_party().seed, [RECOVERY.recipient])


def test_dropping_a_key_twice_changes_nothing() -> None:
    dropped = drop_wraps(sealed(b"", TEAM, RECOVERY), [TEAM.pair.key_id])
    assert drop_wraps(dropped, [TEAM.pair.key_id]) == dropped


def test_the_last_key_cannot_be_dropped() -> None:
    with pytest.raises(ValueError, match="nobody can open"):
        drop_wraps(sealed(b"", TEAM), [TEAM.pair.key_id])


def test_one_key_id_as_text_is_not_taken_for_a_collection() -> None:
    with pytest.raises(ValueError, match="collection"):
        drop_wraps(sealed(b"", TEAM, RECOVERY), TEAM.pair.key_id)


def test_one_kit_for_team_and_area_is_wrapped_to_once() -> None:
    kit = a_party("recovery")
    same = Recipient.of("area", kit.pair.public, "severn", 1)
    envelope = seal_for([TEAM.recipient, kit.recipient, same])
    assert [meta.kind for meta in recipients_of(envelope)] == ["team", "recovery"]
    assert open_sealed(envelope, kit.pair) == b"content"


def test_an_envelope_for_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one recipient"):
        seal_for([])


def test_a_recipient_whose_key_is_not_the_named_one_is_refused() -> None:
    wrong = Recipient("team", TEAM.pair.key_id, RECOVERY.pair.public, "gloucestershire", 1)
    with pytest.raises(ValueError, match="another key id"):
        seal_for([wrong])


def test_a_256th_recipient_is_refused() -> None:
    others = [a_party(epoch=number + 1).recipient for number in range(256)]
    with pytest.raises(ValueError, match="at most 255"):
        seal_for(others)
    assert len(recipients_of(seal_for(others[:255]))) == 255


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("reference", "", "reference"),
        ("reference", "ends with a line\n", "reference"),
        ("first_team", "Zoë's", "first team"),
        ("form_version", 0, "form version"),
        ("form_version", True, "form version"),
        ("schema_hash", "5F" * 32, "schema hash"),
        ("received_hour", "2026-03-01T14:05Z", "received hour"),
        ("received_hour", "2026-03-01T24Z", "received hour"),
    ],
)
def test_a_header_that_could_not_be_read_back_is_not_written(field: str, value: object, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        sealed(b"", TEAM, **{field: value})


@pytest.mark.parametrize("change", [{"kind": "friend"}, {"team": "a b"}, {"epoch": 0}])
def test_a_recipient_that_could_not_be_read_back_is_not_written(change: dict[str, object]) -> None:
    fields = {"kind": "team", "team": "severn", "epoch": 1, **change}
    recipient = Recipient(key_id=TEAM.pair.key_id, public=TEAM.pair.public, **fields)  # type: ignore[arg-type] - what the types forbid, tried
    with pytest.raises(ValueError, match="cannot be written down"):
        seal_for([recipient])


def test_the_received_time_is_kept_to_the_utc_hour() -> None:
    summer = timezone(timedelta(hours=1))
    assert hour_of(datetime(2026, 7, 1, 0, 59, tzinfo=summer)) == "2026-06-30T23Z"
    assert hour_of(datetime(2026, 3, 1, 14, 59, 59, tzinfo=UTC)) == "2026-03-01T14Z"


def test_a_received_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        hour_of(datetime(2026, 3, 1, 14))  # noqa: DTZ001 - the case under test


def seal_for(recipients: list[Recipient]) -> bytes:
    return seal(
        b"content",
        reference="4KM-7X2-P9D",
        first_team="gloucestershire",
        form_version=1,
        schema_hash=SCHEMA_HASH,
        received_hour="2026-03-01T14Z",
        recipients=recipients,
    )


def unchanged_parts(envelope: bytes) -> tuple[bytes, bytes, bytes]:
    parts = taken_apart(envelope)
    return parts.header, parts.nonce, parts.body
