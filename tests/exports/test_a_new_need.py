"""A question that is declared to tell of a need reaches the top of the letter and FHIR's notes by that alone."""

from collections.abc import Mapping
from typing import Any

from portal.exports.fhir import bundle_of
from portal.exports.letter import in_letter_order, letter_pdf
from portal.exports.pdf import Printer
from portal.exports.referral import Referral, read_referral
from portal.form.document import make_document
from portal.form.question import Kind, Question
from portal.form.questions import STEPS, Form, who
from portal.form.walk import walk
from tests.exports.builders import PLACES, TODAY, a_cover
from tests.exports.reading import Document
from tests.support.people import an_adult

SIGNING = Question(
    key="signing",
    section=who.SECTION,
    kind=Kind.YES_NO,
    ask="Do you need a sign language interpreter?",
    missing="Select yes or no",
    tells_needs=True,
)
PLACE = STEPS.index(who.LANGUAGE)
FORM = Form((*STEPS[:PLACE], SIGNING, *STEPS[PLACE:]))
SAID = "Do you need a sign language interpreter?: Yes"


def sealed(answers: Mapping[str, Any]) -> bytes:
    """Return what is sealed of these answers to the form with one question more."""
    walked = walk(FORM.steps, answers, TODAY, PLACES)
    assert walked.is_complete, walked.next
    return make_document(walked, FORM, lang="en", level="standard", routing={"reason": "because", "steps": []})


def referral() -> Referral:
    answers = an_adult(signing={"signing": "yes"}, council={"council": "E09000028"})
    return read_referral(sealed(answers), a_cover(), FORM)


def test_it_stands_at_the_top_of_the_letter_and_nowhere_else(printer: Printer) -> None:
    needs = "Access and communication needs"
    text = Document(letter_pdf(printer, referral())).flat
    assert f"{needs} {SAID}" in text
    assert text.count(SIGNING.ask) == 1
    assert not [item for section in in_letter_order(referral()) for item in section.items if item.key == SIGNING.key]


def test_it_stands_in_the_notes_of_fhir() -> None:
    resources = [entry["resource"] for entry in bundle_of(referral())["entry"]]
    request = next(each for each in resources if each["resourceType"] == "ServiceRequest")
    assert {"text": SAID} in request["note"]
