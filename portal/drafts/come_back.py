"""Open saved answers with their words; wrong ones are slowed down, and nobody is locked out by that."""

from datetime import datetime

from portal.database.engine import Engine
from portal.drafts.acts import Kept, open_saved
from portal.limits.rate_limit import WAIT, RateLimit, has_waited, stamp
from portal.sealing.keys import derive


class MustWait(Exception):
    """Many wrong words are being tried; `stamp` says since when these very words have been waiting."""

    def __init__(self, stamped: str) -> None:
        super().__init__(f"wait {WAIT.seconds} seconds")
        self.stamp, self.seconds = stamped, WAIT.seconds


def come_back(
    engine: Engine, code: str, waited: str, now: datetime, *, limit: RateLimit, secret_key: bytes, pepper: bytes
) -> Kept | None:
    """Return what these words open, or None; `waited` is the stamp of the wait before. Raises MustWait."""
    key = derive(secret_key, b"dsr/v1/waited")
    if limit.is_used_up(now) and not has_waited(key, code, waited, now):
        raise MustWait(stamp(key, code, now))
    kept = open_saved(engine, code, now, pepper=pepper)
    if kept is None:
        limit.note_wrong(now)
    return kept
