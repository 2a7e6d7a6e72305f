"""Find a GP surgery: by a list to choose from after Continue, or while typing where there is JavaScript."""

from collections.abc import Mapping

from flask import Response, jsonify, request, url_for
from markupsafe import Markup

from portal.domain.answers import NOT_LISTED, Answer
from portal.domain.facts import Facts
from portal.form.question import N_, ChoicesFrom, Question
from portal.form.validation import Fault
from portal.form.walk import Walk
from portal.web.form.progress import walk_now
from portal.web.form.state import load_state
from portal.web.form.voice import Voice
from portal.web.frame.access import access
from portal.web.frame.runtime import runtime

CHOOSE = N_("Select your GP surgery, or “My surgery is not in this list”")
MOST_TYPED = 250


def is_search(question: Question) -> bool:
    """Say whether what is typed is looked up."""
    return any(field.choices_from is ChoicesFrom.SURGERIES for field in question.fields)


def search_data(question: Question, found: Walk) -> Mapping[str, str | Markup]:
    """Return what a script needs to list surgeries while somebody types: nothing without a list of them."""
    if not is_search(question) or runtime().places.file() is None:
        return {}
    voice = Voice.of(question, found.facts)
    surgery = next(field for field in question.fields if field.choices_from is ChoicesFrom.SURGERIES)
    return {"search_url": url_for("journey.surgeries"), "not_listed": voice.choice_label(surgery, NOT_LISTED)}


def looked_up(answer: Answer, facts: Facts) -> tuple[Answer, list[Fault], bool]:
    """Return the answer with the surgery chosen, what is wrong with it, and whether the list is to be shown first.

    New words make a choice from the list before void. Where nothing fits, the words are kept as they were typed.
    """
    typed, chosen = (str(answer.get(name, "")) for name in ("gp", "surgery"))
    is_new = request.form.get("searched", typed if chosen else "") != typed
    surgery = facts.guide.surgery(chosen) if chosen and not is_new else None
    if surgery:
        return {**answer, "gp": surgery.label}, [], False
    if not typed or answer.get("no_gp") or (chosen == NOT_LISTED and not is_new):
        return answer, [], False
    answer = {**answer, "surgery": ""}
    if not facts.guide.surgeries(typed, facts.postcode()):
        return answer, [], False
    return answer, [] if is_new else [Fault("surgery", CHOOSE)], is_new


@access("journey")
def surgeries() -> Response:
    """Give the surgeries that fit what somebody is typing. Nothing of it is kept or logged."""
    facts = walk_now(load_state()).facts
    found = facts.guide.surgeries(request.form.get("gp", "")[:MOST_TYPED], facts.postcode())
    return jsonify([{"code": option.value, "name": option.label} for option in found])
