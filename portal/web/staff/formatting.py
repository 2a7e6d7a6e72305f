"""States, days and moments as the staff's pages say them."""

from collections.abc import Callable
from datetime import date, datetime

from portal.domain.referral import State
from portal.domain.working_days import working_days_between
from portal.jobs.bank_holidays import bank_holidays
from portal.web.frame.runtime import LONDON
from portal.web.frame.texts import say as _
from portal.web.frame.texts import say_number

STATE_WORDS = {
    State.WAITING: "Waiting",
    State.IN_PROGRESS: "In progress",
    State.COLLECTED: "Collected",
    State.CLOSED: "Closed",
    State.WITHDRAWN: "Consent taken back: acknowledge it",
    State.ERASED: "Consent taken back, erased",
}


def state_words(state: str) -> str:
    """Return a state in words."""
    return _(STATE_WORDS[State(state)])


def moment_words(moment: datetime) -> str:
    """Return a moment as London's clocks show it: "Friday 20 November 2026, 14:05"."""
    local = moment.astimezone(LONDON)
    return f"{day_words(local.date())}, {local:%H:%M}"


def brief_moment_words(moment: datetime) -> str:
    """Return a moment of these months as a list shows it: "Fri 20 Nov, 14:05"."""
    local = moment.astimezone(LONDON)
    return f"{brief_day_words(local.date())}, {local:%H:%M}"


def day_words(day: date) -> str:
    """Return a day in words: "Friday 20 November 2026"."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def brief_day_words(day: date) -> str:
    """Return a day of these months as a list shows it: "Fri 20 Nov"."""
    return f"{day:%a} {day.day} {day:%b}"


def due_words(
    due: date | None, today: date, *, is_done: bool = False, words_of: Callable[[date], str] = day_words
) -> str:
    """Return by when the team promised to be in touch, in words, and how many working days that is from today."""
    if due is None:
        return _("No set day")
    if is_done:
        return _("By %(day)s", day=words_of(due))
    if due == today:
        return _("Today")
    if (due - today).days == 1:
        return _("Tomorrow")
    days = working_days_between(today, due, bank_holidays())
    if due < today:
        late = say_number("%(number)s working day late", "%(number)s working days late", -days)
        return _("Overdue: was due %(day)s. %(late)s", day=words_of(due), late=late)
    left = say_number("%(number)s working day left", "%(number)s working days left", days)
    return _("By %(day)s. %(left)s", day=words_of(due), left=left)
