"""Take consent back: the team is told at once, and has to acknowledge it."""

from datetime import datetime

from portal.audit.queries import PUBLIC, record
from portal.database.engine import Engine, Session, writing
from portal.domain.follow_up import Right
from portal.domain.referral import OVER, State, move
from portal.follow_up.visit import Visit
from portal.mail.outbox import post
from portal.referrals.news import add_news
from portal.referrals.news_wishes import drop_wish
from portal.referrals.offers import end_offer, get_offer
from portal.referrals.queries import Sealed, change, get_sealed, get_standing
from portal.referrals.rewrap import lock_out
from portal.sealing.envelope import envelope_id


def take_back_consent(engine: Engine, visit: Visit, now: datetime) -> None:
    """Note that consent was taken back. A second time does nothing. Raises NotWithThisCode."""
    visit.needs(Right.FULL)
    with writing(engine) as session:
        standing = get_standing(session, visit.reference, to_change=True)
        if standing is None or standing.state in OVER:
            return
        sealed = get_sealed(session, visit.reference, [standing.team_id])
        assert sealed is not None  # noqa: S101  # its row is locked above
        _end_offer(session, sealed, now)
        change(session, sealed, state=move(State(standing.state), State.WITHDRAWN))
        drop_wish(session, visit.reference)
        add_news(session, visit.reference, State.WITHDRAWN, now)
        post(session, "referral.consent_taken_back", now, team=standing.team_id, reference=visit.reference)
        record(
            session,
            "referral.consent_taken_back",
            at=now,
            actor=PUBLIC,
            team=standing.team_id,
            subject=visit.reference,
            envelope=envelope_id(sealed.envelope),
        )


def _end_offer(session: Session, sealed: Sealed, now: datetime) -> None:
    """Share it no further: a team that it was on offer to opens it no more."""
    offer = get_offer(session, sealed.reference)
    if offer is None:
        return
    end_offer(session, sealed.reference)
    lock_out(session, sealed.reference, offer.to_team, but=sealed.team_id)
    record(
        session,
        "referral.sent_back",
        at=now,
        actor=PUBLIC,
        team=sealed.team_id,
        subject=sealed.reference,
        **{"envelope": envelope_id(sealed.envelope), "from": offer.to_team, "why": "consent"},
    )
