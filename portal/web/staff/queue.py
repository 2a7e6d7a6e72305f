"""The queue, ready to show: what waits for each team, and by when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from markupsafe import Markup

from portal.actions.staff_session import StaffTeam
from portal.domain.referral import State
from portal.store.engine import reading
from portal.store.messages import unopened
from portal.store.referrals import Listed, listed, waiting_for
from portal.web.runtime import LONDON, runtime
from portal.web.words import say as _

OPEN_STATES = (State.WAITING, State.IN_PROGRESS)
DONE_STATES = (State.COLLECTED, State.CLOSED, State.ERASED)
STATE_WORDS = {
    State.WAITING: "Waiting",
    State.IN_PROGRESS: "In progress",
    State.COLLECTED: "Collected",
    State.CLOSED: "Closed",
    State.WITHDRAWN: "Consent taken back: acknowledge it",
    State.ERASED: "Consent taken back, erased",
}


@dataclass(frozen=True)
class TeamQueue:
    """One team's table rows: open referrals, due first, and those that are done."""

    name: str
    to_do: list[list[str]]
    done: list[list[str]]


def queues_of(teams: Sequence[StaffTeam]) -> list[TeamQueue]:
    """Return the queue of each team, in the teams' order.

    Consent that was taken back comes first, and what was done comes back while a new message waits.
    """
    team_ids = [team.id for team in teams]
    with reading(runtime().engine) as session:
        new = unopened(session, team_ids)
        to_do = waiting_for(session, team_ids, [State.WITHDRAWN])
        to_do += waiting_for(session, team_ids, OPEN_STATES)
        to_do += listed(session, new, DONE_STATES)
        done = [each for each in waiting_for(session, team_ids, DONE_STATES) if each.reference not in new]
    return [TeamQueue(team.name, _rows(to_do, team.id, new), _rows(done, team.id, new)) for team in teams]


def _rows(referrals: Sequence[Listed], team_id: str, new: Collection[str]) -> list[list[str]]:
    today = runtime().today()
    return [
        [
            _link(each.reference),
            moment_words(each.received_at),
            due_words(each.due_on, today, is_done=each.state in DONE_STATES),
            state_words(each.state) + (_(". New message") if each.reference in new else ""),
        ]
        for each in referrals
        if each.team_id == team_id
    ]


def _link(reference: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(url_for("staff.referral", reference=reference), reference)


def state_words(state: str) -> str:
    """Return a state in words."""
    return _(STATE_WORDS[State(state)])


def moment_words(moment: datetime) -> str:
    """Return a moment as London's clocks show it: "Friday 20 November 2026, 14:05"."""
    local = moment.astimezone(LONDON)
    return f"{day_words(local.date())}, {local:%H:%M}"


def day_words(day: date) -> str:
    """Return a day in words: "Friday 20 November 2026"."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def due_words(due: date | None, today: date, *, is_done: bool = False) -> str:
    """Return by when the team promised to be in touch, in words."""
    if due is None:
        return _("No set day")
    if is_done or (due - today).days > 1:
        return _("By %(day)s", day=day_words(due))
    if due == today:
        return _("Today")
    if due > today:
        return _("Tomorrow")
    return _("Overdue: was due %(day)s", day=day_words(due))
