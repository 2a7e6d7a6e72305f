"""Telling the person that there is news: only if they chose it, nothing but that, and nothing kept longer."""

import hashlib
import hmac
import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from portal.audit.tables import AuditRow
from portal.database.base import table_of
from portal.database.engine import Engine, reading, writing
from portal.domain.follow_up import Holder, Holders, Right
from portal.drafts.receipt import Receipt
from portal.follow_up.take_back_consent import take_back_consent
from portal.follow_up.tell_of_news import Wish, wish_of, wish_to_be_told
from portal.follow_up.visit import NotWithThisCode, Visit, come_back
from portal.form.contact import email_fault
from portal.jobs.address_mail import forget_old_mail
from portal.jobs.send_mail import send_mail
from portal.mail.messages import NEWS, Site
from portal.mail.senders import Outgoing
from portal.mail.tables import MailRow
from portal.referrals.tables import NewsRow, NewsWishRow, ReferralRow
from portal.referrals.work import mark_collected, tell_person
from portal.sealing.drafts import lock
from portal.teams.staff import StaffSession
from tests.support.made_up_language import speak
from tests.support.teams import NOW, PEPPER, a_team, send, signed_in

SITE = Site("https://dsr.example.nhs.uk")
ADDRESS = "zoe.larkspur@x.example"
HOUR = timedelta(hours=1)


@dataclass
class Box:
    """A way out that keeps what it is given."""

    sent: list[Outgoing] = field(default_factory=list)

    def send(self, message: Outgoing) -> None:
        """Keep it."""
        self.sent.append(message)


@pytest.fixture
def staff(engine: Engine) -> StaffSession:
    """Give somebody of a team at work."""
    return signed_in(engine, a_team(engine).people[0])


@pytest.fixture
def sent(engine: Engine, staff: StaffSession) -> Receipt:
    """Give a referral that a helper sent."""
    return send(engine, holders=Holders(Holder.PERSON, Holder.HELPER))


@pytest.fixture
def visit(engine: Engine, sent: Receipt) -> Visit:
    """Give the person, come back with their code."""
    return visit_of(engine, sent, Right.FULL)


def visit_of(engine: Engine, sent: Receipt, right: Right) -> Visit:
    """Come back with one of the codes."""
    code = next(code for code in sent.codes if code.right is right)
    return come_back(engine, sent.reference, code.words, PEPPER, NOW)


def choose(engine: Engine, visit: Visit, wish: Wish | None = Wish("email", ADDRESS)) -> None:  # noqa: B008  # it is frozen
    """Choose to be told."""
    wish_to_be_told(engine, visit, wish, pepper=PEPPER, now=NOW)


def told(engine: Engine, hours: int = 0, pepper: bytes = PEPPER) -> list[Outgoing]:
    """Send what is due so many hours later; return what went to people."""
    box = Box()
    send_mail(engine, box, SITE, lambda: NOW + hours * HOUR, pepper)
    return box.sent


def happens(engine: Engine, staff: StaffSession, sent: Receipt, key: str = "reading") -> None:
    """Let the team show the person something."""
    tell_person(engine, staff, sent.reference, key, allowed=("reading", "tried"), now=NOW)


def test_who_did_not_choose_is_not_told(engine: Engine, staff: StaffSession, sent: Receipt) -> None:
    happens(engine, staff, sent)
    assert told(engine) == []


def test_who_chose_is_told_once_an_hour_and_only_that_there_is_news(
    engine: Engine, staff: StaffSession, sent: Receipt, visit: Visit
) -> None:
    choose(engine, visit)
    for key in ("reading", "tried", "reading"):
        happens(engine, staff, sent, key)
    [message] = told(engine)
    assert (message.to, message.channel, message.subject) == (ADDRESS, "email", "There is news")
    assert sent.reference not in message.body
    happens(engine, staff, sent, "tried")
    assert told(engine) == []
    assert len(told(engine, hours=1)) == 1


def test_a_text_message_is_short(engine: Engine, staff: StaffSession, sent: Receipt, visit: Visit) -> None:
    choose(engine, visit, Wish("text", "07700 900 982"))
    mark_collected(engine, staff, sent.reference, NOW)
    [message] = told(engine)
    assert (message.to, message.channel) == ("07700 900 982", "text")
    assert len(message.body) < 160


def test_the_address_rests_locked_and_the_log_does_not_name_it(engine: Engine, sent: Receipt, visit: Visit) -> None:
    choose(engine, visit)
    assert wish_of(engine, visit, PEPPER) == Wish("email", ADDRESS)
    with reading(engine) as session:
        locked = session.scalars(select(NewsWishRow.locked)).one()
        log = " ".join(row.detail for row in session.query(AuditRow))
    assert b"larkspur" not in locked
    assert "larkspur" not in log
    assert wish_of(engine, visit, b"another pepper".ljust(32)) is None


def test_who_chose_is_told_in_the_language_and_level_they_read(
    engine: Engine, staff: StaffSession, sent: Receipt, visit: Visit, tmp_path: Path
) -> None:
    speak(tmp_path, "en_XA", [part for words in NEWS.values() for part in words])
    site, box = replace(SITE, languages=("en", "en-XA"), translations=tmp_path), Box()
    for hours, wish in enumerate((Wish("email", ADDRESS), Wish("email", ADDRESS, "en-XA", "easy-read"))):
        choose(engine, visit, wish)
        happens(engine, staff, sent, ("reading", "tried")[hours])
        send_mail(engine, box, site, lambda at=NOW + hours * HOUR: at, PEPPER)  # type: ignore[misc]  # this turn's
    english, other = box.sent
    assert (english.subject, other.subject) == ("There is news", "⟦There is news for you⟧")
    assert f"{SITE.address}/en/follow-up" in english.body
    assert f"{SITE.address}/en-XA/easy-read/follow-up" in other.body


def test_neither_size_nor_column_tells_what_was_chosen(
    engine: Engine, staff: StaffSession, sent: Receipt, visit: Visit
) -> None:
    longest = f"{'a' * 64}@{'ಅ' * 177}.{'b' * 11}"
    assert email_fault(longest) is None
    sizes, rows = set(), set()
    for lang in ("en", "cy", "zh-Hant"):
        for wish in (Wish("email", longest, lang, "easy-read"), Wish("text", "07700 900 982", lang)):
            choose(engine, visit, wish)
            happens(engine, staff, sent)
            with writing(engine) as session:
                sizes.add(len(session.scalars(select(NewsWishRow.locked)).one()))
                mail = session.execute(select(table_of(MailRow)).where(MailRow.reference.is_not(None))).mappings().one()
                rows.add(tuple(str(value) for name, value in mail.items() if name != "id"))
                session.execute(delete(NewsRow))
    assert len(sizes) == len(rows) == 1


def test_a_wish_from_before_languages_were_kept_is_english(engine: Engine, sent: Receipt, visit: Visit) -> None:
    secret = hmac.new(PEPPER, b"dsr/v1/news-address|" + sent.reference.encode(), hashlib.sha256).digest()
    with writing(engine) as session:
        locked = lock(secret, json.dumps({"channel": "email", "address": ADDRESS}).encode(), "news-address")
        session.execute(insert(NewsWishRow).values(reference=sent.reference, locked=locked, made_at=NOW))
    assert wish_of(engine, visit, PEPPER) == Wish("email", ADDRESS, "en", "standard")


def test_a_changed_mind_leaves_nothing(engine: Engine, staff: StaffSession, sent: Receipt, visit: Visit) -> None:
    choose(engine, visit)
    happens(engine, staff, sent)
    choose(engine, visit, None)
    assert told(engine) == []
    with reading(engine) as session:
        assert session.scalars(select(NewsWishRow)).all() == []
        assert session.scalars(select(MailRow).where(MailRow.reference.is_not(None))).all() == []


def test_the_helper_s_code_neither_sees_nor_chooses(engine: Engine, sent: Receipt, visit: Visit) -> None:
    choose(engine, visit)
    helper = visit_of(engine, sent, Right.LIMITED)
    with pytest.raises(NotWithThisCode):
        choose(engine, helper, None)
    with pytest.raises(NotWithThisCode):
        wish_of(engine, helper, PEPPER)


def test_with_consent_the_address_goes_and_none_is_kept_after(
    engine: Engine, staff: StaffSession, sent: Receipt, visit: Visit
) -> None:
    choose(engine, visit)
    happens(engine, staff, sent)
    take_back_consent(engine, visit, NOW)
    choose(engine, visit)
    assert wish_of(engine, visit, PEPPER) is None
    assert told(engine) == []


def test_with_the_sealed_copy_the_address_goes(engine: Engine, sent: Receipt, visit: Visit) -> None:
    choose(engine, visit)
    forget_old_mail(engine, NOW)
    assert wish_of(engine, visit, PEPPER) is not None
    with writing(engine) as session:
        session.execute(update(ReferralRow).where(ReferralRow.reference == sent.reference).values(key_ids=""))
    forget_old_mail(engine, NOW)
    assert wish_of(engine, visit, PEPPER) is None


def test_an_address_that_does_not_open_any_more_stops_nothing(
    engine: Engine, staff: StaffSession, sent: Receipt, visit: Visit
) -> None:
    choose(engine, visit)
    happens(engine, staff, sent)
    assert told(engine, pepper=b"another pepper".ljust(32)) == []
    assert told(engine) == []
