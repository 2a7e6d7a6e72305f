"""Send a self-referral: sealed, in the right queue, exactly once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.audit.queries import PUBLIC, record
from portal.database.engine import Engine, Session, writing
from portal.domain.counting import Counted
from portal.domain.follow_up import NOTHING_TOLD, Code, Holders, Told
from portal.domain.referral import State
from portal.drafts.queries import get_draft, replace_by_receipt
from portal.drafts.receipt import Receipt
from portal.mail.outbox import post
from portal.referrals.monthly_counts import count_sent
from portal.referrals.queries import add_referral
from portal.sealing.codes import reference as new_reference
from portal.sealing.confirmation import confirmation_code, confirmation_digest
from portal.sealing.drafts import lock, row_id, unlock
from portal.sealing.envelope import Recipient, envelope_id, hour_of, read_header, seal
from portal.sealing.private_codes import digests_of, new_codes
from portal.teams.queries import offline_teams
from portal.teams.recipients import recipients_for

KEEP_RECEIPT = timedelta(hours=24)
MOST_CLASHES = 20


class DraftGone(Exception):
    """There is nothing to send: the answers were erased, or their time was over."""


@dataclass(frozen=True)
class FollowUp:
    """What sending needs so that people can come back. `answered` are the keys of the sections with an answer."""

    pepper: bytes
    holders: Holders
    answered: tuple[str, ...] = ()
    told: Told = NOTHING_TOLD


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What somebody sends: the document, for whom it is, and what its envelope, its row and its receipt say of it."""

    team_id: str
    area_id: str
    document: bytes
    form_version: int
    schema_hash: str
    due_on: date | None
    follow_up: FollowUp
    counted: Counted
    received_at: datetime


def submit_referral(engine: Engine, secret: bytes, sent: Submission) -> Receipt:
    """Seal a document for a team, put it in the team's queue, and leave a receipt in place of the draft.

    One transaction. Whoever sends the same draft again, by a double click or from a second tab, gets the first receipt,
    with the same codes to come back with. Raises TeamNotReady or DraftGone.
    """
    now, follow_up = sent.received_at, sent.follow_up
    codes = new_codes(follow_up.holders)
    with writing(engine) as session:
        found = get_draft(session, row_id(secret), now, to_change=True)
        if found is None:
            raise DraftGone("there are no answers to send")
        kind, locked = found
        if kind == "receipt":
            return Receipt.of(unlock(secret, locked, "receipt"))
        reference = _deliver(session, sent, codes, recipients_for(session, sent.team_id, sent.area_id))
        receipt = Receipt(
            reference, sent.team_id, sent.area_id, now, sent.due_on, codes, follow_up.answered, follow_up.told
        )
        replace_by_receipt(
            session, row_id(secret), lock(secret, receipt.to_bytes(), "receipt"), now, now + KEEP_RECEIPT
        )
    return receipt


def _deliver(session: Session, sent: Submission, codes: tuple[Code, ...], recipients: list[Recipient]) -> str:
    """Put a referral in its team's queue, tell the outbox and the log; return its reference."""
    reference, envelope = _add(session, sent, codes, recipients)
    count_sent(session, sent.team_id, sent.counted, sent.received_at)
    post(session, "referral.waiting", sent.received_at, team=sent.team_id, reference=reference)
    record(
        session,
        "referral.received",
        at=sent.received_at,
        actor=PUBLIC,
        team=sent.team_id,
        subject=reference,
        envelope=envelope_id(envelope),
        keys=" ".join(recipient.key_id for recipient in recipients),
    )
    return reference


def _add(session: Session, sent: Submission, codes: tuple[Code, ...], recipients: list[Recipient]) -> tuple[str, bytes]:
    is_offline = sent.team_id in offline_teams(session)
    team_key = next(recipient.key_id for recipient in recipients if recipient.kind == "team")
    for _ in range(MOST_CLASHES):
        reference = new_reference()
        envelope = seal(
            sent.document,
            reference=reference,
            first_team=sent.team_id,
            form_version=sent.form_version,
            schema_hash=sent.schema_hash,
            received_hour=hour_of(sent.received_at),
            recipients=recipients,
        )
        is_new = add_referral(
            session,
            reference=reference,
            team_id=sent.team_id,
            received_at=sent.received_at,
            due_on=sent.due_on,
            state=State.WAITING,
            bucket=read_header(envelope).bucket,
            team_key_id=team_key,
            key_ids=" ".join(recipient.key_id for recipient in recipients),
            envelope=envelope,
            confirm_digest=_confirm_digest(sent, reference, envelope) if is_offline else None,
            **digests_of(codes, sent.follow_up.pepper, reference),
        )
        if is_new:
            return reference, envelope
    raise RuntimeError("No free reference was found")


def _confirm_digest(sent: Submission, reference: str, envelope: bytes) -> str:
    """Return the digest of the code that confirms a copy: later nobody here can open the envelope to work it out."""
    return confirmation_digest(
        confirmation_code(sent.document, envelope_id(envelope)), reference, sent.follow_up.pepper
    )
