"""Send the mail that is due: each message by one worker, tried again with longer and longer pauses, then given up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from portal.audit.queries import by_member, head, record
from portal.database.engine import Engine, reading, writing
from portal.follow_up.tell_of_news import open_wish
from portal.jobs.mail_queue import (
    Claimed,
    GivenUp,
    MailState,
    claim_mail,
    drop_mail,
    given_up_mail,
    has_due_mail,
    mail_state,
    settle_mail,
    try_again,
)
from portal.mail.clock import Clock
from portal.mail.messages import Event, Site, message_for, news_for
from portal.mail.senders import NotSent, Outgoing, Retry, Sender
from portal.teams.staff import StaffSession

__all__ = ["MailState"]

CLAIM = timedelta(minutes=10)
"""Longer than any sender takes. Who dies while sending leaves the message to be sent again, with the same id."""
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MOST_TRIES = 16
"""About two days and a half: a mail server that is down over a night or a Sunday loses nothing."""
MOST_IN_A_ROUND = 200


@dataclass(frozen=True)
class Round:
    """What one round did, in numbers."""

    sent: int = 0
    later: int = 0
    given_up: int = 0
    fault: str = ""


def send_mail(engine: Engine, sender: Sender, site: Site, now: Clock, pepper: bytes = b"") -> Round:
    """Send what is due, one message after the other; stops where the way out is closed.

    The `pepper` opens the addresses of people who chose to be told.
    """
    sent = later = given_up = 0
    fault = ""
    for _ in range(MOST_IN_A_ROUND):
        claimed = _claim(engine, now)
        if claimed is None:
            break
        message = _message(claimed, site, pepper, _mark(engine, claimed))
        if message is None:
            with writing(engine) as session:
                drop_mail(session, claimed.id)
            continue
        try:
            sender.send(message)
        except NotSent as failed:
            fault = failed.why
            if note_failure(engine, claimed, failed, now):
                given_up += 1
            else:
                later += 1
            if failed.retry is Retry.DOWN:
                break
        else:
            with writing(engine) as session:
                settle_mail(session, claimed, sent_at=now(), fault="")
            sent += 1
    return Round(sent, later, given_up, fault)


def _mark(engine: Engine, claimed: Claimed) -> str:
    if claimed.event != "log_head":
        return ""
    with reading(engine) as session:
        return head(session).hash


def _message(claimed: Claimed, site: Site, pepper: bytes, mark: str) -> Outgoing | None:
    """Return what to send, in words that are made now and kept nowhere; None where nobody is to be told any more."""
    if claimed.address is not None:
        subject, body = message_for(cast(Event, claimed.event), site, mark)
        return Outgoing(claimed.id, claimed.address, subject, body)
    if claimed.locked is None or claimed.reference is None or not pepper:
        return None
    wish = open_wish(claimed.locked, claimed.reference, pepper)
    if wish is None:
        return None
    subject, body = news_for(site, wish.channel, wish.lang, wish.level)
    return Outgoing(claimed.id, wish.address, subject, body, wish.channel)


def note_failure(engine: Engine, claimed: Claimed, failed: NotSent, now: Clock) -> bool:
    """Put a message off, or give it up; returns whether it was given up."""
    tries, moment = claimed.tries + 1, now()
    is_over = failed.retry is Retry.NEVER or tries >= MOST_TRIES
    with writing(engine) as session:
        settle_mail(
            session,
            claimed,
            tries=tries,
            fault=failed.why,
            next_try_at=moment + pause_after(tries),
            given_up_at=moment if is_over else None,
        )
    return is_over


def pause_after(tries: int) -> timedelta:
    """Return how long a message rests after so many tries: 1, 2, 4 … minutes, six hours at most."""
    doublings: int = 2 ** min(tries - 1, 20)
    return min(FIRST_PAUSE * doublings, LONGEST_PAUSE)


def how_mail_stands(engine: Engine) -> MailState:
    """Return what waits, and what was given up."""
    with reading(engine) as session:
        return mail_state(session)


def given_up_for(engine: Engine, staff: StaffSession) -> list[GivenUp]:
    """Return what could not be sent about the teams that somebody leads, and the areas that they look after."""
    led = [team.id for team in staff.teams if team.role == "lead"]
    with reading(engine) as session:
        return given_up_mail(session, led, [each.area_id for each in staff.areas])


def try_given_up_again(engine: Engine, staff: StaffSession, ids: Sequence[str], now: datetime) -> int:
    """Let messages that were given up be tried again; returns how many."""
    with writing(engine) as session:
        count = try_again(session, ids, now)
        if count:
            record(session, "mail.tried_again", at=now, actor=by_member(staff.member_id), count=count)
    return count


def _claim(engine: Engine, now: Clock) -> Claimed | None:
    moment = now()
    with reading(engine) as session:
        if not has_due_mail(session, moment):
            return None
    with writing(engine) as session:
        return claim_mail(session, moment, moment + CLAIM)
