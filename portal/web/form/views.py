"""The form's pages. Each reads the draft, walks, and shows or keeps one answer; the walk decides what comes next."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.exports.answers import AnswerSheet, answers_pdf
from portal.exports.blocks import Style
from portal.form.question import Ends, Stop
from portal.form.questions import SECTIONS
from portal.form.walk import Walk
from portal.referrals.submit import DraftGone
from portal.teams.recipients import TeamNotReady
from portal.web.form.progress import know_home_of, page_data, show_page, url_of, url_of_next, walk_now
from portal.web.form.question_views import keep_question, show_question
from portal.web.form.saving import come_back, leave_here, left, save_here, saved
from portal.web.form.sending import send, sent_view
from portal.web.form.state import FormState, erase, forget_shown_pages, load_state, set_cookies
from portal.web.form.summary import as_sections, as_text, sections_of
from portal.web.form.surgery_search import surgeries
from portal.web.frame.access import access
from portal.web.frame.languages import both_levels, is_easy, lang
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.frame.texts import told
from portal.web.information.pdf_views import drawings, named, notice, pdf_response, printer

journey = Blueprint("journey", __name__)
journey.after_request(set_cookies)

SAFE_CHOICES = ("yes", "no", "not_sure")


# Before the questions


@access("journey")
def entry() -> Response:
    return redirect(url_for("journey.before_you_start"))


@access("journey")
def before_you_start() -> str:
    state = load_state()
    here = "sent" if state.kept.receipt else "answers" if state.answers else ""
    return show_page("apply-before-you-start", here=here, **page_data(walk_now(state)))


@access("journey")
def safe_now() -> str | Response | tuple[str, int]:
    if request.method == "GET":
        return show_page("apply-safe-now", safe_error="", back_url=url_for("journey.before_you_start"))
    # Nothing about this answer is kept: it only chooses the next page.
    answer = request.form.get("safe", "")
    if answer not in SAFE_CHOICES:
        missing = told("Select yes, no or “I am not sure”")
        return show_page(
            "apply-safe-now", safe_error=missing, has_errors=True, back_url=url_for("journey.before_you_start")
        ), 422
    return redirect(url_for("journey.go_on" if answer == "yes" else "journey.urgent_now"))


@access("journey")
def urgent_now() -> str:
    return show_page("apply-urgent-now", back_url=url_for("journey.safe_now"), **page_data(walk_now(load_state())))


@access("journey")
def go_on() -> Response:
    """Go to where this person is: the first question without an answer, a stop, or the check page."""
    state = load_state()
    if state.kept.receipt:
        return redirect(url_for("journey.sent"))
    return redirect(url_of_next(walk_now(state)))


# The questions


@access("journey")
def step(slug: str) -> str | Response | tuple[str, int]:
    """Show a question, keep its answer, or show where the form stops."""
    form = runtime().form
    if slug in form.stops:
        return stop_page(form.stops[slug])
    if slug in interruptions():
        return interruption(slug)
    question = form.by_key.get(slug.replace("-", "_"))
    if question is None or "_" in slug:
        abort(404)
    state = load_state()
    if state.kept.receipt:
        return redirect(url_for("journey.sent"))
    return keep_question(question, state) if request.method == "POST" else show_question(question, state)


def interruptions() -> Mapping[str, str]:
    """Return the pages that come between two questions, each with the question that leads to it."""
    return {question.then_show[0]: question.key for question in runtime().form.questions if question.then_show}


def interruption(slug: str) -> str:
    """Show what comes between two questions, with the way back to the first of them."""
    found = walk_now(load_state())
    asked = found.question(interruptions()[slug])
    return show_page(f"apply-{slug}", back_url=url_of(asked) if asked else "", **page_data(found))


# Where the form stops


def stop_page(stop: Stop) -> str | Response:
    """Show a stop to whoever's answers lead there; after a no there are no answers left to lead there."""
    found = walk_now(load_state())
    if stop.ends not in (Ends.ERASES, Ends.KEEPS_THE_PLACE) and found.stop is not stop:
        return redirect(url_of_next(found))
    back = url_of(found.answered[-1]) if found.answered and found.stop is stop else ""
    template = "journey/page.html" if found.answers else "journey/settled.html"
    return show_page(f"apply-{stop.key}", template, back_url=back, **page_data(found))


# Check, send, sent


@access("journey")
def check_answers() -> str | Response | tuple[str, int]:
    state = load_state()
    if state.kept.receipt:
        return redirect(url_for("journey.sent"))
    found = walk_now(state)
    if not found.is_complete:
        return redirect(url_for("journey.lost") if state.lost and not state.answers else url_of_next(found))
    if request.method == "POST":
        return send_answers(state, found)
    back = url_of(found.answered[-1])
    return show_page(
        "apply-check-answers", "journey/check.html", sections=sections_of(found), back_url=back, **page_data(found)
    )


def send_answers(state: FormState, found: Walk) -> Response:
    try:
        send(state, found)
    except TeamNotReady:
        # Readiness is looked up a few seconds behind; the next walk stops at "this team is not ready".
        current_app.logger.error("A team became unable to receive referrals while someone was sending")
        return redirect(url_for("journey.step", slug="team-not-ready"))
    except DraftGone:
        return redirect(url_for("journey.lost"))
    forget_shown_pages(state)
    return redirect(url_for("journey.sent"))


@access("journey")
def sent() -> str | Response:
    state = load_state()
    receipt = state.kept.receipt
    if receipt is None:
        return redirect(url_for("journey.before_you_start"))
    know_home_of(receipt)
    return show_page(
        "apply-sent",
        "journey/sent.html",
        sent=sent_view(receipt),
        home=runtime().areas.get(receipt.area_id),
        team=runtime().areas.team(receipt.team_id),
    )


@access("journey")
def for_the_person() -> str | Response:
    """Show a page to give to the person whom the form is about, after somebody else filled it in."""
    receipt = load_state().kept.receipt
    if receipt is None or not sent_view(receipt).was_helped:
        return redirect(url_for("journey.sent"))
    know_home_of(receipt)
    return show_page(
        "apply-for-the-person",
        "journey/for_the_person.html",
        sent=sent_view(receipt),
        sections={key: _(title) for key, title in SECTIONS.items()},
        home=runtime().areas.get(receipt.area_id),
        team=runtime().areas.team(receipt.team_id),
        back_url=url_for("journey.sent"),
    )


# Take away, clear, lost


@access("journey")
def answers_file() -> Response:
    """Give the answers so far as a text file, to take to somebody else."""
    text = as_text(sections_of(walk_now(load_state())))
    response = current_app.make_response(text)
    response.mimetype = "text/plain"
    response.headers["Content-Disposition"] = named("attachment", _("my-answers.txt"))
    return response


@access("journey")
def answers_document() -> Response:
    """Give the answers so far as PDF, in the reader's own level; nothing of it is kept."""
    sections = as_sections(sections_of(walk_now(load_state())))
    sheet = AnswerSheet(
        _("Your answers"),
        sections,
        lang=lang(),
        style=Style.EASY if is_easy() else Style.STANDARD,
        pictures=drawings(item.picture for section in sections for item in section.items),
        notice=notice(),
    )
    return pdf_response(answers_pdf(printer(), sheet, _), _("my-answers.pdf"), "no-store")


@access("journey")
def clear() -> Response:
    erase(load_state())
    return redirect(url_for("journey.safe_now" if "again" in request.form else "journey.cleared"))


@access("journey")
def cleared() -> str:
    return show_page("apply-cleared", "journey/settled.html")


@access("journey")
def lost() -> str:
    return show_page("apply-lost", "journey/settled.html", **page_data(walk_now(load_state())))


ROUTES: Mapping[str, tuple[Any, list[str]]] = {
    "/apply": (entry, ["GET"]),
    "/apply/before-you-start": (before_you_start, ["GET"]),
    "/apply/safe-now": (safe_now, ["GET", "POST"]),
    "/apply/urgent-now": (urgent_now, ["GET"]),
    "/apply/go-on": (go_on, ["GET"]),
    "/apply/check-answers": (check_answers, ["GET", "POST"]),
    "/apply/save": (save_here, ["POST"]),
    "/apply/saved": (saved, ["GET"]),
    "/apply/leave": (leave_here, ["POST"]),
    "/apply/left": (left, ["GET"]),
    "/apply/come-back": (come_back, ["GET", "POST"]),
    "/apply/sent": (sent, ["GET"]),
    "/apply/for-the-person": (for_the_person, ["GET"]),
    "/apply/my-answers": (answers_file, ["GET"]),
    "/apply/my-answers.pdf": (answers_document, ["GET"]),
    "/apply/clear": (clear, ["POST"]),
    "/apply/cleared": (cleared, ["GET"]),
    "/apply/lost": (lost, ["GET"]),
    "/apply/surgeries": (surgeries, ["POST"]),
    "/apply/<slug>": (step, ["GET", "POST"]),
}
for rule, (view, methods) in ROUTES.items():
    for address, defaults in both_levels(rule):
        journey.add_url_rule(address, view.__name__, view, methods=methods, defaults=defaults)
