"""Take a passkey in place of a one-time code."""

from datetime import datetime

from portal.accounts.passkey_queries import passkey_of, spend_challenge
from portal.accounts.passkeys import Answer, PasskeyRefused, Registered, check, credential_id_of, digest_of
from portal.database.engine import Session

SIGN_IN = "sign-in"


def use_passkey(session: Session, member_id: str, answer: Answer, now: datetime) -> None:
    """Check a member's passkey and note its use; each challenge works once. Raises PasskeyRefused."""
    row = passkey_of(session, member_id, digest_of(credential_id_of(answer)))
    if row is None:
        raise PasskeyRefused("this member has no such passkey")
    known = Registered(row.credential_id, row.public_key, row.sign_count)
    row.sign_count, challenge = check(answer, SIGN_IN, known, now)
    row.last_used_at = now
    session.flush()
    if not spend_challenge(session, challenge.digest, challenge.ends, now):
        raise PasskeyRefused("this challenge was answered before")
