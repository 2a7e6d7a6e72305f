"""Moving a referral on: only by its own team, only allowed moves, and nobody overwrites a colleague."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.audit.tables import AuditRow
from portal.database.engine import Engine, reading
from portal.domain.referral import MoveRefused, State
from portal.referrals.open import NotYours
from portal.referrals.queries import ChangedMeanwhile, get_sealed
from portal.referrals.work import close, mark_collected, take_referral
from tests.support.teams import NOW, MadeTeam, a_team, send, signed_in


@pytest.fixture
def team(engine: Engine) -> MadeTeam:
    """Give a team of two."""
    return a_team(engine)


@pytest.fixture
def reference(engine: Engine, team: MadeTeam) -> str:
    """Give a referral that waits for them."""
    return send(engine, team_id=team.id).reference


def changes(engine: Engine) -> list[str]:
    with reading(engine) as session:
        lines = session.query(AuditRow).filter(AuditRow.event == "referral.state_changed").order_by(AuditRow.id)
        return [line.detail for line in lines]


def test_a_collected_referral_is_collected_and_logged(engine: Engine, team: MadeTeam, reference: str) -> None:
    mark_collected(engine, signed_in(engine, team.people[0]), reference, NOW)
    with reading(engine) as session:
        kept = get_sealed(session, reference, [team.id])
    assert kept is not None
    assert kept.state == State.COLLECTED
    assert len(changes(engine)) == 1
    assert '"from":"waiting"' in changes(engine)[0]


def test_a_second_click_changes_nothing(engine: Engine, team: MadeTeam, reference: str) -> None:
    staff = signed_in(engine, team.people[0])
    for _ in range(2):
        mark_collected(engine, staff, reference, NOW, version=1)
    assert len(changes(engine)) == 1


def test_another_team_cannot_move_it(engine: Engine, reference: str) -> None:
    stranger = signed_in(engine, a_team(engine, "team-b").people[0])
    with pytest.raises(NotYours):
        mark_collected(engine, stranger, reference, NOW)
    assert changes(engine) == []


def test_a_move_that_is_not_allowed_is_refused(engine: Engine, team: MadeTeam, reference: str) -> None:
    staff = signed_in(engine, team.people[0])
    close(engine, staff, reference, NOW)
    with pytest.raises(MoveRefused):
        mark_collected(engine, staff, reference, NOW)


def test_who_saw_an_older_state_is_told_and_changes_nothing(engine: Engine, team: MadeTeam, reference: str) -> None:
    ada, ben = (signed_in(engine, person) for person in team.people)
    mark_collected(engine, ada, reference, NOW, version=1)
    with pytest.raises(ChangedMeanwhile):
        close(engine, ben, reference, NOW, version=1)
    assert len(changes(engine)) == 1


def test_of_two_at_the_same_moment_one_is_told(engine: Engine, team: MadeTeam, reference: str) -> None:
    people = [signed_in(engine, person) for person in team.people]

    def move(number: int) -> bool:
        act = (take_referral, close)[number]
        try:
            act(engine, people[number], reference, NOW, version=1)
        except ChangedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(move, range(2))) == [False, True]
