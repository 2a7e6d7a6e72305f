"""The days to erasure count from a checked copy, and from that team's own alone."""

from datetime import timedelta

from portal.database.engine import Engine, reading
from portal.referrals.answer_offer import open_offer, take_offer
from portal.referrals.erase_collected import confirm_collected, erase_collected
from portal.referrals.offer_transfer import offer_transfer
from portal.referrals.retention import is_confirmed
from portal.referrals.tables import ReferralRow
from portal.referrals.work import close, mark_collected, take_referral
from tests.support.teams import NOW, a_team, send, signed_in

LATER, MUCH_LATER = NOW + timedelta(days=29), NOW + timedelta(days=3000)


def test_what_is_worked_on_again_and_closed_is_not_erased_by_an_old_check(engine: Engine) -> None:
    team = a_team(engine)
    staff, reference = signed_in(engine, team.people[0]), send(engine).reference
    mark_collected(engine, staff, reference, NOW)
    confirm_collected(engine, staff, reference, NOW)
    with reading(engine) as session:
        version = session.get_one(ReferralRow, reference).version
    take_referral(engine, staff, reference, LATER, version=version)
    close(engine, staff, reference, LATER)
    assert erase_collected(engine, MUCH_LATER) == []
    confirm_collected(engine, staff, reference, LATER)
    assert erase_collected(engine, MUCH_LATER) == [reference]


def test_a_team_that_takes_a_referral_over_has_checked_no_copy(engine: Engine) -> None:
    team, other = a_team(engine), a_team(engine, "team-b")
    staff, reference = signed_in(engine, team.people[0]), send(engine).reference
    mark_collected(engine, staff, reference, NOW)
    confirm_collected(engine, staff, reference, NOW)
    offer_transfer(engine, staff, reference, other.id, reason="moved", now=NOW)
    taker = signed_in(engine, other.people[0])
    open_offer(engine, taker, reference, NOW)
    take_offer(engine, taker, reference, NOW)
    with reading(engine) as session:
        assert not is_confirmed(session, reference)
    assert erase_collected(engine, MUCH_LATER) == []
