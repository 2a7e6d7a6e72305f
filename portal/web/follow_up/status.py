"""Where a form stands, ready to show."""

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from portal.content.inline import render
from portal.domain.follow_up import Right
from portal.domain.referral import OPEN, OVER, State
from portal.follow_up.status import Status
from portal.web.follow_up.news import news
from portal.web.frame.render import page_url
from portal.web.frame.runtime import LONDON
from portal.web.frame.texts import say as _

ACTS = frozenset({"opened", *State})
"""Lines that follow from acts; a team's own line after the last of them is shown beside it."""


@dataclass(frozen=True)
class LineView:
    """One line, in both voices."""

    day: date
    say: str
    easy: Markup
    picture: str


@dataclass(frozen=True)
class StatusView:
    """The page: `now` is where it stands, `done` what this person has just done."""

    reference: str
    now: tuple[LineView, ...]
    so_far: tuple[LineView, ...]
    answer_by: date | None
    takes_messages: bool
    is_full: bool
    done: str


def status_view(found: Status, right: Right, done: str = "") -> StatusView:
    """Return the page of where a form stands."""
    lines = [("received", found.received_at), *((line.key, line.at) for line in found.news)]
    last_act = max(place for place, (key, _at) in enumerate(lines) if key in ACTS or place == 0)
    now = [lines[last_act]]
    if found.state not in OVER and lines[-1] is not lines[last_act]:
        now.append(lines[-1])
    timed = [(at, _line(key, at)) for key, at in lines] + [(at, _sent(at)) for at in found.sent]
    is_open = found.state in OPEN
    return StatusView(
        reference=found.reference,
        now=tuple(_line(*line) for line in now),
        so_far=tuple(line for _at, line in sorted(timed, key=lambda pair: pair[0])),
        answer_by=found.due_on if is_open and not _was_in_touch(found) else None,
        takes_messages=found.state not in OVER,
        is_full=right is Right.FULL,
        done=done,
    )


def _was_in_touch(found: Status) -> bool:
    return any(line.key in ("tried", "please_contact") for line in found.news)


def _line(key: str, at: datetime) -> LineView:
    line = news().get(key)
    day = at.astimezone(LONDON).date()
    if line is None:
        # A line that was taken off the list since: that something happened is still true.
        return LineView(day, _("The team did something with your form."), Markup(), "form")
    return LineView(day, _(line.say), render(line.easy.say, page_url), line.easy.picture)


def _sent(at: datetime) -> LineView:
    words = _("A message was sent to the team.")
    return LineView(at.astimezone(LONDON).date(), words, Markup.escape(words), "write")
