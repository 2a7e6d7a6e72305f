"""Who may do what to a referral, in which state: read off the acts' declarations, and held against one table."""

from dataclasses import replace

import pytest

from portal.audit.queries import EVENTS
from portal.content.news import load_news
from portal.database.engine import Engine, reading, writing
from portal.domain.referral import MOVES, MoveRefused, State
from portal.referrals.acts import ACTS, NotYours, begin, own_referral
from portal.referrals.tables import ReferralRow, TakenRow
from portal.teams.staff import NotAllowed
from tests.support.teams import NOW, MadeTeam, a_team, send, signed_in

OPENED = {"open_seal", "read_message"}
HERE = {*OPENED, "note", "tell", "export", "confirm", "offer"}
TABLE = {
    State.WAITING: {*HERE, "take", "collected", "closed"},
    State.IN_PROGRESS: {*HERE, "give_back", "collected", "closed"},
    State.COLLECTED: {*HERE, "take", "closed"},
    State.CLOSED: {*HERE, "take"},
    State.WITHDRAWN: {*OPENED, "erase"},
    State.ERASED: set(),
}
"""What the member who has taken it may do, of what is not on offer."""


@pytest.fixture
def team(engine: Engine) -> MadeTeam:
    return a_team(engine)


@pytest.fixture
def reference(engine: Engine, team: MadeTeam) -> str:
    return send(engine, team_id=team.id).reference


def put(engine: Engine, reference: str, state: State, member_id: str) -> None:
    """Put a referral into a state; it is taken where somebody works on it."""
    with writing(engine) as session:
        row = session.get_one(ReferralRow, reference)
        row.state = state
        if state is State.ERASED:
            row.envelope = b""
        if state is State.IN_PROGRESS:
            session.add(TakenRow(reference=reference, member_id=member_id, at=NOW))


@pytest.mark.parametrize("state", list(State))
def test_each_act_is_for_its_states_alone(engine: Engine, team: MadeTeam, reference: str, state: State) -> None:
    staff = signed_in(engine, team.people[0])
    put(engine, reference, state, staff.member_id)
    with reading(engine) as session:
        own = own_referral(session, staff, reference)
        assert {act.name for act in ACTS if own.may(act)} == TABLE[state]


@pytest.mark.parametrize("state", list(State))
def test_what_has_no_button_is_refused_or_does_nothing(
    engine: Engine, team: MadeTeam, reference: str, state: State
) -> None:
    staff = signed_in(engine, team.people[0])
    put(engine, reference, state, staff.member_id)
    for act in ACTS:
        with writing(engine) as session:
            if act.name in TABLE[state]:
                assert begin(act, session, staff, reference) is not None
            elif not act.is_done(own_referral(session, staff, reference)):
                with pytest.raises((MoveRefused, NotAllowed)):
                    begin(act, session, staff, reference)
            else:
                assert begin(act, session, staff, reference) is None


def test_no_act_is_for_a_stranger_or_without_a_role(engine: Engine, team: MadeTeam, reference: str) -> None:
    staff = signed_in(engine, team.people[0])
    auditor = replace(staff, teams=tuple(replace(each, role="auditor") for each in staff.teams))
    stranger = signed_in(engine, a_team(engine, "team-b").people[0])
    for act in ACTS:
        with writing(engine) as session:
            assert not own_referral(session, auditor, reference).may(act)
            with pytest.raises(NotYours):
                begin(act, session, stranger, reference)


def test_every_act_writes_a_declared_event_and_tells_only_known_news() -> None:
    news = load_news()
    for act in ACTS:
        assert act.logs in EVENTS, act.name
        assert not act.tells or act.tells in news, act.name
        assert act.to is None or act.to in news, act.name


def test_an_act_leads_only_where_a_referral_may_go() -> None:
    for act in ACTS:
        if act.to is not None:
            assert all(act.to is state or act.to in MOVES[state] for state in act.on), act.name
