"""Tell the person that there is news, if they chose it: an address is kept apart from the form, for this alone.

It is locked under the pepper and the reference, so that a copy of the database does not read it; the server can, since
it writes without anybody's code at hand. docs/decisions/0043-telling-the-person.md says why and until when.
"""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime

from portal.audit.queries import PUBLIC, record
from portal.database.engine import Engine, reading, writing
from portal.domain.follow_up import Right
from portal.domain.referral import OVER
from portal.follow_up.visit import Visit
from portal.mail.messages import HOME_LANGUAGE, Level
from portal.mail.senders import Channel
from portal.referrals.news_wishes import drop_wish, get_wish, keep_wish
from portal.referrals.queries import get_standing
from portal.sealing.drafts import lock, unlock
from portal.sealing.keys import SealBroken

KEPT_SIZE = 1280
"""Bytes of every wish before it is locked: the longest address fits, in any letters. Its size tells nothing."""


@dataclass(frozen=True)
class Wish:
    """Where the person wants to be told, and in which words. One from before languages were kept is English."""

    channel: Channel
    address: str = field(repr=False)
    lang: str = HOME_LANGUAGE
    level: Level = "standard"


def wish_to_be_told(engine: Engine, visit: Visit, wish: Wish | None, *, pepper: bytes, now: datetime) -> None:
    """Keep where the person wants to be told of news, in place of what was kept; None forgets it.

    Nothing is kept where consent was taken back. Raises NotWithThisCode.
    """
    visit.needs(Right.FULL)
    with writing(engine) as session:
        standing = get_standing(session, visit.reference, to_change=True)
        if standing is None:
            return
        drop_wish(session, visit.reference)
        if wish is not None and standing.state not in OVER:
            content = json.dumps(asdict(wish), ensure_ascii=False).encode().ljust(KEPT_SIZE)
            locked = lock(_secret(pepper, visit.reference), content, "news-address")
            keep_wish(session, visit.reference, locked, now)
        record(
            session,
            "person.wish_changed",
            at=now,
            actor=PUBLIC,
            team=standing.team_id,
            subject=visit.reference,
            how="not at all" if wish is None else wish.channel,
        )


def wish_of(engine: Engine, visit: Visit, pepper: bytes) -> Wish | None:
    """Return what was chosen, for the person's own page. Raises NotWithThisCode."""
    visit.needs(Right.FULL)
    with reading(engine) as session:
        locked = get_wish(session, visit.reference)
    return None if locked is None else open_wish(locked, visit.reference, pepper)


def open_wish(locked: bytes, reference: str, pepper: bytes) -> Wish | None:
    """Return an address that was kept; None where it does not open any more."""
    try:
        return Wish(**json.loads(unlock(_secret(pepper, reference), locked, "news-address")))
    except SealBroken:
        return None


def _secret(pepper: bytes, reference: str) -> bytes:
    return hmac.new(pepper, b"dsr/v1/news-address|" + reference.encode(), hashlib.sha256).digest()
