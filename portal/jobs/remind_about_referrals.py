"""Remind teams, each working morning, of what is due by tomorrow and of what is overdue."""

from datetime import date, datetime

from portal.database.engine import Engine, Session, reading, writing
from portal.domain.referral import OPEN
from portal.domain.working_days import LONDON, NO_PROMISE_AFTER, add_working_days, day_of, is_working_day
from portal.jobs.bank_holidays import bank_holidays
from portal.mail.outbox import post
from portal.referrals.retention import teams_with_overdue, teams_with_work_due
from portal.teams.health import last_posted

FROM_HOUR = 7
WORKING_DAYS_BEFORE = 1


def remind_about_referrals(engine: Engine, now: datetime) -> list[tuple[str, str]]:
    """Put a reminder in the outbox for each team with something due or overdue, once a working day; returns which."""
    local = now.astimezone(LONDON)
    today = local.date()
    if local.hour < FROM_HOUR or not is_working_day(today, bank_holidays()):
        return []
    with reading(engine) as session:
        if not _to_remind(session, today, now):
            return []
    with writing(engine) as session:
        reminders = _to_remind(session, today, now)
        for kind, team_id in reminders:
            post(session, kind, now, team=team_id)
    return reminders


def _to_remind(session: Session, today: date, now: datetime) -> list[tuple[str, str]]:
    soon = add_working_days(today, WORKING_DAYS_BEFORE, bank_holidays())
    overdue = teams_with_overdue(session, today, OPEN, received_before=now - NO_PROMISE_AFTER)
    due = teams_with_work_due(session, today, soon, OPEN)
    all_kinds = [("referral.overdue", team) for team in overdue] + [("referral.due_soon", team) for team in due]
    return [(kind, team) for kind, team in all_kinds if not _was_today(session, kind, team, today)]


def _was_today(session: Session, kind: str, team_id: str, today: date) -> bool:
    last = last_posted(session, kind, team_id)
    return last is not None and day_of(last) >= today
