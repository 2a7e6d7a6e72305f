"""Mail that says that something waits: who gets it, how often, and that no two workers send the same."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select, update

from portal.audit.queries import head
from portal.database.engine import Engine, reading, writing
from portal.jobs.address_mail import KINDS, address_waiting_mail, forget_old_mail
from portal.jobs.housekeeping import one_round
from portal.jobs.mail_queue import given_up_mail, try_again
from portal.jobs.remind_about_referrals import remind_about_referrals
from portal.jobs.send_mail import LONGEST_PAUSE, MOST_TRIES, Round, how_mail_stands, pause_after, send_mail
from portal.mail.messages import Site
from portal.mail.outbox import post
from portal.mail.senders import NotSent, Outgoing, Retry
from portal.mail.tables import MailRow, OutboxRow
from portal.teams.invite import give_area_role
from portal.teams.tables import MemberRow, MembershipRow
from tests.support.teams import AREA, NOW, MadeTeam, a_person, a_team, send
from tests.support.tree import python_files

SITE = Site("https://dsr.example.nhs.uk")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
BOTH = ["person0@team-a.example", "person1@team-a.example"]


@dataclass
class Box:
    """A way out that keeps what it is given, or fails as told."""

    fault: NotSent | None = None
    refused: str = ""
    sent: list[Outgoing] = field(default_factory=list)

    def send(self, message: Outgoing) -> None:
        """Keep it."""
        if self.fault:
            raise self.fault
        if message.to == self.refused:
            raise NotSent("refused", Retry.NEVER)
        self.sent.append(message)

    def told(self) -> list[tuple[str, str]]:
        """Return who was told, by which subject, in order of address; and forget it."""
        told = sorted((message.to, message.subject) for message in self.sent)
        self.sent = []
        return told


@pytest.fixture
def team(engine: Engine) -> MadeTeam:
    """Give a ready team of two."""
    return a_team(engine)


def work(engine: Engine, box: Box, moment: datetime) -> Round:
    """Do what the helper does in a round."""
    done, faults = one_round(engine, box, SITE, lambda: moment)
    assert [fault for fault in faults if not fault.startswith("mail:")] == []
    return done


def a_coordinator(engine: Engine) -> None:
    """Give the area a coordinator."""
    with writing(engine) as session:
        person = a_person(session, "coordinator@x.example")
        give_area_role(session, person.id, AREA, "coordinator", now=NOW, actor="system")


def test_a_team_is_told_once_an_hour_however_much_comes(engine: Engine, team: MadeTeam) -> None:
    box = Box()
    for _ in range(3):
        send(engine)
    work(engine, box, NOW)
    assert box.told() == [(to, "Something waits for your team") for to in BOTH]
    send(engine, now=NOW + MINUTE)
    work(engine, box, NOW + 2 * MINUTE)
    work(engine, box, NOW + HOUR - MINUTE)
    assert box.told() == []
    work(engine, box, NOW + HOUR)
    assert box.told() == [(to, "Something waits for your team") for to in BOTH]
    work(engine, box, NOW + 5 * HOUR)
    assert box.told() == []


def test_no_mail_says_what_for_whom_or_how_much(engine: Engine, team: MadeTeam) -> None:
    box = Box()
    reference = send(engine).reference
    work(engine, box, NOW)
    words = " ".join(message.subject + message.body for message in box.sent)
    assert reference not in words
    assert "Asha" not in words
    assert not any(sign.isdigit() for sign in words)


def test_who_has_left_is_not_told(engine: Engine, team: MadeTeam) -> None:
    box = Box()
    send(engine)
    address_waiting_mail(engine, NOW)
    with writing(engine) as session:
        session.execute(update(MemberRow).where(MemberRow.email == BOTH[1]).values(disabled_at=NOW))
    work(engine, box, NOW)
    assert {to for to, _ in box.told()} == {BOTH[0]}
    assert how_mail_stands(engine).waiting == 0


def test_each_message_is_sent_by_one_worker_alone(engine: Engine, team: MadeTeam) -> None:
    with writing(engine) as session:
        for number in range(12):
            a_person(session, f"more{number:02}@x.example", "team-a")
    send(engine)
    boxes, start = [Box() for _ in range(4)], Barrier(4)

    def worker(box: Box) -> None:
        start.wait()
        address_waiting_mail(engine, NOW)
        send_mail(engine, box, SITE, lambda: NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(worker, boxes))
    for box in boxes:
        send_mail(engine, box, SITE, lambda: NOW)
    everyone = [message.to for box in boxes for message in box.sent]
    assert len(everyone) == len(set(everyone)) == 14


def test_what_a_dead_worker_had_taken_is_sent_later_with_the_same_id(engine: Engine, team: MadeTeam) -> None:
    class Killed(BaseException):
        pass

    class Dies(Box):
        def send(self, message: Outgoing) -> None:
            super().send(message)
            raise Killed

    send(engine)
    address_waiting_mail(engine, NOW)
    dying, box = Dies(), Box()
    with pytest.raises(Killed):
        send_mail(engine, dying, SITE, lambda: NOW)
    send_mail(engine, box, SITE, lambda: NOW + MINUTE)
    assert len(box.sent) == 1
    send_mail(engine, box, SITE, lambda: NOW + 11 * MINUTE)
    assert len(box.sent) == 2
    assert dying.sent[0].id in {message.id for message in box.sent}


def test_a_server_that_is_down_is_tried_again_with_longer_pauses_then_given_up(engine: Engine, team: MadeTeam) -> None:
    box, moment = Box(NotSent("down", Retry.DOWN)), NOW
    send(engine)
    assert work(engine, box, moment) == Round(later=1, fault="down")
    for _ in range(2 * MOST_TRIES):
        moment += LONGEST_PAUSE
        send_mail(engine, box, SITE, lambda at=moment: at)  # type: ignore[misc]  # the moment of this turn
    assert how_mail_stands(engine).given_up == 2
    box.fault = None
    send_mail(engine, box, SITE, lambda: moment + LONGEST_PAUSE)
    assert box.sent == []
    with writing(engine) as session:
        given_up = given_up_mail(session, ["team-a"], [])
        assert {row.fault for row in given_up} == {"down"}
        assert given_up_mail(session, [], [AREA]) == given_up
        assert given_up_mail(session, ["team-b"], ["elsewhere"]) == []
        assert try_again(session, [row.id for row in given_up], moment) == 2
    send_mail(engine, box, SITE, lambda: moment)
    assert [to for to, _ in box.told()] == BOTH


def test_one_refused_address_stops_no_other(engine: Engine, team: MadeTeam) -> None:
    box = Box(refused=BOTH[0])
    send(engine)
    assert work(engine, box, NOW) == Round(sent=1, given_up=1, fault="refused")


def test_pauses_double_up_to_six_hours() -> None:
    assert [pause_after(tries) for tries in (1, 2, 3, 9, 10, 99)] == [
        MINUTE,
        2 * MINUTE,
        4 * MINUTE,
        256 * MINUTE,
        LONGEST_PAUSE,
        LONGEST_PAUSE,
    ]


def test_the_team_is_reminded_the_working_day_before_then_each_working_day_and_the_area_hears(
    engine: Engine, team: MadeTeam
) -> None:
    a_coordinator(engine)
    box = Box()
    send(engine, due_on=date(2026, 11, 30))  # a Monday
    work(engine, box, NOW)
    box.told()
    told = {}
    for day in range(26, 34):
        moment = datetime(2026, 11, 1, 9, tzinfo=UTC) + timedelta(days=day - 1)
        for half in range(2):
            work(engine, box, moment + half * HOUR)
        told[moment.strftime("%a %d")] = {subject for _to, subject in box.told()}
    soon, late, area = "Something is due soon", "Something is overdue", "A team in your area needs a look"
    assert told == {
        "Thu 26": set(),
        "Fri 27": {soon},
        "Sat 28": set(),
        "Sun 29": set(),
        "Mon 30": {soon},
        "Tue 01": {late, area},
        "Wed 02": {late},
        "Thu 03": {late},
    }


def test_nobody_is_reminded_at_night_or_on_a_bank_holiday(engine: Engine, team: MadeTeam) -> None:
    send(engine, due_on=date(2026, 11, 23))
    for moment in (datetime(2026, 11, 24, 6, 59, tzinfo=UTC), datetime(2026, 12, 25, 12, tzinfo=UTC)):
        assert remind_about_referrals(engine, moment) == []
    assert remind_about_referrals(engine, datetime(2026, 11, 24, 7, tzinfo=UTC)) == [("referral.overdue", "team-a")]


def test_without_a_promised_day_two_weeks_count(engine: Engine, team: MadeTeam) -> None:
    send(engine)
    assert remind_about_referrals(engine, NOW + timedelta(days=13)) == []
    assert remind_about_referrals(engine, NOW + timedelta(days=17)) == [("referral.overdue", "team-a")]


def test_leads_and_coordinators_hear_of_keys_and_without_either_the_members(engine: Engine, team: MadeTeam) -> None:
    box = Box()
    with writing(engine) as session:
        post(session, "team.keys_need_care", NOW, team="team-a", area=AREA)
    work(engine, box, NOW)
    assert [to for to, _ in box.told()] == BOTH
    a_coordinator(engine)
    with writing(engine) as session:
        session.execute(update(MembershipRow).where(MembershipRow.member_id == team.people[0].id).values(role="lead"))
        post(session, "team.keys_need_care", NOW, team="team-a", area=AREA)
    work(engine, box, NOW + HOUR)
    keys = [to for to, subject in box.told() if subject == "Your team's keys need care"]
    assert keys == ["coordinator@x.example", BOTH[0]]


def test_leads_and_auditors_keep_a_mark_of_the_log_each_day(engine: Engine, team: MadeTeam) -> None:
    box = Box()
    with writing(engine) as session:
        auditor = a_person(session, "auditor@x.example")
        give_area_role(session, auditor.id, AREA, "auditor", now=NOW, actor="system")
        lead = MembershipRow.member_id == team.people[0].id
        session.execute(update(MembershipRow).where(lead).values(role="lead"))
    for hours in range(0, 49, 6):
        work(engine, box, NOW + hours * HOUR)
    with reading(engine) as session:
        mark = head(session).hash
    assert [mark in message.body for message in box.sent] == [True] * 6
    assert {to for to, _ in box.told()} == {"auditor@x.example", BOTH[0]}


def test_old_mail_is_forgotten(engine: Engine, team: MadeTeam) -> None:
    send(engine)
    work(engine, Box(), NOW)
    forget_old_mail(engine, NOW + timedelta(days=31))
    with reading(engine) as session:
        assert session.scalars(select(MailRow)).all() == []
        assert session.scalars(select(OutboxRow)).all() == []


def test_every_kind_of_post_has_its_words() -> None:
    posted = {
        text.split('post(session, "')[number + 1].split('"')[0]
        for _name, text, _tree in python_files("portal")
        for number in range(text.count('post(session, "'))
    }
    assert posted
    assert posted <= set(KINDS)
