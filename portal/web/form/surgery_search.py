"""Find a GP surgery: by a list to choose from after Continue, or while typing where there is JavaScript."""

from collections.abc import Mapping

from flask import Response, jsonify, request, url_for
from markupsafe import Markup

from portal.domain.answers import NOT_LISTED, Answer
from portal.domain.facts import Facts
from portal.form.question import N_, ChoicesFrom, Question
from portal.form.questions import EVERYWHERE
from portal.form.validation import Fault
from portal.form.walk import Walk
from portal.web.form.progress import walk_now
from portal.web.form.state import load_state
from portal.web.form.voice import wording_of
from portal.web.frame.access import access
from portal.web.frame.runtime import runtime

CHOOSE = N_("Select your GP surgery, or “My surgery is not in this list”")
MOST_TYPED = 250


ASKED, FOUND = next(
    (question, field)
    for question in EVERYWHERE.questions
    for field in question.fields
    if field.choices_from is ChoicesFrom.SURGERIES
)
"""The question whose words are looked up, and its field with what was found."""


def is_search(question: Question) -> bool:
    """Say whether what is typed is looked up."""
    return question is ASKED


def search_data(question: Question, found: Walk) -> Mapping[str, str | Markup]:
    """Return what a script needs to list surgeries while somebody types: nothing without a list of them."""
    if not is_search(question) or runtime().places.file() is None:
        return {}
    wording = wording_of(question, found.facts)
    return {"search_url": url_for("journey.surgeries"), "not_listed": wording.choice(FOUND, NOT_LISTED)}


def looked_up(answer: Answer, facts: Facts) -> tuple[Answer, list[Fault], bool]:
    """Return the answer with the surgery chosen, what is wrong with it, and whether the list is to be shown first.

    New words make a choice from the list before void. Where nothing fits, the words are kept as they were typed.
    """
    typed, chosen = (str(answer.get(name, "")) for name in (FOUND.finds, FOUND.name))
    is_new = request.form.get("searched", typed if chosen else "") != typed
    surgery = facts.guide.surgery(chosen) if chosen and not is_new else None
    if surgery:
        return {**answer, FOUND.finds: surgery.label}, [], False
    said_none = any(answer.get(field.name) for field in ASKED.fields if field.is_many)
    if not typed or said_none or (chosen == NOT_LISTED and not is_new):
        return answer, [], False
    answer = {**answer, FOUND.name: ""}
    if not facts.guide.surgeries(typed, facts.postcode()):
        return answer, [], False
    return answer, [] if is_new else [Fault(FOUND.name, CHOOSE)], is_new


@access("journey")
def surgeries() -> Response:
    """Give the surgeries that fit what somebody is typing. Nothing of it is kept or logged."""
    facts = walk_now(load_state()).facts
    found = facts.guide.surgeries(request.form.get(FOUND.finds, "")[:MOST_TYPED], facts.postcode())
    return jsonify([{"code": option.value, "name": option.label} for option in found])
