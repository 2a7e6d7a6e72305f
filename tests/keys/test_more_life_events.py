"""Forgotten passphrases, another team, a lapsed team, erasure, a new machine: ten referrals wait, none is lost."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select

from portal.accounts import totp
from portal.accounts.add_member import add_slot
from portal.accounts.recover_own import recover_own
from portal.accounts.sessions import load_session
from portal.accounts.set_up import LinkOver, WrongCode, finish_set_up, get_set_up, start_set_up
from portal.accounts.sign_in import SignInRefused
from portal.database.engine import Engine, make_engine, reading, writing
from portal.database.schema import metadata, upgrade
from portal.domain.follow_up import Right
from portal.domain.referral import MoveRefused
from portal.follow_up.take_back_consent import take_back_consent
from portal.follow_up.visit import Visit
from portal.jobs.remind_about_keys import remind_about_keys
from portal.keys.renew_team_key import renew_team_key
from portal.keys.reseal import renew_all
from portal.keys.use_kit import WrongKit, hand_over, use_kit
from portal.mail.tables import OutboxRow
from portal.referrals.acts import NotOffered
from portal.referrals.answer_offer import OpenItFirst, look_at_offer, open_offer, send_back, take_offer
from portal.referrals.erase_collected import confirm_collected, erase_collected, escalate_uncollected
from portal.referrals.offer_transfer import TeamCannotTake, offer_transfer, withdraw_offer
from portal.referrals.open import NotYours, look_at, open_referral
from portal.referrals.tables import ReferralRow
from portal.referrals.work import mark_collected
from portal.sealing.keys import new_seed
from portal.sealing.kit import KitFault, kit_words
from portal.sealing.slots import make_slot
from portal.teams.invite import Invited, allow_reset
from portal.teams.staff import AreaRole, NotAllowed, StaffSession
from portal.teams.tables import EpochWrapRow
from tests.support.teams import (
    AREA,
    CHEAP,
    NOW,
    PEPPER,
    MadeTeam,
    Person,
    a_kit,
    a_team,
    send,
    sign_in_as,
    signed_in,
)
from tests.support.ten_waiting import let_in, logged, make_lead, readable, ten_waiting

LATER = NOW + timedelta(minutes=5)
NEW = "a new passphrase of their own"


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
def lead(engine: Engine, team: MadeTeam) -> StaffSession:
    """Give the lead at work."""
    return signed_in(engine, team.people[0])


@pytest.fixture
def stranger(engine: Engine) -> StaffSession:
    """Give somebody of another team."""
    return signed_in(engine, a_team(engine, "team-b").people[0])


def words_of(seed: bytes) -> str:
    return " ".join(kit_words(seed))


def set_up_again(engine: Engine, invited: Invited) -> StaffSession:
    """Follow a link to the end; return the session."""
    secret = start_set_up(engine, invited.token, LATER)
    offered = get_set_up(engine, secret, LATER)
    assert offered is not None
    code = totp.code_at(offered.totp_secret, LATER)
    cookie = finish_set_up(engine, secret, passphrase=NEW, code=code, pepper=PEPPER, now=LATER, cost=CHEAP)
    staff = load_session(engine, cookie, LATER)
    assert staff is not None
    return staff


class TestForgottenPassphrase:
    @pytest.fixture
    def forgetful(self, engine: Engine, team: MadeTeam) -> Person:
        """Give somebody with a printed recovery code "eight plain words"."""
        person = team.people[1]
        seed = signed_in(engine, person).seed
        slot = make_slot("eight plain words", PEPPER, seed, owner=person.id, kind="recovery-code", cost=CHEAP)
        with writing(engine) as session:
            add_slot(session, person.id, "recovery-code", slot, NOW)
        return person

    def recover(self, engine: Engine, person: Person, words: str, code: str = "") -> str:
        return recover_own(
            engine,
            email=person.email,
            recovery_code=words,
            code=code or person.code(LATER),
            passphrase=NEW,
            pepper=PEPPER,
            now=LATER,
            cost=CHEAP,
        ).recovery_code

    def test_the_own_recovery_code_opens_the_same_key(
        self, engine: Engine, forgetful: Person, ten: set[str], stranger: StaffSession
    ) -> None:
        before = sign_in_as(engine, forgetful, LATER - timedelta(minutes=1))
        self.recover(engine, forgetful, "Eight plain-words")
        assert load_session(engine, before, LATER) is None
        with pytest.raises(SignInRefused):
            sign_in_as(engine, forgetful, LATER + timedelta(minutes=1))
        cookie = sign_in_as(engine, forgetful, LATER + timedelta(minutes=2), passphrase=NEW)
        staff = load_session(engine, cookie, LATER + timedelta(minutes=2))
        assert staff is not None
        assert readable(engine, staff.seed, ten) == ten
        assert readable(engine, stranger.seed, ten) == set()
        assert logged(engine, "member.new_passphrase") == ["member.new_passphrase"]

    def test_a_code_is_spent_and_the_next_one_works(self, engine: Engine, forgetful: Person) -> None:
        fresh = self.recover(engine, forgetful, "eight plain words")
        with pytest.raises(SignInRefused):
            self.recover(engine, forgetful, "eight plain words", forgetful.code(LATER + timedelta(seconds=30)))
        self.recover(engine, forgetful, fresh, forgetful.code(LATER + timedelta(seconds=30)))

    @pytest.mark.parametrize(("words", "code"), [("wrong words", ""), ("eight plain words", "000000")])
    def test_one_alone_is_not_enough(self, engine: Engine, forgetful: Person, words: str, code: str) -> None:
        with pytest.raises(SignInRefused):
            self.recover(engine, forgetful, words, code)
        assert load_session(engine, sign_in_as(engine, forgetful, LATER), LATER) is not None

    def test_after_a_reset_a_colleague_lets_them_in_again(
        self, engine: Engine, team: MadeTeam, ten: set[str], lead: StaffSession, stranger: StaffSession
    ) -> None:
        person = team.people[1]
        old = signed_in(engine, person).seed
        staff = set_up_again(engine, allow_reset(engine, lead, "team-a", person.id, NOW))
        assert staff.member_id == person.id
        assert readable(engine, staff.seed, ten) == readable(engine, old, ten) == set()
        let_in(engine, signed_in(engine, team.people[2]), person)
        assert readable(engine, staff.seed, ten) == ten
        assert readable(engine, old, ten) == readable(engine, stranger.seed, ten) == set()

    def test_where_all_forgot_the_kit_gives_the_key_back(
        self, engine: Engine, team: MadeTeam, ten: set[str], lead: StaffSession, stranger: StaffSession
    ) -> None:
        links = [allow_reset(engine, lead, "team-a", person.id, NOW) for person in team.people]
        people = [set_up_again(engine, link) for link in links]
        assert {reference for staff in people for reference in readable(engine, staff.seed, ten)} == set()
        with pytest.raises(WrongKit):
            use_kit(engine, people[0], "team-a", words_of(new_seed()), LATER)
        with pytest.raises(KitFault):
            use_kit(engine, people[0], "team-a", "not a kit", LATER)
        use_kit(engine, people[0], "team-a", words_of(team.kit), LATER)
        for person in team.people[1:]:
            let_in(engine, people[0], person)
        assert [readable(engine, staff.seed, ten) for staff in people] == [ten] * 3
        assert readable(engine, stranger.seed, ten) == set()
        with pytest.raises(NotAllowed):
            use_kit(engine, stranger, "team-a", words_of(team.kit), LATER)

    def test_a_link_works_once_for_a_while_and_only_for_a_lead_to_give(
        self, engine: Engine, team: MadeTeam, lead: StaffSession, stranger: StaffSession
    ) -> None:
        person = team.people[1]
        for other in (signed_in(engine, team.people[2]), stranger):
            with pytest.raises(NotAllowed):
                allow_reset(engine, other, "team-a", person.id, NOW)
        first = allow_reset(engine, lead, "team-a", person.id, NOW)
        invited = allow_reset(engine, lead, "team-a", person.id, NOW)
        secret = start_set_up(engine, invited.token, NOW)
        with pytest.raises(WrongCode):
            finish_set_up(engine, secret, passphrase=NEW, code="000000", pepper=PEPPER, now=NOW, cost=CHEAP)
        for link, moment in ((first, NOW), (invited, NOW + timedelta(days=7))):
            with pytest.raises(LinkOver):
                start_set_up(engine, link.token, moment)
        set_up_again(engine, invited)
        with pytest.raises(LinkOver):
            start_set_up(engine, invited.token, LATER)


class TestTransfer:
    @pytest.fixture
    def target(self, engine: Engine) -> MadeTeam:
        """Give the other team."""
        return a_team(engine, "team-b")

    @pytest.fixture
    def offered(self, engine: Engine, ten: set[str], lead: StaffSession, target: MadeTeam) -> set[str]:
        """Offer all ten."""
        for reference in ten:
            offer_transfer(engine, lead, reference, target.id, reason="moved", now=NOW)
        return ten

    def test_both_read_it_while_it_is_on_offer(
        self, engine: Engine, team: MadeTeam, target: MadeTeam, offered: set[str], lead: StaffSession
    ) -> None:
        seeds = (lead.seed, team.kit, signed_in(engine, target.people[1]).seed, target.kit)
        assert [readable(engine, seed, offered) for seed in seeds] == [offered] * 4

    def test_taken_it_is_the_other_teams_alone(
        self, engine: Engine, team: MadeTeam, target: MadeTeam, offered: set[str], lead: StaffSession
    ) -> None:
        taker = signed_in(engine, target.people[0])
        for reference in offered:
            with pytest.raises(OpenItFirst):
                take_offer(engine, taker, reference, NOW)
            open_offer(engine, taker, reference, NOW)
            assert look_at_offer(engine, taker, reference)[1] is not None
            take_offer(engine, taker, reference, NOW)
            with pytest.raises(NotYours):
                look_at(engine, lead, reference)
            assert look_at(engine, taker, reference).content is not None
        for seed in (taker.seed, signed_in(engine, target.people[1]).seed, target.kit):
            assert readable(engine, seed, offered) == offered
        for seed in (lead.seed, signed_in(engine, team.people[1]).seed, team.kit):
            assert readable(engine, seed, offered) == set()
        assert set(logged(engine, "referral.taken")) == {"referral.taken"}

    @pytest.mark.parametrize("declined", [True, False])
    def test_sent_back_or_withdrawn_it_is_the_first_teams_alone(
        self, engine: Engine, team: MadeTeam, target: MadeTeam, offered: set[str], lead: StaffSession, *, declined: bool
    ) -> None:
        other = signed_in(engine, target.people[0])
        for reference in offered:
            send_back(engine, other, reference, NOW) if declined else withdraw_offer(engine, lead, reference, NOW)
            with pytest.raises(NotOffered):
                open_offer(engine, other, reference, NOW)
        for seed in (lead.seed, signed_in(engine, team.people[1]).seed, team.kit):
            assert readable(engine, seed, offered) == offered
        assert readable(engine, other.seed, offered) == readable(engine, target.kit, offered) == set()

    def test_consent_taken_back_ends_it_and_the_other_team_opens_nothing_more(
        self, engine: Engine, team: MadeTeam, target: MadeTeam, offered: set[str], lead: StaffSession
    ) -> None:
        other = signed_in(engine, target.people[0])
        reference = min(offered)
        open_offer(engine, other, reference, NOW)
        take_back_consent(engine, Visit(reference, Right.FULL, b""), NOW)
        for act in (look_at_offer, lambda *known: take_offer(*known, NOW)):
            with pytest.raises(NotOffered):
                act(engine, other, reference)
        left = offered - {reference}
        assert readable(engine, other.seed, offered) == readable(engine, target.kit, offered) == left
        assert readable(engine, lead.seed, offered) == readable(engine, team.kit, offered) == offered
        assert renew_all(engine, lead, team.id, NOW).left == 0

    def test_either_team_may_renew_its_key_meanwhile(
        self, engine: Engine, target: MadeTeam, offered: set[str], lead: StaffSession
    ) -> None:
        taker = signed_in(engine, target.people[0])
        make_lead(engine, target.people[0], "team-b")
        taker = signed_in(engine, target.people[0], LATER)
        for staff, team_id in ((taker, "team-b"), (lead, "team-a")):
            renew_team_key(engine, staff, team_id, NOW)
            assert renew_all(engine, staff, team_id, NOW).left == 0
        assert readable(engine, taker.seed, offered) == readable(engine, lead.seed, offered) == offered

    def test_a_third_team_cannot_answer_and_is_not_ready_to_take(
        self, engine: Engine, offered: set[str], lead: StaffSession
    ) -> None:
        third = signed_in(engine, a_team(engine, "team-c", people=1).people[0])
        reference = min(offered)
        for act in (open_offer, take_offer, send_back):
            with pytest.raises(NotOffered):
                act(engine, third, reference, NOW)
        with pytest.raises(NotOffered):
            withdraw_offer(engine, third, reference, NOW)
        own = send(engine).reference
        for to in ("team-c", "team-a", "nobody"):
            with pytest.raises(TeamCannotTake):
                offer_transfer(engine, lead, own, to, reason="age", now=NOW)
        with pytest.raises(MoveRefused):
            offer_transfer(engine, lead, reference, "team-b", reason="age", now=NOW)
        with pytest.raises(ValueError, match="one of the reasons"):
            offer_transfer(engine, lead, own, "team-b", reason="free words", now=NOW)


class TestLapsedTeam:
    def test_the_areas_kit_hands_everything_over(
        self, engine: Engine, stranger: StaffSession, lead: StaffSession
    ) -> None:
        with writing(engine) as session:
            area_kit = a_kit(session, AREA, "area")
        ten = ten_waiting(engine)
        target = signed_in(engine, a_team(engine, "team-d").people[0])
        coordinator = StaffSession(
            "s", stranger.member_id, "Co", "c@x.example", (), b"", (AreaRole(AREA, "coordinator"),)
        )
        with pytest.raises(NotAllowed):
            hand_over(engine, lead, "team-a", "team-d", words_of(area_kit), now=NOW)
        with pytest.raises(WrongKit):
            hand_over(engine, coordinator, "team-a", "team-d", words_of(new_seed()), now=NOW)
        assert readable(engine, lead.seed, ten) == ten
        assert hand_over(engine, coordinator, "team-a", "team-d", words_of(area_kit), now=NOW) == len(ten)
        assert readable(engine, target.seed, ten) == readable(engine, area_kit, ten) == ten
        assert readable(engine, lead.seed, ten) == readable(engine, stranger.seed, ten) == set()


class TestErasure:
    def test_collected_and_confirmed_it_goes_after_thirty_days(
        self, engine: Engine, ten: set[str], lead: StaffSession
    ) -> None:
        gone, collected_only, *_ = sorted(ten)
        for reference in (gone, collected_only):
            mark_collected(engine, lead, reference, NOW)
        with pytest.raises(MoveRefused):
            confirm_collected(engine, lead, max(ten), NOW)
        confirm_collected(engine, lead, gone, NOW)
        confirm_collected(engine, lead, gone, NOW + timedelta(days=5))
        assert erase_collected(engine, NOW + timedelta(days=29)) == []
        assert readable(engine, lead.seed, ten) == ten
        assert erase_collected(engine, NOW + timedelta(days=30)) == [gone]
        assert erase_collected(engine, NOW + timedelta(days=3000)) == []
        assert readable(engine, lead.seed, ten) == ten - {gone}
        assert look_at(engine, lead, gone).content is None
        with pytest.raises(MoveRefused):
            open_referral(engine, lead, gone, NOW)

    def test_what_nobody_collected_is_never_erased_and_escalates_each_week(
        self, engine: Engine, ten: set[str], lead: StaffSession
    ) -> None:
        late = send(engine, due_on=date(2026, 11, 27)).reference
        assert escalate_uncollected(engine, NOW) == []
        days = [timedelta(days=days) for days in (8, 9, 14, 15, 3000)]
        told = [set(escalate_uncollected(engine, NOW + day)) for day in days]
        # The ten were promised no day: they are overdue after two weeks, and never forgotten either.
        assert told == [{late}, set(), set(), {late} | ten, {late} | ten]
        assert erase_collected(engine, NOW + timedelta(days=3000)) == []
        assert readable(engine, lead.seed, ten | {late}) == ten | {late}
        with reading(engine) as session:
            assert [row.kind for row in session.query(OutboxRow)].count("referral.uncollected") == 1 + 11 + 11


def test_a_new_machine_needs_only_the_database_and_the_kit(
    engine: Engine, team: MadeTeam, ten: set[str], new_database: Callable[[], str], stranger: StaffSession
) -> None:
    copy = make_engine(new_database())
    upgrade(copy)
    with reading(engine) as old, writing(copy) as new:
        for table in metadata.sorted_tables:
            if rows := [dict(row) for row in old.execute(select(table)).mappings()]:
                new.execute(insert(table), rows)
    assert readable(copy, team.kit, ten) == ten
    assert readable(copy, stranger.seed, ten) == set()
    staff = load_session(copy, sign_in_as(copy, team.people[0], LATER), LATER)
    assert staff is not None
    with writing(copy) as session:
        session.query(EpochWrapRow).filter(EpochWrapRow.member_id.is_not(None)).delete()
    use_kit(copy, staff, "team-a", words_of(team.kit), LATER)
    assert {open_referral(copy, staff, reference, LATER).content for reference in ten} == {
        f"Letter {number}".encode() for number in range(10)
    }
    with reading(copy) as session:
        assert session.query(ReferralRow).count() == len(ten)
    copy.dispose()


def test_an_overdue_drill_and_an_old_key_remind_team_and_area_each_week(
    engine: Engine, team: MadeTeam, lead: StaffSession
) -> None:
    assert remind_about_keys(engine, NOW + timedelta(days=89)) == []
    days = (90, 91, 97)
    assert [remind_about_keys(engine, NOW + timedelta(days=day)) for day in days] == [["team-a"], [], ["team-a"]]
    with reading(engine) as session:
        told = [row.payload for row in session.query(OutboxRow)]
    assert all("drill renewal" in payload and AREA in payload for payload in told)
    assert send(engine).reference
