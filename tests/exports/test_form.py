"""The blank form follows the questions, and says where to send it."""

import pytest

from portal.exports.form_words import IF_TRUE, NO_POST, NO_WAY, PART_OF_ADDRESS
from portal.exports.paper_form import ALWAYS, MOST_PEOPLE, Receiver, WayIn, asked_on_paper, form_pdf, group_of, only_if
from portal.exports.pdf import Printer
from tests.exports.reading import Document
from tests.exports.site_pages import easy_form_of, form_of
from tests.support.form import QUESTIONS

AREAS = (
    "north-east-london",
    "suffolk-and-north-east-essex",
    "gloucestershire",
    "coventry-and-warwickshire",
    "south-east-london",
)


@pytest.fixture(scope="module")
def suffolk(printer: Printer) -> Document:
    """Give the form of the area that asks most."""
    return Document(form_pdf(printer, form_of("suffolk-and-north-east-essex")))


def test_every_question_is_asked_or_left_out_for_a_reason(suffolk: Document) -> None:
    missing = [each.key for each in QUESTIONS if not each.paper.left_out and each.ask not in suffolk.flat]
    assert missing == []


def test_every_choice_has_its_box(suffolk: Document) -> None:
    for question in QUESTIONS:
        if question.paper.left_out:
            continue
        for field in question.fields:
            for choice in field.choices:
                if not choice.ends:
                    assert f"☐{choice.label}" in suffolk.flat.replace("☐ ", "☐"), choice


def test_a_question_that_hangs_on_an_answer_says_for_whom_it_is() -> None:
    conditional = (each for each in QUESTIONS if each.asked_if is not ALWAYS and not each.paper.left_out)
    assert [each.key for each in conditional if only_if(each) == IF_TRUE] == []


def test_only_local_questions_of_the_area_are_asked() -> None:
    assert not any(question.is_local for question in asked_on_paper(form_of("gloucestershire")))
    asked = asked_on_paper(form_of("suffolk-and-north-east-essex"))
    assert [question for question in asked if question.is_local] == [each for each in QUESTIONS if each.is_local]


def test_its_councils_can_be_ticked(printer: Printer) -> None:
    flat = Document(form_pdf(printer, form_of("gloucestershire"))).flat.replace("☐ ", "☐")
    assert "☐Cheltenham" in flat
    assert "Cheltenham, Cotswold, Forest of Dean" in flat
    assert flat.count("☐Cheltenham") == 1, "a council stands where a surgery is asked for"


@pytest.mark.parametrize("area", AREAS)
def test_every_area_has_a_form_in_both_levels(printer: Printer, area: str) -> None:
    for sheet in (form_of(area), easy_form_of(area)):
        document = Document(form_pdf(printer, sheet))
        assert "Where to send this form" in document.flat
        assert "End of the form" in document.flat


def test_an_address_is_printed_line_by_line(printer: Printer) -> None:
    team = Receiver("The team", "For everybody.", (WayIn("post", "The team, 1 High Street, Town, AB1 2CD"),))
    document = Document(form_pdf(printer, form_of("gloucestershire", receivers=(team,))))
    assert {"The team", "1 High Street", "Town", "AB1 2CD"} <= set(document.text.split("\n"))
    assert "Post it to:" in document.flat


@pytest.mark.parametrize(
    ("ways", "advice"),
    [
        ((WayIn("post", "Endeavour House", complete=False), WayIn("email", "team@example.org")), PART_OF_ADDRESS),
        ((WayIn("phone", "01234 567890"),), NO_POST),
        ((WayIn("form", "", "The form's address was lost.", complete=False),), NO_WAY),
        ((), NO_WAY),
    ],
)
def test_without_an_address_it_says_what_to_do(printer: Printer, ways: tuple[WayIn, ...], advice: str) -> None:
    document = Document(form_pdf(printer, form_of("gloucestershire", receivers=(Receiver("The team", "", ways),))))
    assert advice in document.flat
    assert all(way.value in document.flat for way in ways)


def test_urgent_help_comes_before_everything(suffolk: Document) -> None:
    assert 0 < suffolk.flat.index("Call 999") < suffolk.flat.index("About this form")


def test_what_yes_means_is_read_before_the_question(suffolk: Document) -> None:
    assert suffolk.flat.index("take it back at any time") < suffolk.flat.index("Do you want to send this")


def test_there_is_room_for_several_people(suffolk: Document) -> None:
    for question in QUESTIONS:
        for each in question.fields:
            if group_of(each):
                assert (f"Person {group_of(each)}: {each.label}" in suffolk.flat) == (group_of(each) <= MOST_PEOPLE)
