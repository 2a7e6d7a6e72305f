"""Write the mail for what is in the outbox: who is told, of which kind, at most one of a kind an hour each."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from portal.database.engine import Engine, Session, reading, writing
from portal.jobs.mail_queue import address_mail, coordinators_to_tell, forget_sent, members_to_tell
from portal.mail.messages import Event
from portal.mail.outbox import forget_told, has_posts, mark_told, payload_of, take_posts
from portal.mail.tables import OutboxRow
from portal.referrals.news_wishes import drop_old_wishes
from portal.teams.queries import get_team

QUIET = timedelta(hours=1)
"""A busy team gets one mail an hour, whose coming says nothing of how many things came."""
AT_ONCE = 100
FORGET_AFTER = timedelta(days=30)

KINDS: Mapping[str, Event] = MappingProxyType(
    {
        "referral.waiting": "something_waits",
        "referral.message": "something_waits",
        "referral.consent_taken_back": "something_waits",
        "referral.offered": "something_waits",
        "referral.taken": "something_waits",
        "referral.sent_back": "something_waits",
        "referral.due_soon": "due_soon",
        "referral.overdue": "overdue",
        "referral.uncollected": "area_overdue",
        "team.keys_need_care": "keys_need_care",
    }
)
"""Every kind of post, and the words that tell of it."""


def address_waiting_mail(engine: Engine, now: datetime) -> int:
    """Write the mail for all that is in the outbox; returns how many messages. Each post is taken by one worker."""
    written = 0
    while True:
        with reading(engine) as session:
            if not has_posts(session):
                return written
        with writing(engine) as session:
            posts = take_posts(session, AT_ONCE)
            if not posts:
                return written
            written += sum(_address(session, post, now) for post in posts)
            mark_told(session, [post.id for post in posts], now)


def forget_old_mail(engine: Engine, now: datetime) -> None:
    """Delete what was sent, and what was told of, a month ago."""
    with writing(engine) as session:
        forget_sent(session, now - FORGET_AFTER)
        drop_old_wishes(session)
        forget_told(session, now - FORGET_AFTER)


def _address(session: Session, post: OutboxRow, now: datetime) -> int:
    if post.team is None:
        return 0
    event, team = KINDS.get(post.kind, "something_waits"), get_team(session, post.team)
    area = payload_of(post).get("area") or (None if team is None else team.area)
    told = whom_to_tell(session, event, post.team, area)
    return sum(
        address_mail(session, event, member_id, team=post.team, area=area, now=now, quiet=QUIET) for member_id in told
    )


def whom_to_tell(session: Session, event: Event, team_id: str, area_id: str | None) -> Sequence[str]:
    """Return who is told: the team; or its area; or whoever there is, so that nothing waits unseen."""
    members, leads = members_to_tell(session, team_id), members_to_tell(session, team_id, leads_only=True)
    area = [] if area_id is None else coordinators_to_tell(session, area_id)
    if event == "area_overdue":
        return area or leads or members
    if event == "keys_need_care":
        return sorted({*leads, *area}) or members
    return members or area
