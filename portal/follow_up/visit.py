"""Come back with a reference and a private code: a visit of half an hour to one referral.

A right code always opens; with 76 bits there is nothing to gain by trying. Wrong ones are counted by the reference that
was typed, there or not, and never by the address they come from: docs/decisions/0016-coming-back-with-a-code.md.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from portal.audit.queries import PUBLIC, record
from portal.database.engine import Engine, Session, reading, writing
from portal.domain.follow_up import Right
from portal.follow_up.queries import end_visit, get_visit, prolong_visit, start_visit
from portal.limits.tries import forget_tries, tries_of, wait_after
from portal.referrals.queries import Standing, get_standing
from portal.sealing.drafts import lock, new_secret, row_id, unlock
from portal.sealing.keys import SealBroken
from portal.sealing.private_codes import digest_of

IDLE = timedelta(minutes=30)
PROLONG_EVERY = timedelta(minutes=1)
"""A visit's row is written at most once a minute, so that reading pages does not queue for the write lock."""

NO_DIGEST = "0" * 64


class CodeRefused(Exception):
    """Reference and code do not belong together. After some tries, `seconds` says how long to wait before the next."""

    def __init__(self, seconds: int = 0) -> None:
        super().__init__("reference and code do not belong together")
        self.seconds = seconds


class NotWithThisCode(Exception):
    """The helper's code does not do this."""


@dataclass(frozen=True)
class Visit:
    """Somebody who came back to one referral. `secret` is the cookie's."""

    reference: str
    right: Right
    secret: bytes = field(repr=False)

    def needs(self, right: Right) -> None:
        """Raise NotWithThisCode unless the code that was used may do this."""
        if right is Right.FULL and self.right is not Right.FULL:
            raise NotWithThisCode("only the person's own code does this")


def come_back(engine: Engine, reference: str, code: str, pepper: bytes, now: datetime) -> Visit:
    """Start a visit. Both are as parse_reference() and parse_words_code() give them. Raises CodeRefused."""
    tries_id = hmac.new(pepper, b"dsr/v1/follow-up-try|" + reference.encode(), hashlib.sha256).hexdigest()
    with reading(engine) as session:
        right = _right(get_standing(session, reference), reference, code, pepper)
    if right is None:
        with writing(engine) as session:
            seconds = _count_try(session, tries_id, now)
        raise CodeRefused(seconds)
    visit = Visit(reference, right, new_secret())
    content = json.dumps({"reference": reference, "right": right}).encode()
    with writing(engine) as session:
        locked = lock(visit.secret, content, "session")
        start_visit(session, row_id(visit.secret), locked, now, now + IDLE)
        forget_tries(session, tries_id, now)
        record(session, "person.came_back", at=now, actor=PUBLIC, subject=reference)
    return visit


def load_visit(engine: Engine, secret: bytes, now: datetime) -> Visit | None:
    """Return the visit under this cookie's secret; None where it is over, or was not used for half an hour."""
    with reading(engine) as session:
        found = get_visit(session, row_id(secret), now)
    if found is None:
        return None
    locked, expires_at = found
    try:
        content = json.loads(unlock(secret, locked, "session"))
    except SealBroken:
        return None
    if now + IDLE - expires_at >= PROLONG_EVERY:
        with writing(engine) as session:
            prolong_visit(session, row_id(secret), now + IDLE)
    return Visit(content["reference"], Right(content["right"]), secret)


def leave(engine: Engine, visit: Visit) -> None:
    """End a visit. A second time does nothing."""
    with writing(engine) as session:
        end_visit(session, row_id(visit.secret))


def _right(standing: Standing | None, reference: str, code: str, pepper: bytes) -> Right | None:
    """Return what the code may do; as much work, whether there is such a referral or not."""
    kept = {
        Right.FULL: standing.follow_up_digest if standing else None,
        Right.LIMITED: standing.helper_digest if standing else None,
    }
    fits = {
        right: hmac.compare_digest(digest_of(code, right, pepper, reference), digest or NO_DIGEST)
        for right, digest in kept.items()
    }
    return next((right for right, it_does in fits.items() if it_does), None)


def _count_try(session: Session, tries_id: str, now: datetime) -> int:
    """Count a wrong try, and return the seconds to wait. Tries during a wait count no further."""
    tries = tries_of(session, tries_id, now)
    if tries.slow_until <= now:
        tries.failures += 1
        tries.slow_until = now + wait_after(tries.failures)
        tries.updated_at = now
    return max(0, round((tries.slow_until - now).total_seconds()))
