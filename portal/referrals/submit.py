"""Send a self-referral: sealed, in the right queue, exactly once."""

from datetime import datetime, timedelta

from portal.audit.queries import PUBLIC, record
from portal.database.engine import Engine, writing
from portal.domain.submission import Submission
from portal.drafts.queries import get_draft, replace_by_receipt
from portal.drafts.receipt import Receipt
from portal.mail.outbox import post
from portal.referrals.enqueue import enqueue
from portal.referrals.monthly_counts import count_sent
from portal.sealing.code_words import CodeWords
from portal.sealing.drafts import lock, row_id, unlock

KEEP_RECEIPT = timedelta(hours=24)


class DraftGone(Exception):
    """There is nothing to send: the answers were erased, or their time was over."""


def submit_referral(
    engine: Engine,
    secret: bytes,
    sent: Submission,
    *,
    pepper: bytes,
    now: datetime,
    code_words: CodeWords | None = None,
) -> Receipt:
    """Seal a document for a team, put it in the team's queue, and leave a receipt in place of the draft.

    One transaction. Whoever sends the same draft again, by a double click or from a second tab, gets the first receipt,
    with the same codes to come back with, made of `code_words` or else in English. Raises TeamNotReady or DraftGone.
    """
    with writing(engine) as session:
        found = get_draft(session, row_id(secret), now, to_change=True)
        if found is None:
            raise DraftGone("there are no answers to send")
        kind, locked = found
        if kind == "receipt":
            return Receipt.of(unlock(secret, locked, "receipt"))
        count_sent(session, sent.team_id, sent.counted, now)
        queued = enqueue(session, sent, pepper=pepper, now=now, code_words=code_words)
        post(session, "referral.waiting", now, team=sent.team_id, reference=queued.reference)
        record(
            session,
            "referral.received",
            at=now,
            actor=PUBLIC,
            team=sent.team_id,
            subject=queued.reference,
            envelope=queued.envelope_id,
            keys=queued.key_ids,
        )
        receipt = Receipt(
            queued.reference, sent.team_id, sent.area_id, now, sent.due_on, queued.codes, sent.answered, sent.told
        )
        locked = lock(secret, receipt.to_bytes(), "receipt")
        replace_by_receipt(session, row_id(secret), locked, now, now + KEEP_RECEIPT)
    return receipt
