"""Answers handed back to the person's own browser: locked under a key that never leaves the server."""

import json
import zlib
from datetime import datetime
from typing import Any

from portal.domain.answers import Answers
from portal.sealing.drafts import lock, unlock
from portal.sealing.keys import SealBroken, derive

LONGEST_UNPACKED = 200_000


def lock_in_hand(secret_key: bytes, answers: Answers, until: datetime) -> bytes:
    """Return the answers for a cookie to hold, readable here until a moment and nowhere else."""
    content = {"until": until.isoformat(), "answers": answers}
    packed = zlib.compress(json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode(), 9)
    return lock(_key(secret_key), packed, "draft")


def open_in_hand(secret_key: bytes, locked: bytes, now: datetime) -> Answers | None:
    """Return the answers that a cookie held; None where they do not open, or their time is over."""
    try:
        packed = unlock(_key(secret_key), locked, "draft")
    except SealBroken:
        return None
    content: dict[str, Any] = json.loads(zlib.decompressobj().decompress(packed, LONGEST_UNPACKED))
    answers: Answers = content["answers"]
    return answers if now < datetime.fromisoformat(content["until"]) else None


def _key(secret_key: bytes) -> bytes:
    return derive(secret_key, b"dsr/v1/answers-in-hand")
