"""A referral on paper reads like a letter: first what the team must know."""

from portal.exports.answers import AnswerSheet, answers_pdf
from portal.exports.letter import in_letter_order, letter_pdf
from portal.exports.pdf import Printer
from portal.exports.referral import Section
from tests.exports.builders import HELPED, a_cover, a_referral
from tests.exports.reading import Document


def headings(document: Document) -> list[str]:
    """Return the section headings, in reading order."""
    return [" ".join(node.all_text().split()) for node in document.all("H2")]


def test_consent_and_needs_come_first_and_the_code_last(printer: Printer) -> None:
    document = Document(letter_pdf(printer, a_referral()))
    found = headings(document)
    assert found[:6] == [
        "They say yes",
        "Before you contact them",
        "Access and communication needs",
        "About the person",
        "What is happening",
        "How to get in touch",
    ]
    assert found[-1] == "Confirmation code"
    assert "maple river stone" in document.flat


def test_it_says_who_it_is_about_and_which_team_it_is_for(printer: Printer) -> None:
    flat = Document(letter_pdf(printer, a_referral())).flat
    assert "Name Rahima Begum For South East London DSR team, 18 and over, South East London" in flat
    assert "Received 20 November 2026 Reference AB3-7KM-X2Q" in flat
    assert "Why this team Because the person lives in Southwark" in flat
    assert "How the team was found Home postcode: SE5 8AF. Council: Southwark." in flat


def test_consent_to_check_says_what_to_do_and_what_was_answered(printer: Printer) -> None:
    document = Document(letter_pdf(printer, a_referral(HELPED)))
    assert headings(document)[0] == "Consent is to be checked"
    assert "The helper may not have parental responsibility." in document.flat
    assert "What to do: Check that the child understands (Gillick competence)" in document.flat
    assert "Their answer: “Yes. Send it, and ask for them to join the register”" in document.flat


def test_what_must_be_known_before_any_contact_stands_in_a_box_of_its_own(printer: Printer) -> None:
    at_risk = a_referral(
        happening={"happening": ["hurt_myself"], "happening_words": ""}, leave_message={"leave_message": "no"}
    )
    text = Document(letter_pdf(printer, at_risk)).flat
    order = ["Before you contact them", "I have hurt myself", "Leave no message", "Access and communication needs"]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)


def test_talk_to_me_first_is_said_before_anything_else(printer: Printer) -> None:
    document = Document(letter_pdf(printer, a_referral(consent={"consent": "talk_to_me"})))
    assert headings(document)[0] == "They want you to talk to them first"


def test_the_interpreters_language_is_said_as_such(printer: Printer) -> None:
    assert "Language for the interpreter: Bengali" in Document(letter_pdf(printer, a_referral())).flat


def test_every_answer_is_in_it(printer: Printer) -> None:
    for referral in (a_referral(), a_referral(HELPED)):
        flat = Document(letter_pdf(printer, referral)).flat
        for section in referral.sections:
            for item in section.items:
                for line in item.answers:
                    assert all(" ".join(part.split()) in flat for part in line.splitlines()), (item.key, line)


def test_a_section_comes_once() -> None:
    keys = [section.key for section in in_letter_order(a_referral(HELPED))]
    assert len(keys) == len(set(keys))
    assert keys[:3] == ["person", "situation", "contact"]


def test_without_a_code_there_is_no_box_for_it(printer: Printer) -> None:
    assert "Confirmation code" not in Document(letter_pdf(printer, a_referral(cover=a_cover(code="")))).flat


def test_every_page_names_the_referral(printer: Printer) -> None:
    document = Document(letter_pdf(printer, a_referral(helps={"helps": "long " * 790})))
    assert len(document.reader.pages) > 2
    assert document.artifacts.count("Referral AB3-7KM-X2Q") == len(document.reader.pages)


def test_a_copy_of_the_answers_has_a_heading_for_each_question(printer: Printer) -> None:
    referral = a_referral()
    sheet = AnswerSheet("Your answers", referral.sections, facts=(("Reference", "AB3-7KM-X2Q"),))
    document = Document(answers_pdf(printer, sheet))
    questions = [item.question for section in referral.sections for item in section.items]
    assert [" ".join(node.all_text().split()) for node in document.all("H3")] == questions
    assert "Not answered" in document.flat


def test_a_section_without_a_title_leaves_no_step_out(printer: Printer) -> None:
    sections = tuple(Section(each.key, "", each.items) for each in a_referral().sections)
    assert set(Document(answers_pdf(printer, AnswerSheet("Your answers", sections))).headings()) == {1, 2}
