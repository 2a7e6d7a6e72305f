"""After sending: messages, what the person is shown, consent taken back, and the erasing that follows."""

import json
from pathlib import Path

import pytest
from sqlalchemy import update

from portal.audit.queries import verify
from portal.audit.tables import AuditRow
from portal.database.engine import Engine, make_engine, reading, writing
from portal.database.schema import metadata, upgrade
from portal.domain.follow_up import Holder, Holders, Right
from portal.domain.referral import MoveRefused, State
from portal.drafts.receipt import Receipt
from portal.follow_up.add_message import MOST_MESSAGES, NothingToWriteTo, TooManyMessages, add_message
from portal.follow_up.status import status_of
from portal.follow_up.take_back_consent import take_back_consent
from portal.follow_up.visit import NotWithThisCode, Visit, come_back
from portal.mail.tables import OutboxRow
from portal.referrals.messages import messages_of, unopened
from portal.referrals.open import NotYours, look_at, open_referral
from portal.referrals.queries import get_sealed
from portal.referrals.tables import MessageRow
from portal.referrals.work import NotOnTheList, acknowledge_taken_back, close, mark_collected, tell_person
from portal.sealing.envelope import open_sealed, recipients_of
from portal.teams.queries import retire_epochs
from portal.teams.recipients import TeamNotReady
from portal.teams.staff import StaffSession
from tests.support.teams import AREA, NOW, PEPPER, MadeTeam, a_kit, a_team, send, signed_in

CANARY = "Quetzalcoatlus of 12 Larkspur Mews"
NEWS = ("reading", "tried")


@pytest.fixture
def team(engine: Engine) -> MadeTeam:
    """Give a team that receives, and its area's kit."""
    return a_team(engine)


@pytest.fixture
def staff(engine: Engine, team: MadeTeam) -> StaffSession:
    """Give somebody of the team at work."""
    return signed_in(engine, team.people[0])


@pytest.fixture
def sent(engine: Engine, team: MadeTeam) -> Receipt:
    """Give a referral that a helper sent."""
    return send(engine, holders=Holders(Holder.PERSON, Holder.HELPER))


def visit_of(engine: Engine, sent: Receipt, right: Right = Right.FULL) -> Visit:
    code = next(code for code in sent.codes if code.right is right)
    return come_back(engine, sent.reference, code.words, PEPPER, NOW)


def write(engine: Engine, visit: Visit, text: str = CANARY, *, once: str = "1", contact: bool = False) -> None:
    kind = "contact" if contact else "message"
    add_message(engine, visit, kind, {"Message": text}, lang="en", level="standard", once=once, now=NOW)  # type: ignore[arg-type]  # one of the kinds


def events(engine: Engine, *names: str) -> list[str]:
    with reading(engine) as session:
        verify(session)
        return [row.event for row in session.query(AuditRow).order_by(AuditRow.id) if row.event in names]


def outbox(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [row.kind for row in session.query(OutboxRow).order_by(OutboxRow.id)]


class TestMessages:
    def test_are_sealed_to_team_kit_and_area(self, engine: Engine, team: MadeTeam, sent: Receipt) -> None:
        with writing(engine) as session:
            area_kit = a_kit(session, AREA, "area")
        write(engine, visit_of(engine, sent))
        with reading(engine) as session:
            (message,) = messages_of(session, sent.reference)
        assert [meta.kind for meta in recipients_of(message.envelope)] == ["team", "recovery", "area"]
        for kit in (team.kit, area_kit):
            assert json.loads(open_sealed(message.envelope, kit))["lines"] == {"Message": CANARY}

    def test_tell_the_team_and_the_log_without_a_word_of_it(self, engine: Engine, sent: Receipt) -> None:
        write(engine, visit_of(engine, sent, Right.LIMITED))
        assert outbox(engine)[-1] == "referral.message"
        assert events(engine, "message.received") == ["message.received"]
        with reading(engine) as session:
            rows = [dict(row) for table in metadata.sorted_tables for row in session.execute(table.select()).mappings()]
        assert [row for row in rows if "Larkspur" in str(row)] == []

    def test_sent_twice_by_one_form_there_is_one(self, engine: Engine, sent: Receipt) -> None:
        visit = visit_of(engine, sent)
        for once in ("1", "1", "2"):
            write(engine, visit, once=once)
        found = status_of(engine, visit)
        assert found is not None
        assert len(found.sent) == 2

    def test_there_is_an_end_to_them(self, engine: Engine, sent: Receipt) -> None:
        write(engine, visit := visit_of(engine, sent))
        with writing(engine) as session:
            row = session.query(MessageRow).one()
            kept = {column.name: getattr(row, column.name) for column in metadata.tables["message"].columns}
            session.add_all(MessageRow(**kept | {"id": f"{number:064}"}) for number in range(MOST_MESSAGES - 1))
        with pytest.raises(TooManyMessages):
            write(engine, visit, once="one more")

    def test_are_refused_where_nobody_could_open_them(self, engine: Engine, sent: Receipt) -> None:
        visit = visit_of(engine, sent)
        with writing(engine) as session:
            retire_epochs(session, "team-a", NOW)
        with pytest.raises(TeamNotReady):
            write(engine, visit)

    def test_new_contact_details_need_the_persons_own_code(self, engine: Engine, sent: Receipt) -> None:
        with pytest.raises(NotWithThisCode):
            write(engine, visit_of(engine, sent, Right.LIMITED), contact=True)
        write(engine, visit_of(engine, sent), contact=True)

    def test_open_with_the_referral_and_the_log_names_each(
        self, engine: Engine, staff: StaffSession, sent: Receipt
    ) -> None:
        write(engine, visit_of(engine, sent))
        assert look_at(engine, staff, sent.reference).messages == ()
        with reading(engine) as session:
            assert unopened(session, staff.team_ids) == {sent.reference}
        open_referral(engine, staff, sent.reference, NOW)
        (message,) = look_at(engine, staff, sent.reference).messages
        assert message.content is not None
        assert CANARY in message.content.decode()
        assert events(engine, "referral.opened", "message.opened") == ["referral.opened", "message.opened"]
        with reading(engine) as session:
            assert unopened(session, staff.team_ids) == set()

    def test_one_of_another_referral_put_in_its_place_does_not_open(
        self, engine: Engine, staff: StaffSession, sent: Receipt
    ) -> None:
        other = send(engine)
        write(engine, visit_of(engine, other))
        with writing(engine) as session:
            session.execute(update(MessageRow).values(reference=sent.reference))
        open_referral(engine, staff, sent.reference, NOW)
        (message,) = look_at(engine, staff, sent.reference).messages
        assert message.content is None

    def test_a_referral_does_not_pass_for_a_message(self, engine: Engine, staff: StaffSession, sent: Receipt) -> None:
        write(engine, visit_of(engine, sent))
        with writing(engine) as session:
            referral = get_sealed(session, sent.reference, staff.team_ids)
            assert referral is not None
            session.execute(update(MessageRow).values(envelope=referral.envelope))
        open_referral(engine, staff, sent.reference, NOW)
        assert [each.content for each in look_at(engine, staff, sent.reference).messages] == [None]


class TestWhereItStands:
    def test_follows_from_what_the_team_does(self, engine: Engine, staff: StaffSession, sent: Receipt) -> None:
        for _ in range(2):
            open_referral(engine, staff, sent.reference, NOW)
        tell_person(engine, staff, sent.reference, "tried", allowed=NEWS, now=NOW)
        tell_person(engine, staff, sent.reference, "tried", allowed=NEWS, now=NOW)
        mark_collected(engine, staff, sent.reference, NOW)
        close(engine, staff, sent.reference, NOW)
        found = status_of(engine, visit_of(engine, sent, Right.LIMITED))
        assert found is not None
        assert [line.key for line in found.news] == ["opened", "tried", "collected", "closed"]
        assert events(engine, "person.told") == ["person.told"]

    @pytest.mark.parametrize("key", ["opened", "withdrawn", "", "free words"])
    def test_only_messages_of_the_list_are_shown(
        self, engine: Engine, staff: StaffSession, sent: Receipt, key: str
    ) -> None:
        with pytest.raises(NotOnTheList):
            tell_person(engine, staff, sent.reference, key, allowed=NEWS, now=NOW)

    def test_another_team_shows_nothing(self, engine: Engine, sent: Receipt) -> None:
        stranger = signed_in(engine, a_team(engine, "team-b").people[0])
        with pytest.raises(NotYours):
            tell_person(engine, stranger, sent.reference, "tried", allowed=NEWS, now=NOW)


class TestTakingBack:
    def test_needs_the_persons_own_code(self, engine: Engine, sent: Receipt) -> None:
        with pytest.raises(NotWithThisCode):
            take_back_consent(engine, visit_of(engine, sent, Right.LIMITED), NOW)
        assert "referral.consent_taken_back" not in outbox(engine)

    def test_tells_the_team_at_once_and_once(self, engine: Engine, staff: StaffSession, sent: Receipt) -> None:
        visit = visit_of(engine, sent)
        for _ in range(2):
            take_back_consent(engine, visit, NOW)
        assert outbox(engine).count("referral.consent_taken_back") == 1
        assert events(engine, "referral.consent_taken_back") == ["referral.consent_taken_back"]
        assert look_at(engine, staff, sent.reference).sealed.state == State.WITHDRAWN

    def test_ends_messages_and_every_other_move(self, engine: Engine, staff: StaffSession, sent: Receipt) -> None:
        visit = visit_of(engine, sent)
        take_back_consent(engine, visit, NOW)
        with pytest.raises(NothingToWriteTo):
            write(engine, visit)
        with pytest.raises(MoveRefused):
            mark_collected(engine, staff, sent.reference, NOW)

    def test_until_it_is_acknowledged_the_team_can_read_whom_it_concerns(
        self, engine: Engine, staff: StaffSession, sent: Receipt
    ) -> None:
        take_back_consent(engine, visit_of(engine, sent), NOW)
        assert open_referral(engine, staff, sent.reference, NOW).content

    def test_acknowledged_it_erases_the_referral_and_its_messages(
        self, engine: Engine, staff: StaffSession, sent: Receipt
    ) -> None:
        visit = visit_of(engine, sent)
        write(engine, visit)
        open_referral(engine, staff, sent.reference, NOW)
        take_back_consent(engine, visit, NOW)
        for _ in range(2):
            acknowledge_taken_back(engine, staff, sent.reference, NOW)
        found = look_at(engine, staff, sent.reference)
        assert (found.sealed.state, found.sealed.envelope, found.content, found.messages) == ("erased", b"", None, ())
        assert events(engine, "referral.erased") == ["referral.erased"]
        stands = status_of(engine, visit)
        assert stands is not None
        assert [line.key for line in stands.news] == ["opened", "withdrawn", "erased"]
        with pytest.raises(MoveRefused, match="erased"):
            open_referral(engine, staff, sent.reference, NOW)

    def test_nothing_is_erased_that_nobody_took_back(self, engine: Engine, staff: StaffSession, sent: Receipt) -> None:
        with pytest.raises(MoveRefused):
            acknowledge_taken_back(engine, staff, sent.reference, NOW)
        assert open_referral(engine, staff, sent.reference, NOW).content

    def test_another_team_acknowledges_nothing(self, engine: Engine, sent: Receipt) -> None:
        stranger = signed_in(engine, a_team(engine, "team-b").people[0])
        take_back_consent(engine, visit_of(engine, sent), NOW)
        with pytest.raises(NotYours):
            acknowledge_taken_back(engine, stranger, sent.reference, NOW)


def test_what_was_erased_is_in_no_file_of_the_database(sqlite_url: str, tmp_path: Path) -> None:
    engine = make_engine(sqlite_url)
    upgrade(engine)
    staff = signed_in(engine, a_team(engine).people[0])
    sent = send(engine)
    visit = visit_of(engine, sent)
    write(engine, visit)
    with reading(engine) as session:
        referral = get_sealed(session, sent.reference, ["team-a"])
        assert referral is not None
        envelopes = [referral.envelope, *(each.envelope for each in messages_of(session, sent.reference))]
    bodies = [envelope[-64:] for envelope in envelopes]
    assert all(any(body in path.read_bytes() for path in tmp_path.iterdir()) for body in bodies)
    take_back_consent(engine, visit, NOW)
    acknowledge_taken_back(engine, staff, sent.reference, NOW)
    left = [path.name for path in tmp_path.iterdir() for body in bodies if body in path.read_bytes()]
    engine.dispose()
    assert left == []
