"""Write to the team after sending: sealed like the referral, to whom the team's next referral would be sealed."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from portal.audit.queries import PUBLIC, record
from portal.database.engine import Engine, writing
from portal.domain.follow_up import Right
from portal.domain.referral import OVER
from portal.follow_up.visit import Visit
from portal.mail.outbox import post
from portal.referrals.messages import MESSAGE_SCHEMA, MESSAGE_VERSION, count_messages, has_message
from portal.referrals.messages import add_message as keep_message
from portal.referrals.queries import get_standing
from portal.referrals.rewrap import recipients_now
from portal.sealing.drafts import row_id
from portal.sealing.envelope import envelope_id, hour_of, read_header, seal

Kind = Literal["message", "contact"]


MOST_MESSAGES = 100


class NothingToWriteTo(Exception):
    """Consent was taken back, so nothing more is sent; the team is to be told in another way."""


class TooManyMessages(Exception):
    """So many messages were sent already that the team should be called instead."""


def add_message(
    engine: Engine,
    visit: Visit,
    kind: Kind,
    lines: Mapping[str, str],
    *,
    lang: str,
    level: str,
    once: str,
    now: datetime,
) -> None:
    """Seal what somebody wrote and put it beside their referral; tell the team that something waits.

    `once` names the form that was sent: a second send of it does nothing. `lines` are texts by what each of them is.
    Raises NotWithThisCode, NothingToWriteTo, TooManyMessages or TeamNotReady.
    """
    visit.needs(Right.FULL if kind == "contact" else Right.LIMITED)
    message_id = hashlib.sha256(f"{row_id(visit.secret)}|{once}".encode()).hexdigest()
    with writing(engine) as session:
        standing = get_standing(session, visit.reference, to_change=True)
        if standing is None or standing.state in OVER:
            raise NothingToWriteTo("the referral takes nothing more")
        if has_message(session, message_id):
            return
        if count_messages(session, visit.reference) >= MOST_MESSAGES:
            raise TooManyMessages("the referral has as many messages as it may")
        recipients = recipients_now(session, visit.reference)
        envelope = seal(
            _document(visit, kind, lines, lang=lang, level=level),
            reference=visit.reference,
            first_team=standing.team_id,
            form_version=MESSAGE_VERSION,
            schema_hash=MESSAGE_SCHEMA,
            received_hour=hour_of(now),
            recipients=recipients,
        )
        keys = " ".join(recipient.key_id for recipient in recipients)
        keep_message(
            session,
            id=message_id,
            reference=visit.reference,
            received_at=now,
            bucket=read_header(envelope).bucket,
            team_key_id=next(recipient.key_id for recipient in recipients if recipient.kind == "team"),
            key_ids=keys,
            envelope=envelope,
        )
        post(session, "referral.message", now, team=standing.team_id, reference=visit.reference)
        record(
            session,
            "message.received",
            at=now,
            actor=PUBLIC,
            team=standing.team_id,
            subject=visit.reference,
            envelope=envelope_id(envelope),
            keys=keys,
        )


def _document(visit: Visit, kind: Kind, lines: Mapping[str, str], *, lang: str, level: str) -> bytes:
    content = {"kind": kind, "right": visit.right, "language": lang, "level": level, "lines": dict(lines)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
