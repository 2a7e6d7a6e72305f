"""A note of the team's own beside a referral: sealed as the referral is, and never shown to the person."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from portal.database.engine import Engine, Session, writing
from portal.domain.referral import MoveRefused
from portal.referrals.acts import NOTE as ADD_NOTE
from portal.referrals.acts import begin
from portal.referrals.messages import NOTE, SealedMessage, count_messages, has_message, messages_of
from portal.referrals.messages import add_message as keep_message
from portal.referrals.rewrap import recipients_now
from portal.sealing.envelope import hour_of, open_sealed, read_header, seal
from portal.sealing.keys import SealBroken
from portal.teams.recipients import names_of_keys
from portal.teams.staff import KeysOf, StaffSession

NOTE_VERSION = 1
NOTE_SCHEMA = hashlib.sha256(b"dsr/note/1: kind, by, text").hexdigest()
LONGEST_NOTE = 4000
MOST_NOTES = 200


class EmptyNote(ValueError):
    """Nothing was written, or more than a note holds."""


@dataclass(frozen=True)
class Note:
    """A note as it was written. `text` is None where it does not open."""

    at: datetime
    by: str
    text: str | None


def add_note(engine: Engine, staff: StaffSession, reference: str, text: str, *, once: str, now: datetime) -> None:
    """Seal a note and put it beside the referral. `once` names the form that was sent: a second send does nothing.

    Raises EmptyNote, NotYours, or MoveRefused where the referral takes nothing more.
    """
    if not text.strip() or len(text) > LONGEST_NOTE:
        raise EmptyNote(f"a note has one to {LONGEST_NOTE} signs")
    note_id = hashlib.sha256(f"note|{staff.id}|{once}".encode()).hexdigest()
    with writing(engine) as session:
        own = begin(ADD_NOTE, session, staff, reference)
        if own is None or has_message(session, note_id):
            return
        if count_messages(session, reference, NOTE) >= MOST_NOTES:
            raise MoveRefused("the referral takes no more notes")
        recipients = recipients_now(session, reference)
        envelope = seal(
            json.dumps({"kind": NOTE, "by": staff.name, "text": text}, ensure_ascii=False).encode(),
            reference=reference,
            first_team=own.sealed.team_id,
            form_version=NOTE_VERSION,
            schema_hash=NOTE_SCHEMA,
            received_hour=hour_of(now),
            recipients=recipients,
        )
        keys = names_of_keys(recipients)
        keep_message(
            session,
            id=note_id,
            kind=NOTE,
            reference=reference,
            received_at=now,
            opened_at=now,
            bucket=read_header(envelope).bucket,
            team_key_id=next(recipient.key_id for recipient in recipients if recipient.kind == "team"),
            key_ids=keys,
            envelope=envelope,
        )
        own.finish(ADD_NOTE, now, envelope=envelope, detail={"keys": keys})


def notes_of(session: Session, keys: KeysOf, reference: str) -> tuple[Note, ...]:
    """Return the notes beside a referral, oldest first."""
    return tuple(_note(keys, reference, each) for each in messages_of(session, reference, NOTE))


def _note(keys: KeysOf, reference: str, sealed: SealedMessage) -> Note:
    """Open one note; one that does not open hides no other. A note to another referral does not count as one."""
    try:
        header = read_header(sealed.envelope)
        if (header.reference, header.schema_hash) != (reference, NOTE_SCHEMA):
            return Note(sealed.received_at, "", None)
        content = json.loads(open_sealed(sealed.envelope, keys.for_envelope(sealed.envelope)))
        return Note(sealed.received_at, str(content["by"]), str(content["text"]))
    except (SealBroken, ValueError, KeyError, TypeError):
        return Note(sealed.received_at, "", None)
