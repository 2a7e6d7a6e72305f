"""Take a one-time link up: a passphrase, a second factor and a recovery code of one's own; this makes the member's key.

What is offered on the way rests locked under a secret that only the browser's cookie holds.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from portal.accounts import totp
from portal.accounts.add_member import NewMember, add_member, add_slots, new_member
from portal.accounts.passkey_queries import delete_passkeys
from portal.accounts.queries import claim_step, delete_slots, end_sessions_of
from portal.accounts.sessions import start_session
from portal.audit.queries import by_member, record
from portal.database.engine import Engine, Session, reading, writing
from portal.drafts.queries import delete_draft, get_draft, put_draft
from portal.sealing.drafts import lock, new_secret, row_id, unlock
from portal.sealing.keys import SealBroken
from portal.sealing.slots import PROMISED, Cost, generate, generate_recovery_code
from portal.teams.invitations import live_invitation, spend
from portal.teams.invite import digest_of, give_area_role
from portal.teams.key_holders import drop_wraps_of
from portal.teams.members import get_member, join_team, member_by_email
from portal.teams.tables import InvitationRow

TIME_FOR_IT = timedelta(hours=2)
FEWEST_LETTERS = 16


class LinkOver(Exception):
    """The link was used, is too old, or never was one."""


class WrongCode(Exception):
    """The code is not what the app shows now."""


class TooShort(ValueError):
    """A passphrase of one's own needs 16 letters at least."""


@dataclass(frozen=True)
class Link:
    """What a link is for."""

    name: str
    email: str
    team_id: str | None
    area_id: str | None
    role: str
    is_reset: bool


@dataclass(frozen=True)
class SetUp:
    """What is offered to somebody who is setting themselves up. It stays the same until they are done."""

    token: str = field(repr=False)
    name: str
    email: str
    passphrase: str = field(repr=False)
    totp_secret: str = field(repr=False)
    recovery_code: str = field(repr=False)


def look_at_link(engine: Engine, token: str, now: datetime) -> Link:
    """Return what a link is for; looking uses nothing up. Raises LinkOver."""
    with reading(engine) as session:
        row = live_invitation(session, digest_of(token), now)
        if row is None:
            raise LinkOver("the link does not work any more")
        return Link(row.name, row.email, row.team_id, row.area, row.role, row.member_id is not None)


def start_set_up(engine: Engine, token: str, now: datetime) -> bytes:
    """Think of a passphrase, a second factor and a recovery code; return the secret for the cookie. Raises LinkOver."""
    link = look_at_link(engine, token, now)
    offered = SetUp(token, link.name, link.email, generate(), totp.new_secret(), generate_recovery_code())
    secret = new_secret()
    locked = lock(secret, json.dumps(asdict(offered)).encode(), "set-up")
    with writing(engine) as session:
        put_draft(session, row_id(secret), locked, now, now + TIME_FOR_IT)
    return secret


def get_set_up(engine: Engine, secret: bytes, now: datetime) -> SetUp | None:
    """Return what was offered; None where its time is over."""
    with reading(engine) as session:
        found = get_draft(session, row_id(secret), now)
    if found is None:
        return None
    try:
        return SetUp(**json.loads(unlock(secret, found[1], "set-up")))
    except SealBroken:
        return None


def finish_set_up(
    engine: Engine, secret: bytes, *, passphrase: str, code: str, pepper: bytes, now: datetime, cost: Cost = PROMISED
) -> bytes:
    """Make the member and their key, use the link up and sign them in; returns the session's secret.

    Raises LinkOver, TooShort or WrongCode; none of them loses what was offered.
    """
    offered = get_set_up(engine, secret, now)
    if offered is None:
        raise LinkOver("its time is over")
    if len(passphrase.strip()) < FEWEST_LETTERS:
        raise TooShort(f"at least {FEWEST_LETTERS} letters")
    step = totp.matches(offered.totp_secret, code, now, None)
    if step is None:
        raise WrongCode("not what the app shows")
    with reading(engine) as session:
        link = live_invitation(session, digest_of(offered.token), now)
        member_id = "" if link is None or link.member_id is None else link.member_id
    made = new_member(
        offered.email,
        offered.name,
        passphrase=passphrase,
        totp_secret=offered.totp_secret,
        recovery_code=offered.recovery_code,
        pepper=pepper,
        member_id=member_id,
        cost=cost,
    )
    with writing(engine) as session:
        link = live_invitation(session, digest_of(offered.token), now)
        if link is None or not spend(session, link.id, now):
            raise LinkOver("the link was used meanwhile")
        _settle(session, link, made, now)
        claim_step(session, made.id, step)
        delete_draft(session, row_id(secret))
        return start_session(session, made.id, made.seed, now)


def _settle(session: Session, link: InvitationRow, made: NewMember, now: datetime) -> None:
    actor = by_member(made.id)
    if link.member_id is not None:
        _start_again(session, made, now)
        return
    if member_by_email(session, made.email) is not None:
        raise LinkOver("they have an account already")
    add_member(session, made, now, actor)
    if link.team_id is not None:
        join_team(session, made.id, link.team_id, now, role="lead" if link.role == "lead" else "member", actor=actor)
    if link.area is not None:
        give_area_role(session, made.id, link.area, link.role, now=now, actor=actor)


def _start_again(session: Session, made: NewMember, now: datetime) -> None:
    """Put a new key in place of the old one, which opens nothing from here on."""
    member = get_member(session, made.id)
    if member is None:
        raise LinkOver("they have left")
    end_sessions_of(session, made.id)
    drop_wraps_of(session, made.id)
    delete_slots(session, made.id)
    delete_passkeys(session, made.id)
    member.public_key, member.key_id = made.public_key, made.key_id
    member.totp_secret, member.last_totp_step = made.protected_totp, 0
    session.flush()
    add_slots(session, made, now)
    record(session, "member.new_key", at=now, actor=by_member(made.id), subject=made.id, key=made.key_id)
