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


@dataclass(frozen=True)
class Letter:
    """What is sealed, for whom, and what its envelope and its row say of it."""

    team_id: str
    content: bytes
    form_version: int
    schema_hash: str
    due_on: date | None
    received_at: datetime
    pepper: bytes
    codes: tuple[Code, ...]
    counted: Counted


def submit_referral(
    engine: Engine,
    *,
    secret: bytes,
    team_id: str,
    area_id: str,
    document: bytes,
    form_version: int,
    schema_hash: str,
    due_on: date | None,
    follow_up: FollowUp,
    counted: Counted,
    now: datetime,
) -> Receipt:
    """Seal a document for a team, put it in the team's queue, and leave a receipt in place of the draft.

    One transaction. Whoever sends the same draft again, by a double click or from a second tab, gets the first receipt,
    with the same codes to come back with. Raises TeamNotReady or DraftGone.
    """
    codes = new_codes(follow_up.holders)
    letter = Letter(team_id, document, form_version, schema_hash, due_on, now, follow_up.pepper, codes, counted)
    with writing(engine) as session:
        found = get_draft(session, row_id(secret), now, to_change=True)
        if found is None:
            raise DraftGone("there are no answers to send")
        kind, locked = found
        if kind == "receipt":
            return Receipt.of(unlock(secret, locked, "receipt"))
        sent = _deliver(session, letter, recipients_for(session, team_id, area_id))
        receipt = Receipt(sent, team_id, area_id, now, due_on, codes, follow_up.answered, follow_up.told)
        replace_by_receipt(
            session, row_id(secret), lock(secret, receipt.to_bytes(), "receipt"), now, now + KEEP_RECEIPT
        )
    return receipt


def _deliver(session: Session, letter: Letter, recipients: list[Recipient]) -> str:
    """Put a letter in its team's queue, tell the outbox and the log; return its reference."""
    reference, envelope = _add(session, letter, recipients)
    count_sent(session, letter.team_id, letter.counted, letter.received_at)
    post(session, "referral.waiting", letter.received_at, team=letter.team_id, reference=reference)
    record(
        session,
        "referral.received",
        at=letter.received_at,
        actor=PUBLIC,
        team=letter.team_id,
        subject=reference,
        envelope=envelope_id(envelope),
        keys=" ".join(recipient.key_id for recipient in recipients),
    )
    return reference


def _add(session: Session, letter: Letter, recipients: list[Recipient]) -> tuple[str, bytes]:
    is_offline = letter.team_id in offline_teams(session)
    team_key = next(recipient.key_id for recipient in recipients if recipient.kind == "team")
    for _ in range(MOST_CLASHES):
        reference = new_reference()
        envelope = seal(
            letter.content,
            reference=reference,
            first_team=letter.team_id,
            form_version=letter.form_version,
            schema_hash=letter.schema_hash,
            received_hour=hour_of(letter.received_at),
            recipients=recipients,
        )
        is_new = add_referral(
            session,
            reference=reference,
            team_id=letter.team_id,
            received_at=letter.received_at,
            due_on=letter.due_on,
            state=State.WAITING,
            bucket=read_header(envelope).bucket,
            team_key_id=team_key,
            key_ids=" ".join(recipient.key_id for recipient in recipients),
            envelope=envelope,
            confirm_digest=_confirm_digest(letter, reference, envelope) if is_offline else None,
            **digests_of(letter.codes, letter.pepper, reference),
        )
        if is_new:
            return reference, envelope
    raise RuntimeError("No free reference was found")


def _confirm_digest(letter: Letter, reference: str, envelope: bytes) -> str:
    """Return the digest of the code that confirms a copy: later nobody here can open the envelope to work it out."""
    return confirmation_digest(confirmation_code(letter.content, envelope_id(envelope)), reference, letter.pepper)
