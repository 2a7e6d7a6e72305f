"""Take copies of opened referrals out, one or many, and confirm them by their code. Nothing of a copy is kept here."""

from collections.abc import Callable, Mapping

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from portal.exports.fhir_check import BundleFault
from portal.exports.files import as_csv, as_fhir, as_json, as_zip
from portal.exports.letter import letter_pdf
from portal.exports.referral import CoverSheet, Referral, read_referral
from portal.form.plurals import N_number
from portal.form.question import N_
from portal.referrals.bundle import Places, make_bundle, make_sealed_bundle, new_bundle_words
from portal.referrals.collect import Taken, WrongCode, collect_referrals, confirm_by_code
from portal.referrals.faults import MoveRefused, NotACode, NotYours, SealBroken
from portal.referrals.queue import kept_offline
from portal.web.frame.access import access
from portal.web.frame.runtime import LONDON, runtime
from portal.web.frame.texts import say as _
from portal.web.information.pdf_views import printer
from portal.web.staff.guard import at_work
from portal.web.staff.queue.pages import show_queue
from portal.web.staff.referral.page import Answer, act_on, named, show

MOST_AT_ONCE = 200
LONGEST_WORDS = 300
ONE_BY_ONE = N_("One of these does not open or was erased meanwhile. Collect them one by one.")
FORMS: Mapping[str, tuple[str, str, Callable[[Referral], bytes]]] = {
    "pdf": ("pdf", "application/pdf", lambda referral: letter_pdf(printer(), referral)),
    "json": ("json", "application/json", as_json),
    "csv": ("csv", "text/csv; charset=utf-8", lambda referral: as_csv([referral], runtime().form.questions)),
    "fhir": ("fhir.json", "application/fhir+json", as_fhir),
}
"""Ending, type and writer of each form."""


def add_collecting_pages(staff: Blueprint) -> None:
    """Add the pages."""
    staff.add_url_rule("/referrals/<reference>/export", "export", export, methods=["POST"])
    staff.add_url_rule("/referrals/<reference>/confirm", "confirm", confirm, methods=["POST"])
    staff.add_url_rule("/collect", "collect", collect, methods=["POST"])
    staff.add_url_rule("/bundle", "bundle", bundle, methods=["POST"])
    staff.add_url_rule("/bundle/file", "bundle_file", bundle_file, methods=["POST"])


@access("staff")
def export(reference: str) -> Answer:
    """Give out one referral in the form that was asked for."""
    form = request.form.get("form", "")
    if form not in FORMS:
        abort(404)
    ending, kind, write = FORMS[form]

    def act() -> Response:
        (taken,) = collect_referrals(runtime().engine, at_work(), [named(reference)], form, runtime().now())
        return download(write(opened(taken)), f"{reference}.{ending}", kind)

    try:
        return act_on(reference, act)
    except BundleFault:
        return show(reference, _("This referral does not fit into FHIR. Take it out as PDF, JSON or CSV.")), 409


@access("staff")
def collect() -> Answer:
    """Give out every ticked referral in one zip, in every form."""
    references, problem = _ticked()
    if problem:
        return show_queue(problem=problem), 422
    try:
        taken = collect_referrals(runtime().engine, at_work(), references, "zip", runtime().now())
        return download(
            as_zip([opened(each) for each in taken], runtime().form.questions, printer()),
            "referrals.zip",
            "application/zip",
        )
    except NotYours:
        abort(404)
    except (MoveRefused, SealBroken, BundleFault):
        return show_queue(problem=_(ONE_BY_ONE)), 409


@access("staff")
def bundle() -> Answer:
    """Show, once, the words that will open a bundle of what is ticked; a team's offline key needs none."""
    references, problem = _ticked()
    if problem:
        return show_queue(problem=problem), 422
    offline = kept_offline(runtime().engine, at_work(), references)
    if offline and offline != set(references):
        return show_queue(problem=_("Tick referrals of one team only: these open in different ways.")), 422
    words = "" if offline else new_bundle_words()
    return render_template("staff/bundle.html", references=references, words=words)


@access("staff")
def bundle_file() -> Answer:
    """Give out the bundle, sealed under the words that the page before showed, or as it rests."""
    references, problem = _ticked()
    if problem:
        return show_queue(problem=problem), 422
    held, staff = runtime(), at_work()
    places = {team.id: Places(team.name, area_name(team.area_id)) for team in staff.teams}
    words = request.form.get("words", "")[:LONGEST_WORDS]
    try:
        if words:
            made = make_bundle(held.engine, staff, references, words, places=places, now=held.now())
        else:
            made = make_sealed_bundle(held.engine, staff, references, places=places, now=held.now())
    except NotYours:
        abort(404)
    except NotACode:
        abort(400)
    except (MoveRefused, SealBroken):
        return show_queue(problem=_(ONE_BY_ONE)), 409
    return download(made, "referrals.dsr-bundle", "application/octet-stream")


TICK_FEWER = N_number("Tick at most %(count)s referral at once.", "Tick at most %(count)s referrals at once.", "count")


def _ticked() -> tuple[list[str], str]:
    """Return the references that were ticked, or what is wrong with them."""
    ticked = list(dict.fromkeys(request.form.getlist("reference")))
    if not ticked:
        return [], _("Tick the referrals that you want to collect.")
    if len(ticked) > MOST_AT_ONCE:
        return [], _(TICK_FEWER, count=MOST_AT_ONCE)
    return [named(each) for each in ticked], ""


@access("staff")
def confirm(reference: str) -> Answer:
    """Mark a referral as collected and checked, by the code in the copy."""
    held, typed = runtime(), request.form.get("confirmation", "")[:100]
    return act_on(
        reference,
        lambda: confirm_by_code(
            held.engine, at_work(), named(reference), typed, held.now(), pepper=held.settings.pepper
        ),
        {
            NotACode: ("confirmation", _("Enter the code of six letters and numbers from the copy")),
            WrongCode: (
                "confirmation",
                _("This is not the code in this referral’s copy. Check that the copy is of this referral, and whole"),
            ),
        },
    )


def opened(taken: Taken) -> Referral:
    """Return a referral with what stands on its outside and the code that confirms it."""
    sealed, held = taken.sealed, runtime()
    team = next(team for team in at_work().teams if team.id == sealed.team_id)
    return read_referral(
        taken.content,
        CoverSheet(
            reference=sealed.reference,
            received=sealed.received_at.astimezone(LONDON),
            team_id=sealed.team_id,
            team=team.name,
            area=area_name(team.area_id),
            envelope_id=taken.envelope_id,
            exported=held.london(),
            code=taken.code,
        ),
    )


def area_name(area_id: str) -> str:
    """Return an area's name."""
    area = runtime().areas.get(area_id)
    return area_id if area is None else area.name


def download(content: bytes, name: str, kind: str) -> Response:
    """Return a file that no cache keeps, named by the reference alone."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, content_type=kind, headers=headers)
