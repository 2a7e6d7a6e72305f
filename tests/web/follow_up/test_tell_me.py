"""The page on which somebody chooses to be told that there is news."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from portal.database.engine import reading
from portal.domain.follow_up import Holder, Holders
from portal.follow_up.tell_of_news import open_wish
from portal.referrals.tables import NewsWishRow
from tests.support.office import TEAM, Office, an_office
from tests.support.returning import Returner
from tests.support.staff_member import receipt_for

HELPED = Holders(Holder.PERSON, Holder.HELPER)


@pytest.fixture(scope="module")
def office(database: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Give an office that sends mail and text messages."""
    with an_office(tmp_path_factory.mktemp("office"), PORTAL_MAIL="print") as office:
        yield office


def reading_of_wishes(office: Office) -> set[tuple[str, str]]:
    """Return language and level of every wish that is kept."""
    pepper = office.app.extensions["portal"].settings.pepper
    with reading(office.engine) as session:
        kept = [open_wish(row.locked, row.reference, pepper) for row in session.scalars(select(NewsWishRow))]
    return {(wish.lang, wish.level) for wish in kept if wish}


@pytest.mark.parametrize("level", ["", "easy-read/"])
def test_somebody_chooses_and_changes_their_mind(office: Office, level: str) -> None:
    person = Returner(office.app.test_client(), level)
    assert "Tell me when there is news" in person.come_back(receipt_for(office.app, TEAM, b"{}", None, HELPED))
    assert "To see it" in person.open("tell-me")
    assert "answer" in person.press("tell-me").split("Tell me")[0]
    assert "name@example.com" in person.press("tell-me", how="email", email="nobody")
    assert person.page.status_code == 422
    assert "phone number" in person.press("tell-me", how="text", phone="12").split("Tell me")[0]
    assert "We will tell you when there is news" in person.press("tell-me", how="email", email="zoe@x.example")
    person.open("tell-me")
    assert 'value="zoe@x.example"' in person.html
    assert reading_of_wishes(office) == {("en", "easy-read" if level else "standard")}
    assert "We will not tell you" in person.press("tell-me", how="no")
    person.open("tell-me")
    assert "zoe@x.example" not in person.html


def test_the_helper_is_told_kindly_that_their_code_cannot(office: Office) -> None:
    receipt = receipt_for(office.app, TEAM, b"{}", None, HELPED)
    helper = Returner(office.app.test_client())
    assert "Tell me when there is news" not in helper.come_back(receipt, receipt.codes[1])
    assert "This code cannot do that" in helper.open("tell-me")


def test_where_no_mail_is_sent_nothing_is_promised(database: None, tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        person = Returner(office.app.test_client())
        assert "Tell me when there is news" not in person.come_back(receipt_for(office.app, TEAM, b"{}"))
        person.open("tell-me")
        assert person.place == "where-it-stands"
