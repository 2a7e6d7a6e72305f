"""Where people want to be told of news: locked addresses, each gone with its referral's content."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from portal.database.base import table_of
from portal.mail.tables import MailRow
from portal.referrals.tables import NewsWishRow, ReferralRow

QUIET = timedelta(hours=1)
_wish, _mail, _referral = table_of(NewsWishRow).c, table_of(MailRow), table_of(ReferralRow).c


def keep_wish(session: Session, reference: str, locked: bytes, now: datetime) -> None:
    """Keep a locked address."""
    session.execute(insert(NewsWishRow).values(reference=reference, locked=locked, made_at=now))


def get_wish(session: Session, reference: str) -> bytes | None:
    """Return a locked address."""
    return session.scalar(select(_wish.locked).where(_wish.reference == reference))


def drop_wish(session: Session, reference: str) -> None:
    """Forget an address, and the mail that waits for it."""
    session.execute(delete(NewsWishRow).where(_wish.reference == reference))
    session.execute(delete(MailRow).where(_mail.c.reference == reference))


def drop_old_wishes(session: Session) -> None:
    """Forget the addresses of referrals whose content is gone."""
    gone = select(_referral.reference).where(_referral.key_ids == "")
    session.execute(delete(NewsWishRow).where(_wish.reference.in_(gone)))


def tell_of_news(session: Session, reference: str, now: datetime) -> None:
    """Write a message for a person who chose to be told, once an hour at most."""
    if get_wish(session, reference) is None:
        return
    theirs = (_mail.c.reference == reference,)
    is_waiting = (_mail.c.sent_at.is_(None), _mail.c.given_up_at.is_(None), _mail.c.claimed_until.is_(None))
    if session.scalar(select(_mail.c.id).where(*theirs, *is_waiting).limit(1)):
        return
    last = session.scalar(select(func.max(_mail.c.sent_at)).where(*theirs))
    row = {
        "id": secrets.token_hex(16),
        "event": "news",
        "reference": reference,
        "created_at": now,
        "next_try_at": now if last is None else max(now, last + QUIET),
        "tries": 0,
        "fault": "",
    }
    session.execute(insert(_mail).values(row))
