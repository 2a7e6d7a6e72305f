"""Open a sealed referral and the messages to it: an act of one member, written in the log with each envelope's id."""

from dataclasses import dataclass
from datetime import datetime

from portal.audit.queries import by_member, record
from portal.database.engine import Engine, Session, reading, writing
from portal.domain.referral import MoveRefused, State
from portal.referrals.messages import MESSAGE_SCHEMA, SealedMessage, mark_opened, messages_of
from portal.referrals.news import NewsLine, add_news, news_of
from portal.referrals.queries import Sealed, get_sealed, note_opened, opened_at
from portal.sealing.envelope import envelope_id, open_sealed, read_header
from portal.sealing.keys import SealBroken
from portal.teams.staff import StaffSession, epoch_key

OPENED = "opened"


class NotYours(LookupError):
    """No such referral, or one of another team: to this member they are the same."""


@dataclass(frozen=True)
class Message:
    """What somebody wrote after sending. `content` is None where it does not open."""

    received_at: datetime
    content: bytes | None


@dataclass(frozen=True)
class Found:
    """A referral of the member's own teams. `content` and `messages` are there once opened in this session.

    `is_broken`: it was opened before, and now does not open. `envelope_id` is empty where nothing can be read at all.
    `unread` counts the messages that came since this session opened it; all of them where it has not.
    """

    sealed: Sealed
    envelope_id: str
    content: bytes | None
    is_broken: bool = False
    messages: tuple[Message, ...] = ()
    unread: int = 0
    news: tuple[NewsLine, ...] = ()


def look_at(engine: Engine, staff: StaffSession, reference: str) -> Found:
    """Return a referral as it rests, or open where this session has opened it before. Raises NotYours.

    So that "refresh" and "print" work without a second act; the log says who opened it, and when.
    """
    with reading(engine) as session:
        sealed = _own(session, staff, reference)
        news = tuple(news_of(session, reference))
        if sealed.state == State.ERASED or not sealed.envelope:
            return Found(sealed, "", None, news=news)
        before = opened_at(session, staff.id, reference)
        every = messages_of(session, reference)
        seen = [each for each in every if before is not None and each.received_at <= before]
        messages = tuple(_message(session, staff, reference, each) for each in seen)
        unread = len(every) - len(seen)
        try:
            name = envelope_id(sealed.envelope)
            content = None if before is None else _content(session, staff, sealed)
        except SealBroken:
            return Found(sealed, "", None, is_broken=True, messages=messages, unread=unread, news=news)
    return Found(sealed, name, content, messages=messages, unread=unread, news=news)


def open_referral(engine: Engine, staff: StaffSession, reference: str, now: datetime) -> Found:
    """Open the seal and every message to it, and note who did.

    Raises NotYours, MoveRefused where it was erased, or SealBroken where it was altered or the key is not theirs.
    """
    with writing(engine) as session:
        sealed = _own(session, staff, reference)
        if sealed.state == State.ERASED or not sealed.envelope:
            raise MoveRefused("the sealed copy is erased")
        content = _content(session, staff, sealed)
        name = envelope_id(sealed.envelope)
        before = opened_at(session, staff.id, reference)
        new = [each for each in messages_of(session, reference) if before is None or each.received_at > before]
        messages = tuple(_message(session, staff, reference, each) for each in new)
        note_opened(session, staff.id, reference, now)
        mark_opened(session, [each.id for each in new], now)
        add_news(session, reference, OPENED, now, once=True)
        opened = [each.envelope for each, message in zip(new, messages, strict=True) if message.content is not None]
        for event, envelope in [("referral.opened", sealed.envelope), *(("message.opened", each) for each in opened)]:
            record(
                session,
                event,
                at=now,
                actor=by_member(staff.member_id),
                team=sealed.team_id,
                subject=reference,
                envelope=envelope_id(envelope),
            )
    return Found(sealed, name, content, messages=messages)


def _own(session: Session, staff: StaffSession, reference: str) -> Sealed:
    sealed = get_sealed(session, reference, staff.team_ids)
    if sealed is None:
        raise NotYours("no such referral in your teams' queues")
    return sealed


def _content(session: Session, staff: StaffSession, sealed: Sealed) -> bytes:
    return open_sealed(sealed.envelope, epoch_key(session, staff, sealed.team_key_id))


def _message(session: Session, staff: StaffSession, reference: str, sealed: SealedMessage) -> Message:
    """Open one message; one that does not open hides no other. A message to another referral does not count as one."""
    try:
        header = read_header(sealed.envelope)
        if (header.reference, header.schema_hash) != (reference, MESSAGE_SCHEMA):
            return Message(sealed.received_at, None)
        content = open_sealed(sealed.envelope, epoch_key(session, staff, sealed.team_key_id))
    except SealBroken:
        return Message(sealed.received_at, None)
    return Message(sealed.received_at, content)
