"""Ten referrals wait, something happens to the people, and the right ones read all ten, nobody else any."""

from datetime import timedelta

import pytest

from portal.accounts.sessions import load_session
from portal.database.engine import Engine, reading, writing
from portal.keys import reseal
from portal.keys.kits import register_kit
from portal.keys.remove_member import NotYourself, TooFewLeft, remove_member
from portal.keys.renew_team_key import RenewalUnderWay, renew_team_key
from portal.keys.reseal import how_far, renew_all, renew_batch
from portal.keys.team_kit import prove_with_words, use_kits, waiting_canary
from portal.referrals.tables import ReferralRow
from portal.sealing.keys import SealBroken, new_seed, public_key
from portal.sealing.kit import kit_words
from portal.teams.members import NobodyThere
from portal.teams.queries import readiness
from portal.teams.staff import KeyNotHeld, NotAllowed, StaffSession
from portal.teams.tables import EpochRow, EpochWrapRow
from tests.support.teams import AREA, NOW, MadeTeam, a_kit, a_team, send, sign_in_as, signed_in
from tests.support.ten_waiting import (
    TEN,
    a_joiner,
    is_off_the_staff,
    let_in,
    logged,
    make_lead,
    readable,
    ten_waiting,
)

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def team(engine: Engine) -> MadeTeam:
    """Give a team of three, led by the first."""
    team = a_team(engine, people=3)
    make_lead(engine, team.people[0])
    return team


@pytest.fixture
def ten(engine: Engine, team: MadeTeam) -> set[str]:
    """Give ten referrals that wait."""
    return ten_waiting(engine)


@pytest.fixture
def stranger(engine: Engine) -> StaffSession:
    """Give somebody of another team."""
    return signed_in(engine, a_team(engine, "team-b").people[0])


@pytest.fixture
def lead(engine: Engine, team: MadeTeam) -> StaffSession:
    """Give the lead at work."""
    return signed_in(engine, team.people[0])


class TestJoiner:
    def test_reads_nothing_until_a_colleague_lets_them_in(
        self, engine: Engine, team: MadeTeam, ten: set[str], stranger: StaffSession
    ) -> None:
        joiner = a_joiner(engine, "new@team-a.example")
        seed = signed_in(engine, joiner).seed
        assert readable(engine, seed, ten) == set()
        assert let_in(engine, signed_in(engine, team.people[1]), joiner) == 1
        assert readable(engine, seed, ten) == ten
        assert readable(engine, stranger.seed, ten) == set()
        assert logged(engine, "team.key_shared") == ["team.key_shared"]

    def test_let_in_twice_changes_nothing(self, engine: Engine, lead: StaffSession) -> None:
        joiner = a_joiner(engine, "new@team-a.example")
        assert [let_in(engine, lead, joiner) for _ in range(2)] == [1, 0]

    @pytest.mark.usefixtures("team")
    def test_is_let_in_by_nobody_without_the_key(self, engine: Engine, stranger: StaffSession) -> None:
        first, second = (a_joiner(engine, f"new{number}@team-a.example") for number in range(2))
        with pytest.raises(KeyNotHeld):
            let_in(engine, signed_in(engine, first), second)
        with pytest.raises(NotAllowed):
            let_in(engine, stranger, second)

    def test_nobody_of_another_team_is_let_in(self, engine: Engine, lead: StaffSession) -> None:
        other = a_team(engine, "team-b").people[0]
        with pytest.raises(NobodyThere):
            let_in(engine, lead, other)

    def test_a_new_key_leaves_out_who_was_not_let_in_yet(
        self, engine: Engine, ten: set[str], lead: StaffSession
    ) -> None:
        seed = signed_in(engine, a_joiner(engine, "new@team-a.example")).seed
        renew_team_key(engine, lead, "team-a", NOW)
        renew_all(engine, lead, "team-a", NOW)
        assert readable(engine, seed, ten) == set()


class TestLeaver:
    def test_reads_nothing_more_and_the_others_read_all(
        self, engine: Engine, team: MadeTeam, ten: set[str], lead: StaffSession, stranger: StaffSession
    ) -> None:
        leaver, stayer = signed_in(engine, team.people[1]), signed_in(engine, team.people[2])
        secret = sign_in_as(engine, team.people[1], LATER)
        removed = remove_member(engine, lead, "team-a", leaver.member_id, LATER)
        assert removed.renewal.left == 0
        for seed in (lead.seed, stayer.seed, team.kit):
            assert readable(engine, seed, ten) == ten
        for seed in (leaver.seed, stranger.seed):
            assert readable(engine, seed, ten) == set()
        assert load_session(engine, secret, LATER) is None
        assert is_off_the_staff(engine, team.people[1])
        assert logged(engine, "member.left", "team.key_renewed") == ["member.left", "team.key_renewed"]

    def test_what_comes_later_is_closed_to_them_as_well(
        self, engine: Engine, team: MadeTeam, lead: StaffSession
    ) -> None:
        leaver = signed_in(engine, team.people[1])
        remove_member(engine, lead, "team-a", leaver.member_id, NOW)
        later = ten_waiting(engine)
        assert readable(engine, leaver.seed, later) == set()
        assert readable(engine, lead.seed, later) == later

    @pytest.mark.usefixtures("ten")
    def test_a_key_kept_aside_opens_nothing_any_more(self, engine: Engine, team: MadeTeam, lead: StaffSession) -> None:
        with reading(engine) as session:
            old = {row.key_id for row in session.query(EpochRow)}
        remove_member(engine, lead, "team-a", team.people[1].id, NOW)
        with reading(engine) as session:
            named = {key for row in session.query(ReferralRow) for key in row.key_ids.split()}
            wrapped = {row.epoch_key_id for row in session.query(EpochWrapRow)}
        assert old & named == old & wrapped == set()

    def test_is_refused_where_too_few_would_be_left(self, engine: Engine, team: MadeTeam, lead: StaffSession) -> None:
        remove_member(engine, lead, "team-a", team.people[1].id, NOW)
        with pytest.raises(TooFewLeft):
            remove_member(engine, lead, "team-a", team.people[2].id, NOW)
        assert not is_off_the_staff(engine, team.people[2])

    def test_one_person_is_enough_beside_the_areas_kit(
        self, engine: Engine, team: MadeTeam, ten: set[str], lead: StaffSession
    ) -> None:
        remove_member(engine, lead, "team-a", team.people[1].id, NOW)
        with writing(engine) as session:
            area_kit = a_kit(session, AREA, "area")
        remove_member(engine, lead, "team-a", team.people[2].id, NOW)
        assert readable(engine, lead.seed, ten) == readable(engine, area_kit, ten) == ten
        with reading(engine) as session:
            assert readiness(session, "team-a").is_met

    def test_nobody_takes_themselves_off_and_only_a_lead_takes_others(
        self, engine: Engine, team: MadeTeam, lead: StaffSession, stranger: StaffSession
    ) -> None:
        with pytest.raises(NotYourself):
            remove_member(engine, lead, "team-a", lead.member_id, NOW)
        for other in (signed_in(engine, team.people[1]), stranger):
            with pytest.raises(NotAllowed):
                remove_member(engine, other, "team-a", team.people[2].id, NOW)

    def test_broken_off_half_way_it_goes_on_later_and_the_leaver_is_out_at_once(
        self, engine: Engine, team: MadeTeam, ten: set[str], lead: StaffSession, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        leaver, stayer = signed_in(engine, team.people[1]), signed_in(engine, team.people[2])
        with monkeypatch.context() as patch:
            patch.setattr("portal.keys.remove_member.renew_all", _breaks)
            with pytest.raises(ConnectionError):
                remove_member(engine, lead, "team-a", leaver.member_id, NOW)
        assert how_far(engine, "team-a").left == TEN
        assert readable(engine, leaver.seed, ten) == set()
        assert readable(engine, stayer.seed, ten) == ten
        assert renew_all(engine, stayer, "team-a", NOW, limit=3).left == 0
        assert readable(engine, stayer.seed, ten) == readable(engine, lead.seed, ten) == ten


class TestRotation:
    def test_both_keys_open_until_it_is_done(
        self, engine: Engine, team: MadeTeam, ten: set[str], lead: StaffSession, stranger: StaffSession
    ) -> None:
        renew_team_key(engine, lead, "team-a", NOW)
        left = [renew_batch(engine, lead, "team-a", NOW, limit=4).left for _ in range(2)]
        assert left == [6, 2]
        ten |= {send(engine).reference}
        seeds = [signed_in(engine, person).seed for person in team.people[1:]] + [lead.seed, team.kit]
        for seed in seeds:
            assert readable(engine, seed, ten) == ten
        assert renew_batch(engine, lead, "team-a", NOW, limit=4).left == 0
        assert not how_far(engine, "team-a").is_under_way
        for seed in seeds:
            assert readable(engine, seed, ten) == ten
        assert readable(engine, stranger.seed, ten) == set()
        with reading(engine) as session:
            assert {row.epoch for row in session.query(EpochWrapRow).filter_by(team_id="team-a")} == {2}

    def test_the_next_waits_for_the_end_of_the_last(self, engine: Engine, lead: StaffSession) -> None:
        renew_team_key(engine, lead, "team-a", NOW)
        with pytest.raises(RenewalUnderWay):
            renew_team_key(engine, lead, "team-a", NOW)

    def test_what_does_not_open_is_kept_with_its_old_key(
        self, engine: Engine, ten: set[str], lead: StaffSession
    ) -> None:
        broken = min(ten)
        with writing(engine) as session:
            row = session.get(ReferralRow, broken)
            assert row is not None
            row.envelope = kept = row.envelope[:-1]
        renew_team_key(engine, lead, "team-a", NOW)
        renewal = renew_all(engine, lead, "team-a", NOW, limit=3)
        assert (renewal.left, renewal.stuck) == (1, 1)
        assert how_far(engine, "team-a").is_under_way
        assert readable(engine, lead.seed, ten) == ten - {broken}
        with reading(engine) as session:
            assert session.get_one(ReferralRow, broken).envelope == kept


class TestNewKits:
    def test_a_new_kit_takes_the_old_ones_place(
        self, engine: Engine, team: MadeTeam, ten: set[str], lead: StaffSession
    ) -> None:
        seed = new_seed()
        with writing(engine) as session:
            register_kit(session, "recovery", "team-a", public_key(seed), NOW)
        assert readable(engine, seed, ten) == set()
        assert waiting_canary(engine, "recovery", "team-a").holder_key_id
        prove_with_words(engine, lead, "recovery", "team-a", " ".join(kit_words(seed)), now=NOW)
        assert readable(engine, seed, ten) == readable(engine, lead.seed, ten) == ten
        assert readable(engine, team.kit, ten) == set()

    def test_another_kits_words_prove_nothing(self, engine: Engine, lead: StaffSession) -> None:
        with pytest.raises(SealBroken):
            prove_with_words(engine, lead, "recovery", "team-a", " ".join(kit_words(new_seed())), now=NOW)

    def test_the_areas_kit_is_put_beside_it(self, engine: Engine, ten: set[str], lead: StaffSession) -> None:
        with writing(engine) as session:
            area_kit = a_kit(session, AREA, "area")
        use_kits(engine, lead, "team-a", NOW)
        assert readable(engine, area_kit, ten) == ten


def _breaks(*_: object) -> reseal.Renewal:
    raise ConnectionError("the machine went down")
