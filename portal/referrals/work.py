"""Work on a referral: take it, give it back, collect it, close it, tell the person, erase what was taken back.

Each raises NotYours, MoveRefused, or ChangedMeanwhile where `version` is no longer the one that the member saw.
A second time does nothing.
"""

from collections.abc import Collection
from datetime import datetime

from portal.database.engine import Engine, writing
from portal.database.secure_delete import leave_no_old_pages
from portal.referrals import worklist
from portal.referrals.acts import CLOSE, COLLECT, ERASE, GIVE_BACK, TAKE, TELL, Act, begin
from portal.referrals.messages import delete_messages
from portal.referrals.news import add_news, news_of
from portal.referrals.queries import forget_opened
from portal.teams.staff import StaffSession


class NotOnTheList(ValueError):
    """There is no such message, or none that a team chooses."""


def take_referral(
    engine: Engine, staff: StaffSession, reference: str, now: datetime, *, version: int | None = None
) -> None:
    """Take a referral that waits, take it over from a colleague, or work again on one that was collected or closed."""
    with writing(engine) as session:
        if own := begin(TAKE, session, staff, reference, version):
            worklist.take(session, reference, staff.member_id, now)
            own.finish(TAKE, now)


def give_referral_back(
    engine: Engine, staff: StaffSession, reference: str, now: datetime, *, version: int | None = None
) -> None:
    """Give a referral back to the queue, where it waits again. MoveRefused: somebody else has it."""
    with writing(engine) as session:
        if own := begin(GIVE_BACK, session, staff, reference, version):
            worklist.give_back(session, reference, staff.member_id)
            own.finish(GIVE_BACK, now)


def mark_collected(
    engine: Engine, staff: StaffSession, reference: str, now: datetime, *, version: int | None = None
) -> None:
    """Note that the team has this referral in its own records."""
    _move(COLLECT, engine, staff, reference, now=now, version=version)


def close(engine: Engine, staff: StaffSession, reference: str, now: datetime, *, version: int | None = None) -> None:
    """Note that the team has done with this referral."""
    _move(CLOSE, engine, staff, reference, now=now, version=version)


def tell_person(
    engine: Engine, staff: StaffSession, reference: str, key: str, *, allowed: Collection[str], now: datetime
) -> None:
    """Add a message to what the person sees: nothing else of the team's reaches a page that a code opens.

    The same as the last one, sent again within the minute, does nothing. Raises NotOnTheList, too.
    """
    if key not in allowed:
        raise NotOnTheList("choose one of the messages")
    with writing(engine) as session:
        own = begin(TELL, session, staff, reference)
        last = next(reversed(news_of(session, reference)), None)
        if own is None or (last is not None and last.key == key and (now - last.at).total_seconds() < 60):
            return
        add_news(session, reference, key, now)
        own.finish(TELL, now, detail={"news": key})


def acknowledge_taken_back(
    engine: Engine, staff: StaffSession, reference: str, now: datetime, *, version: int | None = None
) -> None:
    """Acknowledge that consent was taken back: erase the envelope and every message. The plain row stays to say so."""
    with writing(engine) as session:
        if own := begin(ERASE, session, staff, reference, version):
            messages = delete_messages(session, reference)
            forget_opened(session, reference)
            own.finish(ERASE, now, detail={"messages": messages})
    leave_no_old_pages(engine)


def _move(act: Act, engine: Engine, staff: StaffSession, reference: str, *, now: datetime, version: int | None) -> None:
    with writing(engine) as session:
        if own := begin(act, session, staff, reference, version):
            own.finish(act, now, detail={"from": own.state, "to": act.to or own.state})
