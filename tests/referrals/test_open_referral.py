"""Opening: by a member of the team who holds its key, in the log, and again in the same session."""

import pytest

from portal.audit.queries import by_member
from portal.audit.tables import AuditRow
from portal.database.engine import Engine, reading, writing
from portal.keys.new_version import make_epoch
from portal.referrals.open import NotYours, look_at, open_referral
from portal.referrals.tables import ReferralRow
from portal.sealing.keys import SealBroken
from portal.teams.members import join_team
from portal.teams.queries import get_team, members_of
from portal.teams.staff import KeyNotHeld
from portal.teams.tables import EpochWrapRow
from tests.support.teams import NOW, WORDS, MadeTeam, a_person, a_team, send, signed_in


@pytest.fixture
def team(engine: Engine) -> MadeTeam:
    """Give a team of two."""
    return a_team(engine)


@pytest.fixture
def reference(engine: Engine, team: MadeTeam) -> str:
    """Give a referral that waits for them."""
    return send(engine, team_id=team.id).reference


def openings(engine: Engine) -> list[AuditRow]:
    with reading(engine) as session:
        return session.query(AuditRow).filter(AuditRow.event == "referral.opened").all()


def test_each_member_opens_it_word_for_word(engine: Engine, team: MadeTeam, reference: str) -> None:
    for person in team.people:
        assert open_referral(engine, signed_in(engine, person), reference, NOW).content == WORDS


def test_opening_is_in_the_log_with_the_envelope_and_who(engine: Engine, team: MadeTeam, reference: str) -> None:
    staff = signed_in(engine, team.people[0])
    found = open_referral(engine, staff, reference, NOW)
    (line,) = openings(engine)
    assert (line.actor, line.team, line.subject) == (by_member(staff.member_id), team.id, reference)
    assert found.envelope_id in line.detail


def test_looking_shows_a_sealed_referral_until_it_is_opened(engine: Engine, team: MadeTeam, reference: str) -> None:
    staff = signed_in(engine, team.people[0])
    assert look_at(engine, staff, reference).content is None
    open_referral(engine, staff, reference, NOW)
    assert look_at(engine, staff, reference).content == WORDS
    assert len(openings(engine)) == 1


def test_what_one_session_opened_stays_sealed_in_another(engine: Engine, team: MadeTeam, reference: str) -> None:
    open_referral(engine, signed_in(engine, team.people[0]), reference, NOW)
    assert look_at(engine, signed_in(engine, team.people[1]), reference).content is None


def test_opening_twice_is_logged_twice(engine: Engine, team: MadeTeam, reference: str) -> None:
    staff = signed_in(engine, team.people[0])
    for _ in range(2):
        open_referral(engine, staff, reference, NOW)
    assert len(openings(engine)) == 2


@pytest.mark.parametrize("act", [lambda *args: open_referral(*args, NOW), look_at])
def test_another_team_finds_nothing(engine: Engine, reference: str, act: object) -> None:
    stranger = signed_in(engine, a_team(engine, "team-b").people[0])
    with pytest.raises(NotYours):
        act(engine, stranger, reference)  # type: ignore[operator]  # one of the two acts
    assert openings(engine) == []


def test_a_joiner_opens_nothing_before_the_key_is_shared(engine: Engine, team: MadeTeam, reference: str) -> None:
    with writing(engine) as session:
        joiner = a_person(session, "joiner@team-a.example", team.id)
    with pytest.raises(KeyNotHeld):
        open_referral(engine, signed_in(engine, joiner), reference, NOW)
    assert openings(engine) == []


def test_somebody_of_two_teams_opens_the_referrals_of_both(engine: Engine, team: MadeTeam, reference: str) -> None:
    other = a_team(engine, "team-b")
    with writing(engine) as session:
        join_team(session, team.people[0].id, other.id, NOW)
        both = members_of(session, other.id)
        make_epoch(session, get_team(session, other.id), NOW, members=both)  # type: ignore[arg-type]  # created above
    staff = signed_in(engine, team.people[0])
    for each in (reference, send(engine, team_id=other.id).reference):
        assert open_referral(engine, staff, each, NOW).content == WORDS


def test_a_wrap_taken_away_closes_the_referral_at_once(engine: Engine, team: MadeTeam, reference: str) -> None:
    staff = signed_in(engine, team.people[0])
    open_referral(engine, staff, reference, NOW)
    with writing(engine) as session:
        session.query(EpochWrapRow).filter(EpochWrapRow.member_id == staff.member_id).delete()
    found = look_at(engine, staff, reference)
    assert (found.content, found.is_broken) == (None, True)


@pytest.mark.parametrize("place", [0, 200, -1])
def test_an_altered_envelope_is_refused_and_said_to_be_broken(
    engine: Engine, team: MadeTeam, reference: str, place: int
) -> None:
    staff = signed_in(engine, team.people[0])
    with writing(engine) as session:
        row = session.get_one(ReferralRow, reference)
        altered = bytearray(row.envelope)
        altered[place] ^= 1
        row.envelope = bytes(altered)
    with pytest.raises(SealBroken):
        open_referral(engine, staff, reference, NOW)
    assert openings(engine) == []


def test_envelopes_swapped_between_two_teams_open_for_neither(engine: Engine, team: MadeTeam, reference: str) -> None:
    other = a_team(engine, "team-b")
    elsewhere = send(engine, team_id=other.id).reference
    with writing(engine) as session:
        here, there = (session.get_one(ReferralRow, each) for each in (reference, elsewhere))
        here.envelope, there.envelope = there.envelope, here.envelope
    for person, each in ((team.people[0], reference), (other.people[0], elsewhere)):
        with pytest.raises(SealBroken):
            open_referral(engine, signed_in(engine, person), each, NOW)
