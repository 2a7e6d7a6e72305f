"""Remind a live team, and its area, that too few hold its key, its kit's drill is overdue, or its key is old."""

from datetime import datetime, timedelta

from portal.database.engine import Engine, writing
from portal.keys.renew_team_key import RENEW_EVERY
from portal.mail.outbox import post
from portal.teams.health import Standing, last_posted, standing_of
from portal.teams.queries import get_team, ready_teams

DRILL_EVERY = timedelta(days=90)
REMIND_EVERY = timedelta(days=7)
KIND = "team.keys_need_care"


def needs_care(standing: Standing, now: datetime) -> list[str]:
    """Return what is overdue: "holders", "drill", "renewal"."""
    due = {
        "holders": not standing.has.is_held,
        "drill": standing.drilled_at is not None and now - standing.drilled_at >= DRILL_EVERY,
        "renewal": not standing.has.is_offline
        and standing.key_made_at is not None
        and now - standing.key_made_at >= RENEW_EVERY,
    }
    return [what for what, is_due in due.items() if is_due]


def remind_about_keys(engine: Engine, now: datetime) -> list[str]:
    """Put a reminder for team and area in the outbox, once a week; returns the teams. Referrals go on arriving."""
    reminded = []
    with writing(engine) as session:
        for team_id in sorted(ready_teams(session)):
            before, team = last_posted(session, KIND, team_id), get_team(session, team_id)
            due = needs_care(standing_of(session, team_id), now)
            if not due or team is None or (before is not None and now - before < REMIND_EVERY):
                continue
            post(session, KIND, now, team=team_id, area=team.area, due=" ".join(due))
            reminded.append(team_id)
    return reminded
