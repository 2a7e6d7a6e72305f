"""A team keeps its key offline: ten referrals wait, and then its 24 words alone open them, with no database by."""

from dataclasses import replace

import pytest

from portal.database.engine import Engine, reading
from portal.domain.follow_up import Right
from portal.domain.referral import MoveRefused, State
from portal.follow_up.add_message import add_message
from portal.follow_up.visit import Visit
from portal.keys.let_in import share_team_key
from portal.keys.offline_custody import OffersOpen, go_offline, take_offline_half, waiting_drill
from portal.keys.remove_member import remove_member
from portal.keys.renew_team_key import renew_team_key
from portal.keys.team_kit import MadeElsewhere, make_kit_here, prove_with_words
from portal.keys.use_kit import use_kit
from portal.referrals.bundle import make_bundle, make_sealed_bundle, open_bundle
from portal.referrals.collect import WrongCode, confirm_by_code
from portal.referrals.offer_transfer import TeamCannotTake, offer_transfer
from portal.referrals.open import NotYours, open_referral
from portal.referrals.tables import ReferralRow
from portal.referrals.unlock import unlock_queue
from portal.referrals.work import mark_collected
from portal.sealing.codes import words_code
from portal.sealing.keys import SealBroken, new_seed, public_key
from portal.sealing.kit import Canary, kit_words, open_canary
from portal.sealing.slots import WrongPassphrase
from portal.teams.queries import readiness, ready_teams
from portal.teams.staff import KeyNotHeld, NotAllowed, StaffSession
from portal.teams.tables import EpochWrapRow
from tests.support.teams import CHEAP, NOW, PEPPER, PLACES, MadeTeam, a_team, send, signed_in
from tests.support.ten_waiting import a_joiner, let_in, logged, make_lead, readable, ten_waiting

TEAM = "team-a"


@pytest.fixture
def team(engine: Engine) -> MadeTeam:
    """Give a team of two, led by the first."""
    team = a_team(engine)
    make_lead(engine, team.people[0])
    return team


@pytest.fixture
def ten(engine: Engine, team: MadeTeam) -> set[str]:
    """Give ten referrals that wait, with a message to one."""
    ten = ten_waiting(engine)
    write_to(engine, min(ten), "I have moved")
    return ten


@pytest.fixture
def lead(engine: Engine, team: MadeTeam) -> StaffSession:
    """Give the lead at work."""
    return signed_in(engine, team.people[0])


@pytest.fixture
def offline(engine: Engine, lead: StaffSession, ten: set[str]) -> bytes:
    """Give the seed with which the team has gone offline."""
    return gone_offline(engine, lead)


def write_to(engine: Engine, reference: str, words: str) -> None:
    visit = Visit(reference, Right.LIMITED, bytes(32))
    add_message(engine, visit, "message", {"Message": words}, lang="en", level="standard", once=words, now=NOW)


def drilled(engine: Engine, staff: StaffSession, seed: bytes) -> bytes:
    """Return what `portal kit answer` prints for a new key."""
    take_offline_half(engine, staff, TEAM, public_key(seed), NOW)
    drill = waiting_drill(engine, TEAM)
    assert drill is not None
    return open_canary(Canary("", drill, b""), TEAM, seed)


def gone_offline(engine: Engine, staff: StaffSession) -> bytes:
    seed = new_seed()
    renewal = go_offline(engine, staff, TEAM, drilled(engine, staff, seed), NOW, pepper=PEPPER)
    assert (renewal.left, renewal.stuck) == (0, 0)
    return seed


def words_of(seed: bytes) -> str:
    return " ".join(kit_words(seed))


def test_its_words_and_its_kit_open_all_ten_and_no_member_any(
    engine: Engine, team: MadeTeam, ten: set[str], offline: bytes, lead: StaffSession
) -> None:
    for holder, wanted in ((offline, ten), (team.kit, ten), (lead.seed, set())):
        assert readable(engine, holder, ten) == wanted
    with reading(engine) as session:
        assert session.query(EpochWrapRow).filter(EpochWrapRow.team_id == TEAM).all() == []
        assert readiness(session, TEAM).is_met
        assert TEAM in ready_teams(session)
    with pytest.raises(KeyNotHeld):
        open_referral(engine, lead, min(ten), NOW)
    assert unlock_queue(engine, replace(lead, teams=(replace(lead.teams[0], is_offline=True),)), NOW) == []
    assert logged(engine, "team.went_offline", "team.key_renewed") == ["team.went_offline", "team.key_renewed"]


def test_a_member_takes_out_what_opens_elsewhere_and_confirms_it_by_its_code(
    engine: Engine, team: MadeTeam, ten: set[str], offline: bytes
) -> None:
    staff, later = signed_in(engine, team.people[1]), send(engine, content=b"Letter after").reference
    write_to(engine, later, "Call me in the morning")
    raw = make_sealed_bundle(engine, staff, [min(ten), later], places=PLACES, now=NOW)
    with pytest.raises(SealBroken):
        open_bundle(raw, words_of(staff.seed), NOW)
    for words in (words_of(offline), words_of(team.kit)):
        opened = open_bundle(raw, words, NOW)
        assert opened[1].referral.unread == "Letter after"
        assert ["I have moved" in opened[0].messages[0], "Call me" in opened[1].messages[0]] == [True, True]
    for each in opened:
        with pytest.raises(WrongCode):
            confirm_by_code(engine, staff, each.referral.cover.reference, "000-000", NOW, pepper=PEPPER)
        confirm_by_code(engine, staff, each.referral.cover.reference, each.referral.cover.code, NOW, pepper=PEPPER)
    with reading(engine) as session:
        assert {session.get_one(ReferralRow, each).state for each in (min(ten), later)} == {State.COLLECTED}
    assert logged(engine, "referral.exported", "referral.confirmed").count("referral.confirmed") == 2
    mark_collected(engine, staff, max(ten), NOW)


def test_nobody_brings_a_key_back_here(engine: Engine, team: MadeTeam, offline: bytes, lead: StaffSession) -> None:
    with pytest.raises(KeyNotHeld):
        renew_team_key(engine, lead, TEAM, NOW)
    with pytest.raises(KeyNotHeld):
        share_team_key(engine, lead, TEAM, team.people[1].id, NOW)
    for act in (
        lambda: make_kit_here(engine, lead, "recovery", TEAM, NOW),
        lambda: prove_with_words(engine, lead, "recovery", TEAM, words_of(team.kit), now=NOW),
        lambda: use_kit(engine, lead, TEAM, words_of(team.kit), NOW),
    ):
        with pytest.raises(MadeElsewhere):
            act()
    remove_member(engine, lead, TEAM, team.people[1].id, NOW)
    with reading(engine) as session:
        assert session.query(EpochWrapRow).filter(EpochWrapRow.team_id == TEAM).all() == []
    assert readable(engine, offline, {send(engine).reference}) != set()


def test_a_key_that_does_not_open_its_drill_changes_nothing(
    engine: Engine, team: MadeTeam, ten: set[str], lead: StaffSession
) -> None:
    member = signed_in(engine, team.people[1])
    with pytest.raises(NotAllowed):
        take_offline_half(engine, member, TEAM, public_key(new_seed()), NOW)
    drilled(engine, lead, new_seed())
    with pytest.raises(SealBroken):
        go_offline(engine, lead, TEAM, bytes(32), NOW, pepper=PEPPER)
    newcomer = a_joiner(engine, "new@team-a.example")
    make_lead(engine, newcomer)
    waiting = signed_in(engine, newcomer)
    with pytest.raises(KeyNotHeld):
        go_offline(engine, waiting, TEAM, drilled(engine, waiting, seed := new_seed()), NOW, pepper=PEPPER)
    assert readable(engine, seed, ten) == set()
    assert let_in(engine, lead, newcomer) == 1
    assert readable(engine, lead.seed, ten) == ten


def test_what_is_on_offer_is_answered_first(engine: Engine, lead: StaffSession) -> None:
    other = signed_in(engine, a_team(engine, "team-b").people[0])
    theirs = send(engine, team_id="team-b").reference
    offer_transfer(engine, other, theirs, TEAM, reason="moved", now=NOW)
    answer = drilled(engine, lead, new_seed())
    with pytest.raises(OffersOpen):
        go_offline(engine, lead, TEAM, answer, NOW, pepper=PEPPER)
    with pytest.raises(MoveRefused):
        make_sealed_bundle(engine, other, [theirs], places=PLACES, now=NOW)
    with pytest.raises(NotYours):
        make_sealed_bundle(engine, replace(other, teams=()), [theirs], places=PLACES, now=NOW)


def test_nothing_is_offered_to_it(engine: Engine, offline: bytes) -> None:
    other = signed_in(engine, a_team(engine, "team-b").people[0])
    with pytest.raises(TeamCannotTake):
        offer_transfer(engine, other, send(engine, team_id="team-b").reference, TEAM, reason="moved", now=NOW)


def test_messages_come_in_a_bundle_with_words_as_well(engine: Engine, lead: StaffSession, ten: set[str]) -> None:
    words = words_code()
    raw = make_bundle(engine, lead, [min(ten)], words, places=PLACES, now=NOW, cost=CHEAP)
    assert "I have moved" in open_bundle(raw, words, NOW)[0].messages[0]
    with pytest.raises(WrongPassphrase):
        open_bundle(raw, words_code(), NOW)
