"""A team's wrap, epoch or envelope that was tampered with is refused, and loses nothing."""

import pytest

from portal.database.engine import Engine, reading, writing
from portal.keys.let_in import share_team_key
from portal.keys.remove_member import remove_member
from portal.referrals.open import open_referral
from portal.referrals.tables import ReferralRow
from portal.sealing.keys import SealBroken
from portal.teams.tables import EpochWrapRow
from tests.support.teams import NOW, MadeTeam, a_team, signed_in
from tests.support.ten_waiting import a_joiner, make_lead, readable, ten_waiting


@pytest.fixture
def team(engine: Engine) -> MadeTeam:
    """Give a team of three, led by the first."""
    team = a_team(engine, people=3)
    make_lead(engine, team.people[0])
    return team


@pytest.mark.parametrize("column", ["wrapped", "epoch_key_id"])
def test_a_changed_wrap_opens_nothing_and_is_not_passed_on(engine: Engine, team: MadeTeam, column: str) -> None:
    ten = ten_waiting(engine)
    lead = signed_in(engine, team.people[0])
    with writing(engine) as session:
        row = session.query(EpochWrapRow).filter(EpochWrapRow.member_id == lead.member_id).one()
        before = getattr(row, column)
        setattr(row, column, before[::-1])
    with pytest.raises(SealBroken):
        open_referral(engine, lead, min(ten), NOW)
    with pytest.raises(SealBroken):
        share_team_key(engine, lead, team.id, a_joiner(engine, "new@team-a.example").id, NOW)
    assert readable(engine, signed_in(engine, team.people[1]).seed, ten) == ten


def test_an_envelope_in_anothers_place_is_not_made_anew(engine: Engine, team: MadeTeam) -> None:
    ten = ten_waiting(engine)
    lead = signed_in(engine, team.people[0])
    altered = min(ten)
    with writing(engine) as session:
        row = session.get_one(ReferralRow, altered)
        row.envelope = kept = row.envelope[:40] + bytes([row.envelope[40] ^ 1]) + row.envelope[41:]
    assert remove_member(engine, lead, team.id, team.people[1].id, NOW).renewal.stuck == 1
    assert readable(engine, lead.seed, ten) == ten - {altered}
    with reading(engine) as session:
        assert session.get_one(ReferralRow, altered).envelope == kept
