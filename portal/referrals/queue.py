"""The queue as its teams look at it: lines, and how many there are of each. Nothing is opened."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from portal.database.engine import Engine, reading
from portal.domain.referral import SETTLED, State
from portal.referrals.messages import unopened
from portal.referrals.offers import count_by_state, offers_of
from portal.referrals.queries import Listed, get_sealed, listed, waiting_for
from portal.referrals.worklist import PAGE_LENGTH, DeskLine, DeskPage, count_states, page_of_queue
from portal.teams.staff import StaffSession

__all__ = ["PAGE_LENGTH", "DeskLine", "Listed"]


@dataclass(frozen=True)
class Queue:
    """A page of a queue. `first` is what comes before everything else; `new` are references with an unread message."""

    page: DeskPage
    first: Sequence[Listed]
    new: Collection[str]
    counts: Mapping[str, int]
    offered: int


def look_at_queue(
    engine: Engine, staff: StaffSession, states: Sequence[State], *, after: str | None = None, newest_first: bool
) -> Queue:
    """Return a page of what rests with the member's teams in these states; `first` only on the first page."""
    mine = staff.team_ids
    with reading(engine) as session:
        new = unopened(session, mine)
        first: list[Listed] = []
        if after is None:
            first = [*waiting_for(session, mine, [State.WITHDRAWN]), *listed(session, new, SETTLED)]
        return Queue(
            page=page_of_queue(session, mine, states, after=after, newest_first=newest_first),
            first=first,
            new=new,
            counts=count_states(session, mine),
            offered=sum(each.to_team in mine for each in offers_of(session, mine)),
        )


def with_new_messages(engine: Engine, staff: StaffSession) -> Collection[str]:
    """Return the references of the member's teams with a message that nobody has opened."""
    with reading(engine) as session:
        return unopened(session, staff.team_ids)


def kept_offline(engine: Engine, staff: StaffSession, references: Sequence[str]) -> set[str]:
    """Return those of these references that rest with a team of the member's whose key is away from this service."""
    offline = [team.id for team in staff.teams if team.is_offline]
    if not offline:
        return set()
    with reading(engine) as session:
        return {each for each in references if get_sealed(session, each, offline) is not None}


def count_by_team(engine: Engine, team_ids: Sequence[str]) -> Mapping[tuple[str, str], int]:
    """Return how many referrals each team has in each state."""
    with reading(engine) as session:
        return count_by_state(session, team_ids)
