"""Ask one question: show it, keep its answer, save it for later, or give back what can no longer be kept."""

from collections.abc import Iterator
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.answers import Answer
from portal.form.groups import filled_groups, regrouped
from portal.form.question import ABOUT, N_, Ends, Question, Stop
from portal.form.validation import Fault, faults_of
from portal.form.walk import Walk, is_about_something_else
from portal.web.form.progress import page_data, place_now, show_page, url_of, url_of_next, walk_now
from portal.web.form.state import FormState, erase, hand_back, hold, keep, save
from portal.web.form.surgery_search import is_search, looked_up, search_data
from portal.web.form.voice import question_view, wording_of
from portal.web.frame.forms import form_of
from portal.web.frame.render import view_of

Page = str | Response | tuple[str, int]
MOST_UNFINISHED = 20_000
"""Characters of an answer that is kept although it cannot be used yet."""

TOKEN_FAULT = N_(
    "We could not be sure that this came from you. Select Continue again. "
    "If this goes on, let your browser keep cookies from this website"
)
NOTHING_TO_SAVE = N_("There is nothing to save yet. Answer this question first")


def show_question(question: Question, state: FormState) -> Page:
    """Show a question that may be visited now, with what was answered or half answered."""
    found = walk_now(state)
    if found.question(question.key) is None:
        return elsewhere(state, found)
    facts = found.facts_before(question.key)
    answer = state.answers.get(question.key) or facts.proposal(question.key)
    if is_about_something_else(question, answer, facts):
        answer = {}
    return question_page(question, found, answer, [])


def keep_question(question: Question, state: FormState) -> Page:
    """Keep an answer and go on; nothing that was typed is lost where it cannot be kept."""
    found = walk_now(state)
    form = form_of(question)()
    answer = {} if "skip" in request.form and question.is_optional else people_in_order(question, form.answer())
    if found.question(question.key) is None:
        return out_of_place(question, answer, state, found, is_sure=form.validate())
    if not form.validate():
        return question_page(question, found, answer, [Fault(question.fields[0].name, TOKEN_FAULT)]), 400
    facts = found.facts_before(question.key)
    faults = faults_of(question, answer, facts)
    if is_search(question) and not faults:
        answer, faults, is_first_look = looked_up(answer, facts)
        if is_first_look and "save" not in request.form:
            return question_page(question, found, answer, [])
    if "save" in request.form:
        return save_question(question, answer, faults, state)
    if faults:
        return question_page(question, found, answer, faults), 422
    about = {ABOUT: question.about(facts)} if question.about else {}
    return after_keeping(question, keep(state, question.key, {**answer, **about}))


def elsewhere(state: FormState, found: Walk) -> Response:
    """Go to where this person is now, or say kindly that their answers are gone."""
    return redirect(url_for("journey.lost") if state.lost and not state.answers else url_of_next(found))


def people_in_order(question: Question, answer: Answer) -> Answer:
    """Return the answer without the person to remove, and without gaps between the others."""
    if not question.groups:
        return answer
    gone = request.form.get("remove", "")
    kept = {name: text for name, text in answer.items() if not (gone.isdecimal() and name.endswith(f"_{gone}"))}
    return regrouped(question, filled_groups(question, kept))


def after_keeping(question: Question, state: FormState) -> Response:
    """Go on from an answer that was kept: to a page that comes first, a stop, the next question or the check page."""
    if state.kept.receipt:
        return redirect(url_for("journey.sent"))
    if question.groups and ("add" in request.form or "remove" in request.form):
        return redirect(next_person(question, state))
    found = walk_now(state)
    if found.stop:
        return leave_for(found.stop, state)
    page, applies = question.then_show or ("", None)
    if applies and applies(found.facts):
        return redirect(url_for("journey.step", slug=page))
    following = None if "change" in request.args else found.after(question.key)
    return redirect(url_of(following) if following else url_of_next(found))


def next_person(question: Question, state: FormState) -> str:
    """Return this question's own address again, at the first empty boxes."""
    place = min(len(filled_groups(question, state.answers[question.key])), len(question.groups) - 1)
    anchor = question.groups[place][0].name.replace("_", "-") if "add" in request.form else None
    change = 1 if "change" in request.args else None
    return url_for("journey.step", slug=question.key.replace("_", "-"), _anchor=anchor, change=change)


def save_question(question: Question, answer: Answer, faults: list[Fault], state: FormState) -> Page:
    """Save the form for later, with what stands on this page: an answer that is not usable yet is asked again."""
    size = sum(len(text) for text in typed(answer))
    if 0 < size <= MOST_UNFINISHED:
        state = keep(state, question.key, answer)
    if state.kept.receipt:
        return redirect(url_for("journey.sent"))
    found = walk_now(state)
    if found.stop:
        return leave_for(found.stop, state)
    if not state.answers:
        return question_page(question, found, answer, [Fault(question.fields[0].name, NOTHING_TO_SAVE)]), 422
    save(state)
    return redirect(url_for("journey.saved", unfinished=question.key if size and faults else None))


def out_of_place(question: Question, answer: Answer, state: FormState, found: Walk, *, is_sure: bool) -> Page:
    """Give back what was typed on a page that the walk does not reach: the answers are gone, or another one changed.

    Nothing is kept before the person says so. Saying yes is asked anew, after everything that it is about.
    """
    if question.insert or not any(typed(answer)):
        return elsewhere(state, found)
    if "again" in request.form and is_sure:
        if not faults_of(question, answer, found.facts):
            found = walk_now(keep(state, question.key, answer))
        return redirect(url_of_next(found))
    wording = wording_of(question, found.facts)
    page = show_page(
        "apply-not-kept",
        "journey/settled.html",
        ask=wording.ask(),
        lines=wording.lines(answer),
        typed=list(pairs(answer)),
        is_gone=not state.answers,
        **page_data(found),
    )
    return page, 409


def typed(answer: Answer) -> Iterator[str]:
    """Give each text and each tick of an answer that is not empty."""
    for _name, text in pairs(answer):
        if text.strip():
            yield text


def pairs(answer: Answer) -> Iterator[tuple[str, str]]:
    """Give an answer as a browser sends it: names and texts."""
    for name, value in answer.items():
        for text in [value] if isinstance(value, str) else value:
            yield name, text


def question_page(question: Question, found: Walk, answer: Answer, faults: list[Fault]) -> str:
    """Render one question."""
    facts = found.facts_before(question.key)
    before = found.before(question.key)
    back = url_of(before) if before else url_for("journey.before_you_start")
    if "change" in request.args:
        back = url_for("journey.check_answers")
    return render_template(
        "journey/question.html",
        q=question_view(wording_of(question, facts), answer, faults),
        has_errors=bool(faults),
        back_url=back,
        description="",
        **search_data(question, found),
        **(insert_data(question.insert, found) if question.insert else {}),
    )


def insert_data(insert: str, found: Walk) -> dict[str, Any]:
    """Return what a question's insert shows: the blocks of the page of the same name, with their own inserts."""
    return {"page": view_of(f"apply-{insert}", {}), **page_data(found)}


def leave_for(stop: Stop, state: FormState) -> Response:
    """Show what to do instead; the answers are erased where somebody said no, else they are the person's own again."""
    if stop.ends is Ends.ERASES:
        erase(state)
    elif stop.ends is Ends.HANDS_BACK:
        hand_back(state)
    elif stop.ends is Ends.KEEPS_THE_PLACE:
        erase(state)
        hold(place_now(state).answers)
    return redirect(url_for("journey.step", slug=stop.key))
