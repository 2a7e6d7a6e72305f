"""Show the person one of the fixed messages: nothing else of the team's reaches a page that a code opens."""

from collections.abc import Collection
from datetime import datetime

from portal.audit.queries import by_member, record
from portal.database.engine import Engine, writing
from portal.referrals.news import add_news, news_of
from portal.referrals.open import NotYours
from portal.referrals.queries import get_sealed
from portal.teams.staff import StaffSession


class NotOnTheList(ValueError):
    """There is no such message, or none that a team chooses."""


def tell_person(
    engine: Engine, staff: StaffSession, reference: str, key: str, *, allowed: Collection[str], now: datetime
) -> None:
    """Add a message to what the person sees. The same as the last one, sent again within the minute, does nothing.

    Raises NotYours or NotOnTheList.
    """
    if key not in allowed:
        raise NotOnTheList("choose one of the messages")
    with writing(engine) as session:
        sealed = get_sealed(session, reference, staff.team_ids)
        if sealed is None:
            raise NotYours("no such referral in your teams' queues")
        last = next(reversed(news_of(session, reference)), None)
        if last is not None and last.key == key and (now - last.at).total_seconds() < 60:
            return
        add_news(session, reference, key, now)
        record(
            session,
            "person.told",
            at=now,
            actor=by_member(staff.member_id),
            team=sealed.team_id,
            subject=reference,
            news=key,
        )
