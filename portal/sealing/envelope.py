"""The sealed referral, envelope version 1: an immutable header, wrapped keys, an encrypted body.

    "DSR1" | u32 header length | header | u8 n | n x (u16 length, meta, wrapped key) | nonce | body

Header and metas are canonical JSON (docs/envelope.md has every field). The SHA-256 of the header is the envelope's id,
is bound into every wrap and is the associated data of the body, so no part fits another envelope. Wraps may be added by
whoever opens the envelope and dropped by anyone; header and body never change.

Reading is strict: a version, suite, field, length or byte that version 1 does not know is refused, never guessed.
"""

import hmac
import json
import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal, TypeVar, get_args

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.sealing.keys import WRAP_OVERHEAD, KeyPair, SealBroken, derive, info_for, key_id, key_pair, wrap

MAGIC = b"DSR1"
VERSION = 1
SUITE = "x-wing.hkdf-sha256.aes-256-gcm"
SMALLEST_BUCKET = 4096
LARGEST_BUCKET = 1 << 20
MOST_CONTENT = LARGEST_BUCKET - 4
"""Bytes of content an envelope can hold; four bytes of the bucket say how long the content is."""

RecipientKind = Literal["team", "recovery", "area"]

_CEK_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16
_WRAPPED_CEK_BYTES = _CEK_BYTES + WRAP_OVERHEAD
_LONGEST_HEADER = 4096
_MOST_WRAPS = 255
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_HASH = re.compile(r"[0-9a-f]{64}")
_KEY_ID = re.compile(r"[0-9a-f]{32}")
_HOUR = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3])Z", re.ASCII)
_BUCKETS = frozenset(SMALLEST_BUCKET << doubling for doubling in range(9))


@dataclass(frozen=True)
class Header:
    """What anyone may read of an envelope; it holds nothing the person wrote."""

    version: int
    suite: str
    reference: str
    first_team: str
    form_version: int
    schema_hash: str
    received_hour: str
    bucket: int
    commitment: str


@dataclass(frozen=True)
class WrapMeta:
    """Whom a wrapped key is for: a team's epoch, a team's recovery kit, or an area's."""

    kind: RecipientKind
    key_id: str
    team: str
    epoch: int


@dataclass(frozen=True)
class Recipient:
    """A public key that shall open the envelope. For recovery and area keys, `epoch` counts the kits made so far."""

    kind: RecipientKind
    key_id: str
    public: bytes
    team: str
    epoch: int

    @classmethod
    def of(cls, kind: RecipientKind, public: bytes, team: str, epoch: int) -> "Recipient":
        """Return the recipient of a public key, its key id worked out."""
        return cls(kind, key_id(public), public, team, epoch)

    @property
    def meta(self) -> WrapMeta:
        """What the envelope says of this recipient."""
        return WrapMeta(self.kind, self.key_id, self.team, self.epoch)


@dataclass(frozen=True)
class _Wrap:
    meta: WrapMeta
    wrapped: bytes


@dataclass(frozen=True)
class _Parsed:
    header: Header
    header_bytes: bytes
    wraps: tuple[_Wrap, ...]
    nonce: bytes
    body: bytes

    @property
    def header_hash(self) -> bytes:
        return sha256(self.header_bytes).digest()


def hour_of(moment: datetime) -> str:
    """Return the UTC hour of an aware moment as headers carry it: "2026-03-01T14Z". Raises ValueError if naive."""
    if moment.tzinfo is None:
        raise ValueError("The received time must carry its time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%HZ")


def seal(
    content: bytes,
    *,
    reference: str,
    first_team: str,
    form_version: int,
    schema_hash: str,
    received_hour: str,
    recipients: Iterable[Recipient],
) -> bytes:
    """Seal content so that only the recipients' seeds open it.

    At most MOST_CONTENT bytes; `schema_hash` is a SHA-256 in hexadecimal and `received_hour` comes from hour_of().
    A key named twice is wrapped to once, under its first name.
    Raises ValueError, before anything is encrypted, for whatever would make an envelope that nobody could open.
    """
    chosen = _checked_recipients(recipients)
    cek = secrets.token_bytes(_CEK_BYTES)
    header = Header(
        version=VERSION,
        suite=SUITE,
        reference=reference,
        first_team=first_team,
        form_version=form_version,
        schema_hash=schema_hash,
        received_hour=received_hour,
        bucket=_bucket_for(content),
        commitment=_commitment(cek),
    )
    if fault := _header_fault(header):
        raise ValueError(f"The envelope's header cannot be written: {fault}")
    header_bytes = _canonical(asdict(header))
    header_hash = sha256(header_bytes).digest()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    body = AESGCM(_body_key(cek)).encrypt(nonce, _padded(content, header.bucket), header_hash)
    wraps = tuple(_wrapped_to(recipient, cek, header_hash) for recipient in chosen)
    return _assemble(_Parsed(header, header_bytes, wraps, nonce, body))


def read_header(envelope: bytes) -> Header:
    """Return the readable header; nothing vouches for it until open_sealed() succeeds. Raises SealBroken."""
    return _parse(envelope).header


def envelope_id(envelope: bytes) -> str:
    """Return the SHA-256 of the header in hexadecimal; it stays the same when wraps come and go. Raises SealBroken."""
    return _parse(envelope).header_hash.hex()


def recipients_of(envelope: bytes) -> tuple[WrapMeta, ...]:
    """Return whom the envelope is wrapped to, in order. Raises SealBroken."""
    return tuple(item.meta for item in _parse(envelope).wraps)


def open_sealed(envelope: bytes, seed: bytes | KeyPair) -> bytes:
    """Return the content; the seed must belong to one of the recipients. Raises SealBroken.

    To open many, expand the seed once with KeyPair(seed) and pass that.
    """
    parsed = _parse(envelope)
    cek = _cek_of(parsed, seed)
    try:
        padded = AESGCM(_body_key(cek)).decrypt(parsed.nonce, parsed.body, parsed.header_hash)
    except InvalidTag:
        raise SealBroken("The envelope's body does not open: it was altered") from None
    return _unpadded(padded)


def add_wraps(envelope: bytes, seed: bytes | KeyPair, new_recipients: Iterable[Recipient]) -> bytes:
    """Return the envelope with further recipients; the seed must belong to one it has. Raises SealBroken.

    A key that is already there is left as it is, so a repeated transfer or rotation is harmless.
    """
    parsed = _parse(envelope)
    cek = _cek_of(parsed, seed)
    present = {item.meta.key_id for item in parsed.wraps}
    added = [
        _wrapped_to(recipient, cek, parsed.header_hash)
        for recipient in _checked_recipients(new_recipients)
        if recipient.key_id not in present
    ]
    return _with_wraps(parsed, (*parsed.wraps, *added))


def drop_wraps(envelope: bytes, key_ids: Collection[str]) -> bytes:
    """Return the envelope without the wraps of these keys; keys it does not have are no fault.

    Raises ValueError if nobody could open it then, SealBroken if it is not an envelope.
    """
    if isinstance(key_ids, str):
        raise ValueError("Give the key ids as a collection, not as one text")
    parsed = _parse(envelope)
    kept = tuple(item for item in parsed.wraps if item.meta.key_id not in key_ids)
    if not kept:
        raise ValueError("Refused: dropping these keys would leave an envelope that nobody can open")
    return _with_wraps(parsed, kept)


def _cek_of(parsed: _Parsed, seed: bytes | KeyPair) -> bytes:
    pair = key_pair(seed)
    own = next((item for item in parsed.wraps if item.meta.key_id == pair.key_id), None)
    if own is None:
        raise SealBroken("The envelope is not addressed to this key")
    cek = pair.unwrap(own.wrapped, _wrap_info(own.meta, parsed.header_hash))
    if not hmac.compare_digest(_commitment(cek), parsed.header.commitment):
        raise SealBroken("The envelope's key is not the one its header commits to")
    return cek


def _wrapped_to(recipient: Recipient, cek: bytes, header_hash: bytes) -> _Wrap:
    meta = recipient.meta
    return _Wrap(meta, wrap(cek, recipient.public, _wrap_info(meta, header_hash)))


def _wrap_info(meta: WrapMeta, header_hash: bytes) -> bytes:
    return info_for("dsr/v1/wrap-cek", header_hash, meta.kind, meta.key_id, meta.team, meta.epoch)


def _commitment(cek: bytes) -> str:
    return derive(cek, b"dsr/v1/commit").hex()


def _body_key(cek: bytes) -> bytes:
    return derive(cek, b"dsr/v1/enc")


def _bucket_for(content: bytes) -> int:
    if len(content) > MOST_CONTENT:
        raise ValueError(f"An envelope holds {MOST_CONTENT} bytes of content, and this is {len(content)}")
    bucket = SMALLEST_BUCKET
    while bucket < len(content) + 4:
        bucket *= 2
    return bucket


def _padded(content: bytes, bucket: int) -> bytes:
    return (len(content).to_bytes(4, "big") + content).ljust(bucket, b"\0")


def _unpadded(padded: bytes) -> bytes:
    end = 4 + int.from_bytes(padded[:4], "big")
    if end > len(padded) or padded[end:].strip(b"\0"):
        raise SealBroken("The envelope's body is padded wrongly")
    return padded[4:end]


def _checked_recipients(recipients: Iterable[Recipient]) -> tuple[Recipient, ...]:
    chosen = tuple(recipients)
    if not chosen:
        raise ValueError("An envelope needs at least one recipient")
    for recipient in chosen:
        if fault := _meta_fault(recipient.meta):
            raise ValueError(f"A recipient cannot be written down: {fault}")
        if key_id(recipient.public) != recipient.key_id:
            raise ValueError(f"Recipient {recipient.key_id} carries a public key with another key id")
    # One kit may serve as a team's and its area's: a second wrap to the same key would say nothing new.
    return tuple({recipient.key_id: recipient for recipient in reversed(chosen)}.values())[::-1]


def _header_fault(header: Header) -> str | None:
    checks = {
        f"version {VERSION} expected": _is_count(header.version) and header.version == VERSION,
        f"suite {SUITE} expected": header.suite == SUITE,
        "the reference is not a plain name": _is_text(header.reference, _NAME),
        "the first team is not a plain name": _is_text(header.first_team, _NAME),
        "the form version is not a whole number from 1": _is_count(header.form_version),
        "the schema hash is not a SHA-256": _is_text(header.schema_hash, _HASH),
        "the received hour is not like 2026-03-01T14Z": _is_text(header.received_hour, _HOUR),
        "the pad bucket is not one of ours": type(header.bucket) is int and header.bucket in _BUCKETS,
        "the commitment is not a SHA-256": _is_text(header.commitment, _HASH),
    }
    return next((fault for fault, holds in checks.items() if not holds), None)


def _meta_fault(meta: WrapMeta) -> str | None:
    checks = {
        "its kind is unknown": type(meta.kind) is str and meta.kind in get_args(RecipientKind),
        "its key id is not 32 hexadecimal digits": _is_text(meta.key_id, _KEY_ID),
        "its team is not a plain name": _is_text(meta.team, _NAME),
        "its epoch is not a whole number from 1": _is_count(meta.epoch),
    }
    return next((fault for fault, holds in checks.items() if not holds), None)


def _is_text(value: object, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_count(value: object) -> bool:
    return type(value) is int and 1 <= value < 1 << 31


def _canonical(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode("ascii")


def _with_wraps(parsed: _Parsed, wraps: tuple[_Wrap, ...]) -> bytes:
    return _assemble(_Parsed(parsed.header, parsed.header_bytes, wraps, parsed.nonce, parsed.body))


def _assemble(parsed: _Parsed) -> bytes:
    if len(parsed.wraps) > _MOST_WRAPS:
        raise ValueError(f"An envelope has at most {_MOST_WRAPS} recipients")
    parts = [MAGIC, len(parsed.header_bytes).to_bytes(4, "big"), parsed.header_bytes, bytes([len(parsed.wraps)])]
    for item in parsed.wraps:
        meta = _canonical(asdict(item.meta))
        parts += [len(meta).to_bytes(2, "big"), meta, item.wrapped]
    return b"".join([*parts, parsed.nonce, parsed.body])


def _parse(envelope: bytes) -> _Parsed:
    reader = _Reader(envelope)
    if reader.take(len(MAGIC)) != MAGIC:
        raise SealBroken("This is not an envelope, or of a version this release does not know")
    header_length = reader.number(4)
    if header_length > _LONGEST_HEADER:
        raise SealBroken("The envelope's header is longer than any of version 1")
    header_bytes = reader.take(header_length)
    header = _read_canonical(header_bytes, Header, "header")
    if fault := _header_fault(header):
        raise SealBroken(f"The envelope's header is refused: {fault}")
    wraps = tuple(_read_wrap(reader) for _ in range(reader.number(1)))
    if not wraps or len({item.meta.key_id for item in wraps}) != len(wraps):
        raise SealBroken("The envelope's wrapped keys are missing or named twice")
    nonce = reader.take(_NONCE_BYTES)
    body = reader.take(header.bucket + _TAG_BYTES)
    reader.finish()
    return _Parsed(header, header_bytes, wraps, nonce, body)


def _read_wrap(reader: "_Reader") -> _Wrap:
    meta = _read_canonical(reader.take(reader.number(2)), WrapMeta, "wrapped key's description")
    if fault := _meta_fault(meta):
        raise SealBroken(f"A wrapped key of the envelope is refused: {fault}")
    return _Wrap(meta, reader.take(_WRAPPED_CEK_BYTES))


_Described = TypeVar("_Described", Header, WrapMeta)


def _read_canonical(raw: bytes, shape: type[_Described], what: str) -> _Described:
    """Return the JSON object as its dataclass, if it has exactly those fields and is written canonically."""
    try:
        fields = json.loads(raw.decode("ascii"))
        described = shape(**fields)
        if _canonical(fields) == raw:
            return described
    except (ValueError, TypeError, RecursionError):
        pass
    raise SealBroken(f"The envelope's {what} is not canonical JSON with the fields of version 1")


class _Reader:
    """Takes an envelope apart from the front; running out, or having bytes left over, is a broken seal."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._at = 0

    def take(self, length: int) -> bytes:
        piece = self._raw[self._at : self._at + length]
        if len(piece) != length:
            raise SealBroken("The envelope is cut short")
        self._at += length
        return piece

    def number(self, width: int) -> int:
        return int.from_bytes(self.take(width), "big")

    def finish(self) -> None:
        if self._at != len(self._raw):
            raise SealBroken("The envelope has bytes after its end")
