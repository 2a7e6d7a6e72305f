"""Made-up parties and envelopes, and envelopes taken apart without the code under test."""

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from portal.sealing.envelope import Recipient, RecipientKind, seal
from portal.sealing.keys import KeyPair, info_for, new_seed, unwrap

SCHEMA_HASH = "5f" * 32
WRAPPED_BYTES = 1168
NONCE_BYTES = 12


@dataclass(frozen=True)
class Party:
    """Somebody with a seed, as a recipient."""

    seed: bytes
    pair: KeyPair
    recipient: Recipient


def a_party(kind: RecipientKind = "team", team: str = "gloucestershire", epoch: int = 1) -> Party:
    """Return a party with a fresh key."""
    seed = new_seed()
    pair = KeyPair(seed)
    return Party(seed, pair, Recipient.of(kind, pair.public, team, epoch))


def sealed(content: bytes, *parties: Party, **header: Any) -> bytes:
    """Return an envelope for these parties; name only what matters of the header."""
    fields: dict[str, Any] = {
        "reference": "4KM-7X2-P9D",
        "first_team": "gloucestershire",
        "form_version": 1,
        "schema_hash": SCHEMA_HASH,
        "received_hour": "2026-03-01T14Z",
        **header,
    }
    return seal(content, recipients=[party.recipient for party in parties], **fields)


@dataclass(frozen=True)
class Parts:
    """An envelope in its parts, to be put together wrongly."""

    header: bytes
    wraps: tuple[tuple[bytes, bytes], ...]
    nonce: bytes
    body: bytes

    def joined(self) -> bytes:
        """Return the envelope that these parts make."""
        wraps = b"".join(len(meta).to_bytes(2, "big") + meta + wrapped for meta, wrapped in self.wraps)
        header = b"DSR1" + len(self.header).to_bytes(4, "big") + self.header
        return header + bytes([len(self.wraps)]) + wraps + self.nonce + self.body

    def with_header(self, **changes: Any) -> "Parts":
        """Return the parts with other header fields, canonically written."""
        return replace(self, header=canonical({**json.loads(self.header), **changes}))

    def with_meta(self, **changes: Any) -> "Parts":
        """Return the parts with another description of the first wrapped key."""
        meta, wrapped = self.wraps[0]
        first = (canonical({**json.loads(meta), **changes}), wrapped)
        return replace(self, wraps=(first, *self.wraps[1:]))


def canonical(fields: dict[str, Any]) -> bytes:
    """Return JSON as docs/envelope.md asks for it."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()


def taken_apart(envelope: bytes) -> Parts:
    """Return the parts of an envelope that is well formed."""
    at = 8 + int.from_bytes(envelope[4:8], "big")
    header, count, at = envelope[8:at], envelope[at], at + 1
    wraps = []
    for _ in range(count):
        end = at + 2 + int.from_bytes(envelope[at : at + 2], "big")
        wraps.append((envelope[at + 2 : end], envelope[end : end + WRAPPED_BYTES]))
        at = end + WRAPPED_BYTES
    return Parts(header, tuple(wraps), envelope[at : at + NONCE_BYTES], envelope[at + NONCE_BYTES :])


def flipped(raw: bytes, at: int, mask: int = 0x01) -> bytes:
    """Return the bytes with one of them changed."""
    return raw[:at] + bytes([raw[at] ^ mask]) + raw[at + 1 :]


def wrap_info(envelope: bytes, party: Party) -> bytes:
    """Return what a party's wrapped key in this envelope is bound to."""
    recipient = party.recipient
    fields = (recipient.kind, recipient.key_id, recipient.team, recipient.epoch)
    return info_for("dsr/v1/wrap-cek", sha256(taken_apart(envelope).header).digest(), *fields)


def cek_of(envelope: bytes, party: Party) -> bytes:
    """Return the content key of an envelope whose first wrap is for this party."""
    return unwrap(taken_apart(envelope).wraps[0][1], party.seed, wrap_info(envelope, party))
