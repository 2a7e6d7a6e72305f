"""Write the published envelope vectors, once: `python -m tests.sealing.write_vectors`.

The file is frozen from then on (test_envelope_vectors.py holds its hash): other implementations rely on it,
and a change to it would be a change of the format. The seeds in it protect nothing.
"""

import json
import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

from portal.sealing.envelope import Recipient, add_wraps, drop_wraps, envelope_id, seal
from portal.sealing.keys import key_id, public_key

VECTORS = Path(__file__).parent / "vectors" / "envelope-v1.json"
SEEDS = {"team": bytes(range(32)), "recovery": bytes(range(32, 64)), "next team": bytes(range(64, 96))}
SHORT = b'{"language":"en"}'
LONG = json.dumps(
    {"now": "Zoë O'Brien-Smith & Sons <b> · আমার সাহায্য দরকার · أحتاج مساعدة · 👩🏽‍🦽 " * 60}, ensure_ascii=False
)


def main() -> None:
    """Write the file, unless it is there."""
    if VECTORS.exists():
        sys.exit(f"{VECTORS.name} is frozen: remove it yourself if no release has published it yet")
    team = Recipient.of("team", public_key(SEEDS["team"]), "gloucestershire", 1)
    recovery = Recipient.of("recovery", public_key(SEEDS["recovery"]), "gloucestershire", 1)
    following = Recipient.of("team", public_key(SEEDS["next team"]), "coventry-and-warwickshire", 12)
    short, long = sealed(SHORT, [team, recovery]), sealed(LONG.encode(), [team, recovery])
    moved = drop_wraps(add_wraps(long, SEEDS["team"], [following]), [team.key_id])
    document = {
        "format": "docs/envelope.md, version 1",
        "written_by": "python -m tests.sealing.write_vectors, with cryptography 50.0.2",
        "keys": {name: described_key(seed) for name, seed in SEEDS.items()},
        "opens": [
            described("two recipients, smallest bucket", short, SHORT, ["team", "recovery"]),
            described(
                "after a transfer: the first wrap dropped, one added", moved, LONG.encode(), ["recovery", "next team"]
            ),
        ],
        "refused": [
            {"why": "made with another version", "of": 0, "at": 3, "xor": 3, "by": "team"},
            {
                "why": "another reference in the header",
                "of": 0,
                "at": header_at(short, b"4KM-7X2"),
                "xor": 1,
                "by": "team",
            },
            {
                "why": "another commitment",
                "of": 0,
                "at": header_at(short, b'commitment":"') + 13,
                "xor": 1,
                "by": "team",
            },
            {
                "why": "another epoch on the wrap",
                "of": 0,
                "at": header_at(short, b'"epoch":1') + 8,
                "xor": 3,
                "by": "team",
            },
            {"why": "altered nonce", "of": 0, "at": -(4096 + 16 + 12), "xor": 1, "by": "recovery"},
            {"why": "altered tag", "of": 0, "at": -1, "xor": 128, "by": "recovery"},
            {"why": "not addressed to this key", "of": 1, "at": 0, "xor": 0, "by": "team"},
        ],
    }
    VECTORS.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def sealed(content: bytes, recipients: list[Recipient]) -> bytes:
    """Return an envelope with the header of the vectors."""
    return seal(
        content,
        reference="4KM-7X2-P9D",
        first_team="gloucestershire",
        form_version=1,
        schema_hash="5f" * 32,
        received_hour="2026-03-01T14Z",
        recipients=recipients,
    )


def described_key(seed: bytes) -> dict[str, str]:
    """Return a seed and the key id that follows from it."""
    return {"seed": seed.hex(), "key_id": key_id(public_key(seed))}


def described(name: str, envelope: bytes, content: bytes, openers: list[str]) -> dict[str, Any]:
    """Return one envelope, what it holds, and which of the keys open it."""
    return {
        "name": name,
        "id": envelope_id(envelope),
        "opened_by": openers,
        "content": b64encode(content).decode(),
        "envelope": b64encode(envelope).decode(),
    }


def header_at(envelope: bytes, mark: bytes) -> int:
    """Return where a piece of readable text starts."""
    return envelope.index(mark)


if __name__ == "__main__":
    main()
