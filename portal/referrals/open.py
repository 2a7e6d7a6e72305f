"""Open a sealed referral and the messages to it: an act of one member, written in the log with each envelope's id."""

from dataclasses import dataclass, replace
from datetime import datetime

from portal.database.engine import Engine, reading, writing
from portal.referrals.acts import ACTS, OPEN_SEAL, READ_MESSAGE, NotYours, own_referral
from portal.referrals.add_note import Note, notes_of
from portal.referrals.messages import MESSAGE_SCHEMA, SealedMessage, mark_opened, messages_of
from portal.referrals.news import NewsLine, news_of
from portal.referrals.queries import Sealed, note_opened, opened_at
from portal.sealing.envelope import envelope_id, open_sealed, read_header
from portal.sealing.keys import SealBroken
from portal.teams.queries import names_of_teams
from portal.teams.staff import KeysOf, StaffSession

__all__ = ["NewsLine", "NotYours", "Note", "Sealed"]


@dataclass(frozen=True)
class Message:
    """What somebody wrote after sending. `content` is None where it does not open."""

    received_at: datetime
    content: bytes | None


@dataclass(frozen=True)
class Found:
    """A referral of the member's own teams. `content`, `messages` and `notes` are there once opened in this session.

    `is_broken`: it was opened before, and now does not open. `envelope_id` is empty where nothing can be read at all.
    `unread` counts the messages that came since this session opened it; all of them where it has not. `may` names the
    acts that the member may do to it now; `offered_to` is the name of the team that it is on offer to, if it is.
    """

    sealed: Sealed
    envelope_id: str = ""
    content: bytes | None = None
    is_broken: bool = False
    messages: tuple[Message, ...] = ()
    notes: tuple[Note, ...] = ()
    unread: int = 0
    news: tuple[NewsLine, ...] = ()
    may: frozenset[str] = frozenset()
    taken_by: str | None = None
    offered_to: str = ""
    is_checked: bool = False


def look_at(engine: Engine, staff: StaffSession, reference: str) -> Found:
    """Return a referral as it rests, or open where this session has opened it before. Raises NotYours.

    So that "refresh" and "print" work without a second act; the log says who opened it, and when.
    """
    with reading(engine) as session:
        own, keys = own_referral(session, staff, reference), KeysOf(session, staff)
        found = Found(
            own.sealed,
            news=tuple(news_of(session, reference)),
            may=frozenset(act.name for act in ACTS if own.may(act)),
            taken_by=own.holder and own.holder[1],
            offered_to=names_of_teams(session)[own.offer.to_team] if own.offer else "",
            is_checked=own.is_checked,
        )
        if not own.sealed.envelope:
            return found
        before = opened_at(session, staff.id, reference)
        every = messages_of(session, reference)
        seen = [each for each in every if before is not None and each.received_at <= before]
        found = replace(
            found,
            messages=tuple(_message(keys, reference, each) for each in seen),
            unread=len(every) - len(seen),
            notes=() if before is None else notes_of(session, keys, reference),
        )
        try:
            name = envelope_id(own.sealed.envelope)
            return replace(found, envelope_id=name, content=None if before is None else _content(keys, own.sealed))
        except SealBroken:
            return replace(found, is_broken=True)


def open_referral(engine: Engine, staff: StaffSession, reference: str, now: datetime) -> Found:
    """Open the seal and every message to it, and note who did.

    Raises NotYours, MoveRefused where it was erased, or SealBroken where it was altered or the key is not theirs.
    """
    with writing(engine) as session:
        own, keys = own_referral(session, staff, reference, to_change=True), KeysOf(session, staff)
        own.needs(OPEN_SEAL)
        content = _content(keys, own.sealed)
        before = opened_at(session, staff.id, reference)
        new = [each for each in messages_of(session, reference) if before is None or each.received_at > before]
        messages = tuple(_message(keys, reference, each) for each in new)
        note_opened(session, staff.id, reference, now)
        mark_opened(session, [each.id for each in new], now)
        own.finish(OPEN_SEAL, now)
        for each, message in zip(new, messages, strict=True):
            if message.content is not None:
                own.finish(READ_MESSAGE, now, envelope=each.envelope)
    return Found(own.sealed, envelope_id(own.sealed.envelope), content, messages=messages)


def _content(keys: KeysOf, sealed: Sealed) -> bytes:
    return open_sealed(sealed.envelope, keys.for_envelope(sealed.envelope))


def _message(keys: KeysOf, reference: str, sealed: SealedMessage) -> Message:
    """Open one message; one that does not open hides no other. A message to another referral does not count as one."""
    try:
        header = read_header(sealed.envelope)
        if (header.reference, header.schema_hash) != (reference, MESSAGE_SCHEMA):
            return Message(sealed.received_at, None)
        return Message(sealed.received_at, open_sealed(sealed.envelope, keys.for_envelope(sealed.envelope)))
    except SealBroken:
        return Message(sealed.received_at, None)
