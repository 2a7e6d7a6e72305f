"""What somebody who came back sees of their referral: where it stands, never what is in it."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.database.engine import Engine, reading
from portal.domain.referral import State
from portal.follow_up.visit import Visit
from portal.referrals.messages import messages_of
from portal.referrals.news import NewsLine, news_of
from portal.referrals.queries import get_standing


@dataclass(frozen=True)
class Status:
    """Where a referral stands. `sent` are the times of the messages since."""

    reference: str
    team_id: str
    area_id: str
    received_at: datetime
    due_on: date | None
    state: State
    news: tuple[NewsLine, ...]
    sent: tuple[datetime, ...]


def status_of(engine: Engine, visit: Visit) -> Status | None:
    """Return where the referral stands; None where it is not here any more."""
    with reading(engine) as session:
        standing = get_standing(session, visit.reference)
        if standing is None:
            return None
        return Status(
            standing.reference,
            standing.team_id,
            standing.area_id,
            standing.received_at,
            standing.due_on,
            State(standing.state),
            tuple(news_of(session, visit.reference)),
            tuple(message.received_at for message in messages_of(session, visit.reference)),
        )
