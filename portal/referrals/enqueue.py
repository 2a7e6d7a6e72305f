"""Put a document in its team's queue: sealed, under a reference that nobody has, with codes to come back with."""

from dataclasses import dataclass
from datetime import datetime

from portal.database.engine import Session
from portal.domain.follow_up import Code
from portal.domain.referral import State
from portal.domain.submission import Submission
from portal.referrals.queries import add_referral
from portal.sealing.code_words import CodeWords
from portal.sealing.codes import reference as new_reference
from portal.sealing.confirmation import confirmation_code, confirmation_digest
from portal.sealing.envelope import envelope_id, hour_of, read_header, seal
from portal.sealing.private_codes import digests_of, new_codes
from portal.teams.queries import offline_teams
from portal.teams.recipients import names_of_keys, recipients_for

MOST_CLASHES = 20


@dataclass(frozen=True)
class Queued:
    """What became of a document: reference, envelope's id, keys, and the codes, nowhere else in the clear."""

    reference: str
    envelope_id: str
    key_ids: str
    codes: tuple[Code, ...]


def enqueue(
    session: Session, sent: Submission, *, pepper: bytes, now: datetime, code_words: CodeWords | None = None
) -> Queued:
    """Seal a document for its team and put it in the team's queue. Raises TeamNotReady."""
    recipients = recipients_for(session, sent.team_id, sent.area_id)
    key_ids, is_offline = names_of_keys(recipients), sent.team_id in offline_teams(session)
    for _ in range(MOST_CLASHES):
        reference = new_reference()
        envelope = seal(
            sent.document,
            reference=reference,
            first_team=sent.team_id,
            form_version=sent.form_version,
            schema_hash=sent.schema_hash,
            received_hour=hour_of(now),
            recipients=recipients,
        )
        sealed_id, bucket = envelope_id(envelope), read_header(envelope).bucket
        # Of an offline team nobody here can open the envelope later, to work out the code that confirms a copy.
        confirm_code = confirmation_code(sent.document, sealed_id) if is_offline else ""
        codes = new_codes(sent.holders, code_words)
        is_new = add_referral(
            session,
            reference=reference,
            team_id=sent.team_id,
            received_at=now,
            due_on=sent.due_on,
            state=State.WAITING,
            bucket=bucket,
            team_key_id=next(each.key_id for each in recipients if each.kind == "team"),
            key_ids=key_ids,
            envelope=envelope,
            confirm_digest=confirmation_digest(confirm_code, reference, pepper) if confirm_code else None,
            **digests_of(codes, pepper, reference),
        )
        if is_new:
            return Queued(reference, sealed_id, key_ids, codes)
    raise RuntimeError("No free reference was found")
