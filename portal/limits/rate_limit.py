"""Slow down wrong codes without locking anybody out: no address and no person is counted.

Each process allows a few wrong codes, and one more every few seconds. When they are used up, whoever brings a code
waits before it is looked at: a stamp says since when these very words have been waiting, so that waiting for one guess
does not count for the next, and the right words open after one wait however many wrong ones others send.
"""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from threading import Lock

WAIT = timedelta(seconds=10)
STAMP_LASTS = timedelta(hours=24)
AT_ONCE = 20
ONE_MORE_EVERY = timedelta(seconds=5)


class RateLimit:
    """How many wrong codes this process still takes without a wait."""

    def __init__(self, at_once: int = AT_ONCE, one_more_every: timedelta = ONE_MORE_EVERY) -> None:
        self._at_once = at_once
        self._one_more_every = one_more_every
        self._left = float(at_once)
        self._counted_at = datetime.min.replace(tzinfo=UTC)
        self._lock = Lock()

    def note_wrong(self, now: datetime) -> None:
        """Count one wrong code."""
        with self._lock:
            self._refill(now)
            self._left = max(0.0, self._left - 1)

    def is_used_up(self, now: datetime) -> bool:
        """Say whether codes must wait now."""
        with self._lock:
            self._refill(now)
            return self._left < 1

    def _refill(self, now: datetime) -> None:
        since = max(timedelta(0), now - self._counted_at)
        self._left = min(self._at_once, self._left + since / self._one_more_every)
        self._counted_at = max(now, self._counted_at)


def stamp(key: bytes, code: str, now: datetime) -> str:
    """Return the sign that these words wait since now; it tells nothing of them."""
    since = str(int(now.timestamp()))
    return f"{since}.{_mark(key, code, since)}"


def has_waited(key: bytes, code: str, stamped: str, now: datetime) -> bool:
    """Say whether these same words have waited long enough."""
    since, _, mark = stamped.partition(".")
    if not hmac.compare_digest(mark.encode(), _mark(key, code, since).encode()):
        return False
    waited = now - datetime.fromtimestamp(int(since), UTC)
    return WAIT <= waited <= STAMP_LASTS


def _mark(key: bytes, code: str, since: str) -> str:
    return hmac.new(key, f"{since}|{code}".encode(), hashlib.sha256).hexdigest()
