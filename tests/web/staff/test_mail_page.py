"""The page about mail, and what the machine's own check says of it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from portal.audit.queries import head
from portal.database.engine import reading, writing
from portal.jobs.address_mail import address_waiting_mail
from portal.jobs.send_mail import MOST_TRIES, send_mail
from portal.mail.messages import Site
from portal.mail.outbox import post
from portal.mail.senders import NotSent, Outgoing, Retry
from tests.support.office import TEAM, Office, an_office


class Down:
    """A way out that is closed."""

    def send(self, message: Outgoing) -> None:
        """Fail."""
        assert message.to
        raise NotSent("the mail server cannot be reached (TimeoutError)", Retry.DOWN)


@pytest.fixture
def office(database: None, tmp_path: Path) -> Iterator[Office]:
    """Give an office where mail for the team was given up."""
    with an_office(tmp_path, PORTAL_MAIL="print", PORTAL_SITE="http://localhost:8000") as office:
        with writing(office.engine) as session:
            post(session, "referral.waiting", office.clock(), team=TEAM)
        address_waiting_mail(office.engine, office.clock())
        for turn in range(2 * MOST_TRIES):
            moment = office.clock() + turn * timedelta(hours=6)
            send_mail(office.engine, Down(), Site("http://x.example"), lambda at=moment: at)  # type: ignore[misc]  # the moment of this turn
        yield office


def test_mail_that_was_given_up_is_seen_and_can_be_tried_again(office: Office) -> None:
    told = office.browser("lead").get("/readyz").get_json()["mail"]
    assert told == {"way": "print", "waiting": 0, "late": 0, "given_up": 2}
    auditor, lead = office.at_work("auditor"), office.at_work("lead")
    assert "member@x.example" in auditor.open("/staff/mail")
    assert "Try all of these again" not in auditor.html
    assert "the mail server cannot be reached (TimeoutError)" in lead.open("/staff/mail")
    assert "All mail so far was sent" in lead.press("/staff/mail/again")
    told = office.browser("lead").get("/readyz").get_json()["mail"]
    assert told == {"way": "print", "waiting": 2, "late": 0, "given_up": 0}


def test_who_has_no_say_sees_no_addresses(office: Office) -> None:
    assert "member@x.example" not in office.at_work("member").open("/staff/mail")


def test_without_a_way_out_the_page_says_so(database: None, tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        assert "has not set a way to send mail" in office.at_work("coordinator").open("/staff/mail")


def test_a_mark_from_a_mail_is_looked_for_in_the_log(office: Office) -> None:
    lead = office.at_work("lead")
    lead.open("/staff/log")
    with reading(office.engine) as session:
        mark = head(session).hash
    assert "The mark is among them" in lead.press("/staff/log/check", mark=f" {mark.upper()} ")
    assert "The log was tampered with" in lead.press("/staff/log/check", mark="ab" * 32)
    assert "lines are whole and in order" in lead.press("/staff/log/check", mark="")
