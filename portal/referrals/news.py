"""Where a referral stands, line by line, as the person sees it: keys of a fixed list and times, never free words."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.database.base import table_of
from portal.referrals.news_wishes import tell_of_news
from portal.referrals.tables import NewsRow

_news = table_of(NewsRow)
OWN_ACT = "withdrawn"
"""What the person has just done themselves is no news to them."""


@dataclass(frozen=True)
class NewsLine:
    """What happened, by its key, and when."""

    key: str
    at: datetime


def add_news(session: Session, reference: str, key: str, now: datetime, *, once: bool = False) -> None:
    """Add a line; `once` adds none where the same stands there already."""
    if once and any(line.key == key for line in news_of(session, reference)):
        return
    session.execute(insert(_news).values(reference=reference, key=key, at=now))
    if key != OWN_ACT:
        tell_of_news(session, reference, now)


def news_of(session: Session, reference: str) -> list[NewsLine]:
    """Return the lines of a referral, oldest first."""
    found = session.execute(select(_news.c.key, _news.c.at).where(_news.c.reference == reference).order_by(_news.c.id))
    return [NewsLine(*row) for row in found]
