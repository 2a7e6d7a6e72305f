"""What a page says about an area, and where each sentence comes from."""

import pytest

from portal.areas.area import Area, Areas
from portal.areas.describe import (
    another_way,
    contact_views,
    for_home,
    promise_sentence,
    sharing_for,
)
from portal.areas.loading import load_areas

COVENTRY, RUGBY, IPSWICH, COLCHESTER = "E08000026", "E07000220", "E07000202", "E07000071"


@pytest.fixture(scope="module")
def areas() -> Areas:
    return load_areas()


@pytest.fixture
def coventry(areas: Areas) -> Area:
    return areas["coventry-and-warwickshire"]


@pytest.fixture
def suffolk(areas: Areas) -> Area:
    return areas["suffolk-and-north-east-essex"]


def test_a_promise_is_told_only_for_its_own_channel(areas: Areas, coventry: Area) -> None:
    assert "within 5 working days" in str(promise_sentence(coventry))
    assert promise_sentence(coventry).source == coventry.page.source
    london = areas["south-east-london"]
    assert "within 2 working days" in str(promise_sentence(london, "voicemail"))
    assert str(promise_sentence(london)) == "We do not know how soon the team will answer."
    assert promise_sentence(london).source is None


@pytest.mark.parametrize("area_id", ["north-east-london", "gloucestershire", "suffolk-and-north-east-essex"])
def test_nothing_is_promised_where_the_page_promises_nothing(areas: Areas, area_id: str) -> None:
    for channel in ("referral", "voicemail"):
        assert str(promise_sentence(areas[area_id], channel)) == "We do not know how soon the team will answer."


def test_where_no_contact_is_known_somebody_can_ask_for_the_person(areas: Areas) -> None:
    assert "ask a GP, social worker or advocate" in str(another_way(areas["gloucestershire"], "gloucestershire-dsr"))


def test_an_incomplete_postal_address_is_no_other_way(suffolk: Area) -> None:
    assert str(another_way(suffolk, "suffolk-under-18")) == "You can send an email to cypqualitysnee@snee.nhs.uk."


def test_the_first_known_telephone_number_is_another_way(areas: Areas) -> None:
    assert str(another_way(areas["south-east-london"], "south-east-london-dsr")) == "You can phone 0208 176 5565."


def test_links_of_contacts(suffolk: Area, areas: Areas) -> None:
    west = {view.kind: view.href for view in contact_views(suffolk, "suffolk-adults-west")}
    assert west == {"email": "mailto:ld%26awest.duty@nsft.nhs.uk", "phone": "tel:01284733188"}
    post = next(view for view in contact_views(suffolk, "suffolk-under-18") if view.kind == "post")
    assert (post.href, post.complete) == ("", False)
    form = next(view for view in contact_views(areas["north-east-london"], "north-east-london-dsr"))
    assert (form.kind, form.href, form.value) == ("form", "", "")
    assert "could not read its address" in form.note


def test_health_and_social_care_come_first_and_partners_only_if_added(coventry: Area) -> None:
    shared = sharing_for(coventry, COVENTRY)
    assert [one.who for one in shared.on_referral] == ["colleagues from health and social care"]
    assert [one.who for one in shared.if_added] == [
        "Coventry and Warwickshire Partnership NHS Trust",
        "Coventry City Council",
        "NHS Coventry and Warwickshire Integrated Care Board",
        "Coventry and Warwickshire Mind",
        "Fine Futures",
    ]
    assert shared.known


def test_the_county_council_is_told_instead_for_warwickshire(coventry: Area) -> None:
    names = [one.who for one in sharing_for(coventry, RUGBY).if_added]
    assert "Warwickshire County Council" in names
    assert "Coventry City Council" not in names


def test_both_councils_are_named_while_the_home_is_not_known(coventry: Area) -> None:
    names = [one.who for one in sharing_for(coventry).if_added]
    assert {"Warwickshire County Council", "Coventry City Council"} <= set(names)


@pytest.mark.parametrize("area_id", ["north-east-london", "gloucestershire", "suffolk-and-north-east-essex"])
def test_a_lost_list_of_partners_is_said_to_be_lost(areas: Areas, area_id: str) -> None:
    shared = sharing_for(areas[area_id])
    assert shared.note is not None
    assert not shared.known


def test_keyworkers_by_home(suffolk: Area) -> None:
    assert [one.name for one in for_home(suffolk.keyworkers, IPSWICH)] == ["Transforming Care Navigators"]
    assert for_home(suffolk.keyworkers, COLCHESTER) == ()


def test_notes_for_one_council_are_for_its_homes_only(suffolk: Area) -> None:
    assert any("Waveney" in note.text for note in for_home(suffolk.notes, "E07000244"))
    assert not any("Waveney" in note.text for note in for_home(suffolk.notes, IPSWICH))
