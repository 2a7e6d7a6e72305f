"""The team's desk: take and give back, pages by key, notes, names after unlocking, and collecting by code."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.audit.queries import verify
from portal.audit.tables import AuditRow
from portal.database.engine import Engine, reading, writing
from portal.domain.referral import MoveRefused, State
from portal.keys.renew_team_key import renew_team_key
from portal.keys.reseal import renew_all
from portal.referrals.add_note import EmptyNote, add_note
from portal.referrals.collect import WrongCode, collect_referrals, confirm_by_code
from portal.referrals.messages import count_messages, unopened
from portal.referrals.open import NotYours, look_at, open_referral
from portal.referrals.queries import ChangedMeanwhile, get_sealed
from portal.referrals.tables import MessageRow, ReferralRow
from portal.referrals.unlock import hash_of, unlock_queue
from portal.referrals.work import (
    acknowledge_taken_back,
    close,
    give_referral_back,
    mark_collected,
    take_referral,
)
from portal.referrals.worklist import count_states, page_of_queue, taken_by
from portal.sealing.envelope import envelope_id
from portal.sealing.keys import SealBroken
from tests.support.teams import NOW, PEPPER, WORDS, MadeTeam, a_team, send, signed_in

TEAM = "team-a"


@pytest.fixture
def team(engine: Engine) -> MadeTeam:
    """Give a team of two."""
    return a_team(engine)


@pytest.fixture
def reference(engine: Engine, team: MadeTeam) -> str:
    """Give a referral that waits for it."""
    return send(engine).reference


def log(engine: Engine, event: str) -> list[AuditRow]:
    with reading(engine) as session:
        verify(session)
        return session.query(AuditRow).filter(AuditRow.event == event).all()


def version_of(engine: Engine, reference: str) -> int:
    with reading(engine) as session:
        sealed = get_sealed(session, reference, [TEAM])
        assert sealed is not None
        return sealed.version


class TestTaking:
    def test_it_is_in_progress_and_has_a_name(self, engine: Engine, team: MadeTeam, reference: str) -> None:
        staff = signed_in(engine, team.people[0])
        take_referral(engine, staff, reference, NOW, version=1)
        with reading(engine) as session:
            assert taken_by(session, reference) == (staff.member_id, staff.name)
            assert session.get_one(ReferralRow, reference).state == State.IN_PROGRESS
        assert [row.subject for row in log(engine, "referral.taken_up")] == [reference]

    def test_of_two_at_once_only_one_gets_it(self, engine: Engine, team: MadeTeam, reference: str) -> None:
        one, other = (signed_in(engine, person) for person in team.people)
        take_referral(engine, one, reference, NOW, version=1)
        with pytest.raises(ChangedMeanwhile):
            take_referral(engine, other, reference, NOW, version=1)
        with reading(engine) as session:
            assert taken_by(session, reference) == (one.member_id, one.name)

    def test_who_sees_that_a_colleague_has_it_may_take_it_over(
        self, engine: Engine, team: MadeTeam, reference: str
    ) -> None:
        one, other = (signed_in(engine, person) for person in team.people)
        take_referral(engine, one, reference, NOW, version=1)
        take_referral(engine, other, reference, NOW, version=version_of(engine, reference))
        with reading(engine) as session:
            assert taken_by(session, reference) == (other.member_id, other.name)

    def test_given_back_it_waits_again(self, engine: Engine, team: MadeTeam, reference: str) -> None:
        staff = signed_in(engine, team.people[0])
        take_referral(engine, staff, reference, NOW, version=1)
        give_referral_back(engine, staff, reference, NOW, version=2)
        with reading(engine) as session:
            assert taken_by(session, reference) is None
            assert session.get_one(ReferralRow, reference).state == State.WAITING

    def test_nobody_gives_back_what_a_colleague_has(self, engine: Engine, team: MadeTeam, reference: str) -> None:
        one, other = (signed_in(engine, person) for person in team.people)
        take_referral(engine, one, reference, NOW, version=1)
        with pytest.raises(MoveRefused):
            give_referral_back(engine, other, reference, NOW, version=2)

    def test_what_was_closed_by_mistake_is_worked_on_again(
        self, engine: Engine, team: MadeTeam, reference: str
    ) -> None:
        staff = signed_in(engine, team.people[0])
        take_referral(engine, staff, reference, NOW, version=1)
        close(engine, staff, reference, NOW)
        with reading(engine) as session:
            version = session.get_one(ReferralRow, reference).version
        take_referral(engine, staff, reference, NOW, version=version)
        with reading(engine) as session:
            assert session.get_one(ReferralRow, reference).state == State.IN_PROGRESS

    def test_what_consent_was_taken_back_for_is_not_worked_on_again(
        self, engine: Engine, team: MadeTeam, reference: str
    ) -> None:
        with writing(engine) as session:
            row = session.get_one(ReferralRow, reference)
            row.state, version = State.WITHDRAWN, row.version
        with pytest.raises(MoveRefused):
            take_referral(engine, signed_in(engine, team.people[0]), reference, NOW, version=version)

    def test_another_teams_is_not_there(self, engine: Engine, reference: str) -> None:
        stranger = signed_in(engine, a_team(engine, "team-b").people[0])
        for act in (take_referral, give_referral_back):
            with pytest.raises(NotYours):
                act(engine, stranger, reference, NOW, version=1)

    def test_a_state_changed_meanwhile_is_never_overwritten(
        self, engine: Engine, team: MadeTeam, reference: str
    ) -> None:
        one, other = (signed_in(engine, person) for person in team.people)
        take_referral(engine, one, reference, NOW, version=1)
        with pytest.raises(ChangedMeanwhile):
            close(engine, other, reference, NOW, version=1)


@pytest.mark.usefixtures("team")
class TestPages:
    @pytest.fixture
    def sent(self, engine: Engine) -> list[str]:
        """Give seven referrals: due first, then the day nobody knows; each in the order they came."""
        days = [None, date(2026, 11, 27), date(2026, 11, 19), None, date(2026, 11, 27), date(2026, 11, 19), None]
        made = [
            (day is None, day or date.max, number, send(engine, due_on=day, now=NOW + timedelta(minutes=number)))
            for number, day in enumerate(days)
        ]
        return [receipt.reference for *_, receipt in sorted(made, key=lambda each: each[:3])]

    @pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
    def test_every_referral_is_on_exactly_one_page(self, engine: Engine, sent: list[str], limit: int) -> None:
        seen: list[str] = []
        after: str | None = None
        with reading(engine) as session:
            while True:
                page = page_of_queue(session, [TEAM], [State.WAITING], after=after, limit=limit)
                seen += [line.reference for line in page.lines]
                after = page.after
                if after is None:
                    break
        assert seen == sent

    def test_newest_first_it_is_the_same(self, engine: Engine, sent: list[str]) -> None:
        with reading(engine) as session:
            whole = page_of_queue(session, [TEAM], [State.WAITING], newest_first=True)
            first = page_of_queue(session, [TEAM], [State.WAITING], newest_first=True, limit=4)
            rest = page_of_queue(session, [TEAM], [State.WAITING], newest_first=True, after=first.after)
        assert whole.lines == first.lines + rest.lines
        assert {line.reference for line in whole.lines} == set(sent)
        received = [line.received_at for line in whole.lines]
        assert received == sorted(received, reverse=True)

    def test_a_page_after_another_teams_referral_begins_at_the_start(self, engine: Engine, sent: list[str]) -> None:
        a_team(engine, "team-b")
        theirs = send(engine, team_id="team-b").reference
        with reading(engine) as session:
            page = page_of_queue(session, [TEAM], [State.WAITING], after=theirs)
        assert [line.reference for line in page.lines] == sent

    def test_states_are_counted(self, engine: Engine, team: MadeTeam, sent: list[str]) -> None:
        mark_collected(engine, signed_in(engine, team.people[0]), sent[0], NOW)
        with reading(engine) as session:
            assert count_states(session, [TEAM]) == {"waiting": 6, "collected": 1}


class TestNotes:
    def test_a_colleague_reads_it_once_they_have_opened_the_referral(
        self, engine: Engine, team: MadeTeam, reference: str
    ) -> None:
        one, other = (signed_in(engine, person) for person in team.people)
        add_note(engine, one, reference, "Rang Zoë 😀\nNo answer.", once="1", now=NOW)
        assert look_at(engine, other, reference).notes == ()
        open_referral(engine, other, reference, NOW)
        (note,) = look_at(engine, other, reference).notes
        assert (note.by, note.text) == (one.name, "Rang Zoë 😀\nNo answer.")

    def test_the_same_form_sent_twice_is_one_note(self, engine: Engine, team: MadeTeam, reference: str) -> None:
        staff = signed_in(engine, team.people[0])
        for _ in range(2):
            add_note(engine, staff, reference, "Rang.", once="1", now=NOW)
        with reading(engine) as session:
            assert count_messages(session, reference, "note") == 1
        assert len(log(engine, "note.added")) == 1

    def test_it_is_no_message_of_the_persons_and_rests_sealed(
        self, engine: Engine, team: MadeTeam, reference: str
    ) -> None:
        add_note(engine, signed_in(engine, team.people[0]), reference, "Quetzal", once="1", now=NOW)
        with reading(engine) as session:
            assert count_messages(session, reference) == 0
            assert unopened(session, [TEAM]) == set()
            (row,) = session.query(MessageRow).all()
            assert b"Quetzal" not in row.envelope

    @pytest.mark.parametrize("text", ["", " \n ", "x" * 4001])
    def test_an_empty_or_endless_one_is_refused(
        self, engine: Engine, team: MadeTeam, reference: str, text: str
    ) -> None:
        with pytest.raises(EmptyNote):
            add_note(engine, signed_in(engine, team.people[0]), reference, text, once="1", now=NOW)

    def test_it_opens_after_the_teams_key_was_renewed(self, engine: Engine, team: MadeTeam, reference: str) -> None:
        staff = signed_in(engine, team.people[0])
        add_note(engine, staff, reference, "Rang.", once="1", now=NOW)
        lead = replace(staff, teams=(replace(staff.teams[0], role="lead"),))
        renew_team_key(engine, lead, TEAM, NOW)
        assert renew_all(engine, lead, TEAM, NOW).left == 0
        open_referral(engine, staff, reference, NOW)
        assert [note.text for note in look_at(engine, staff, reference).notes] == ["Rang."]

    def test_it_goes_when_the_sealed_copy_is_erased(self, engine: Engine, team: MadeTeam, reference: str) -> None:
        staff = signed_in(engine, team.people[0])
        add_note(engine, staff, reference, "Rang.", once="1", now=NOW)
        with writing(engine) as session:
            session.get_one(ReferralRow, reference).state = State.WITHDRAWN
        with pytest.raises(MoveRefused):
            add_note(engine, staff, reference, "Rang again.", once="2", now=NOW)
        acknowledge_taken_back(engine, staff, reference, NOW)
        with reading(engine) as session:
            assert session.query(MessageRow).all() == []

    def test_one_beside_another_referral_does_not_count(self, engine: Engine, team: MadeTeam, reference: str) -> None:
        staff, other = signed_in(engine, team.people[0]), send(engine).reference
        add_note(engine, staff, reference, "Rang.", once="1", now=NOW)
        with writing(engine) as session:
            session.query(MessageRow).one().reference = other
        open_referral(engine, staff, other, NOW)
        assert [note.text for note in look_at(engine, staff, other).notes] == [None]


class TestUnlocking:
    def test_it_opens_the_members_own_teams_and_logs_one_line(
        self, engine: Engine, team: MadeTeam, reference: str
    ) -> None:
        a_team(engine, "team-b")
        send(engine, team_id="team-b")
        second = send(engine, content=b"{}").reference
        unlocked = unlock_queue(engine, signed_in(engine, team.people[0]), NOW)
        assert {each.line.reference: each.content for each in unlocked} == {reference: WORDS, second: b"{}"}
        (line,) = log(engine, "queue.unlocked")
        with reading(engine) as session:
            names = [envelope_id(session.get_one(ReferralRow, each).envelope) for each in (reference, second)]
        assert json.loads(line.detail) == {"count": 2, "envelopes": hash_of(names)}
        assert (line.team, line.subject) == (TEAM, None)

    def test_one_that_does_not_open_hides_no_other(self, engine: Engine, team: MadeTeam, reference: str) -> None:
        broken = send(engine).reference
        with writing(engine) as session:
            session.get_one(ReferralRow, broken).envelope = b"DSR1 and nothing more"
        unlocked = unlock_queue(engine, signed_in(engine, team.people[0]), NOW)
        assert {each.line.reference: each.content for each in unlocked} == {reference: WORDS, broken: None}


class TestCollecting:
    def test_each_export_is_logged_with_its_envelope(self, engine: Engine, team: MadeTeam, reference: str) -> None:
        second = send(engine).reference
        taken = collect_referrals(engine, signed_in(engine, team.people[0]), [reference, second, second], "zip", NOW)
        assert [each.content for each in taken] == [WORDS, WORDS]
        assert taken[0].code != taken[1].code
        lines = log(engine, "referral.exported")
        assert [json.loads(line.detail) for line in lines] == [
            {"envelope": each.envelope_id, "form": "zip"} for each in taken
        ]

    def test_its_code_marks_it_as_collected_and_checked(self, engine: Engine, team: MadeTeam, reference: str) -> None:
        staff = signed_in(engine, team.people[0])
        (taken,) = collect_referrals(engine, staff, [reference], "pdf", NOW)
        for _ in range(2):
            confirm_by_code(engine, staff, reference, taken.code, NOW, pepper=PEPPER)
        with reading(engine) as session:
            row = session.get_one(ReferralRow, reference)
            assert (row.state, row.confirmed_at) == (State.COLLECTED, NOW)
        assert len(log(engine, "referral.confirmed")) == 1

    def test_another_referrals_code_marks_nothing(self, engine: Engine, team: MadeTeam, reference: str) -> None:
        staff = signed_in(engine, team.people[0])
        (other,) = collect_referrals(engine, staff, [send(engine).reference], "pdf", NOW)
        with pytest.raises(WrongCode):
            confirm_by_code(engine, staff, reference, other.code, NOW, pepper=PEPPER)
        assert log(engine, "referral.confirmed") == []

    def test_where_one_does_not_open_none_is_given_out(self, engine: Engine, team: MadeTeam, reference: str) -> None:
        broken = send(engine).reference
        with writing(engine) as session:
            row = session.get_one(ReferralRow, broken)
            row.envelope = row.envelope[:-1] + bytes([row.envelope[-1] ^ 1])
        with pytest.raises(SealBroken):
            collect_referrals(engine, signed_in(engine, team.people[0]), [reference, broken], "zip", NOW)
        assert log(engine, "referral.exported") == []

    def test_another_teams_is_not_there(self, engine: Engine, reference: str) -> None:
        stranger = signed_in(engine, a_team(engine, "team-b").people[0])
        with pytest.raises(NotYours):
            collect_referrals(engine, stranger, [reference], "pdf", NOW)

    def test_after_consent_was_taken_back_nothing_leaves(self, engine: Engine, team: MadeTeam, reference: str) -> None:
        staff = signed_in(engine, team.people[0])
        with writing(engine) as session:
            session.get_one(ReferralRow, reference).state = State.WITHDRAWN
        with pytest.raises(MoveRefused):
            collect_referrals(engine, staff, [reference], "pdf", NOW)
