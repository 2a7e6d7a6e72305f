"""Failed tries at one name: counted, slowed, and forgotten."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.database.base import dialect_of, insert_into
from portal.limits.tables import SignInTryRow

FREE_TRIES = 4

LONGEST_WAIT = timedelta(minutes=1)

FORGET_TRIES_AFTER = timedelta(days=1)


def tries_of(session: Session, tries_id: str, now: datetime) -> SignInTryRow:
    """Return the failed tries at one address or reference, locked until the commit."""
    none_yet = insert_into(SignInTryRow, dialect_of(session)).values(
        id=tries_id, failures=0, slow_until=now, updated_at=now
    )
    # Not "do nothing": that would not wait for somebody who is just deleting the row, and then find none.
    same = {"updated_at": SignInTryRow.updated_at}
    session.execute(none_yet.on_conflict_do_update(index_elements=["id"], set_=same))
    return session.scalars(select(SignInTryRow).where(SignInTryRow.id == tries_id).with_for_update()).one()


def forget_tries(session: Session, tries_id: str, now: datetime) -> None:
    """Forget the failed sign-ins for one address, and everyone's old ones."""
    old = SignInTryRow.updated_at < now - FORGET_TRIES_AFTER
    session.execute(delete(SignInTryRow).where((SignInTryRow.id == tries_id) | old))


class SlowDown(Exception):
    """Too many failures for this address, or too many sign-ins at this moment: the next try counts after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} seconds")
        self.seconds = seconds


def count_try(session: Session, tries_id: str, now: datetime) -> None:
    """Count a try before it is checked. Raises SlowDown."""
    tries = tries_of(session, tries_id, now)
    if tries.slow_until > now:
        raise SlowDown(int((tries.slow_until - now).total_seconds()) + 1)
    tries.failures += 1
    tries.slow_until = now + wait_after(tries.failures)
    tries.updated_at = now


def wait_after(failures: int) -> timedelta:
    """Return how long an address waits: nothing for four failures, then 2, 4, 8 … seconds, a minute at most."""
    if failures <= FREE_TRIES:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - FREE_TRIES, 10)), LONGEST_WAIT)
