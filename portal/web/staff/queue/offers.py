"""Between teams: offer a referral, read an offer, take it or send it back."""

from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.referrals.answer_offer import OpenItFirst, look_at_offer, open_offer, send_back, take_offer
from portal.referrals.faults import ChangedMeanwhile, MoveRefused, NotOffered, NotYours, SealBroken
from portal.referrals.offer_transfer import (
    REASONS,
    Offer,
    TeamCannotTake,
    between_teams,
    offer_transfer,
    teams_for_offer,
    withdraw_offer,
)
from portal.teams.look import team_names
from portal.web.frame.access import access
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.staff.formatting import moment_words
from portal.web.staff.forms import OfferForm, among, shown
from portal.web.staff.guard import at_work
from portal.web.staff.referral.letter import letter_of

Answer = Response | str | tuple[str, int]


def add_offer_pages(staff: Blueprint) -> None:
    """Add the pages."""
    staff.add_url_rule("/offers", "offers", offers)
    staff.add_url_rule("/offers/<reference>", "offer", offer)
    staff.add_url_rule("/offers/<reference>/<act>", "answer_offer", answer, methods=["POST"])
    staff.add_url_rule("/referrals/<reference>/offer", "offer_referral", offer_referral, methods=["GET", "POST"])


@access("staff")
def offers() -> Answer:
    """List what other teams offer, and what the member's teams have offered."""
    staff = at_work()
    every, names = between_teams(runtime().engine, staff)
    incoming = [_row(each, names) for each in every if each.to_team in staff.team_ids]
    outgoing = [_row(each, names) for each in every if each.from_team in staff.team_ids]
    return render_template("staff/offers.html", incoming=incoming, outgoing=outgoing)


@access("staff")
def offer(reference: str) -> Answer:
    """Show an offer: sealed, or as a letter where this session has opened it."""
    return _shown(reference)


@access("staff")
def answer(reference: str, act: str) -> Answer:
    """Open, take, send back or withdraw."""
    acts: dict[str, Callable[[], None]] = {
        "open": lambda: open_offer(runtime().engine, at_work(), reference, runtime().now()),
        "take": lambda: take_offer(runtime().engine, at_work(), reference, runtime().now()),
        "send-back": lambda: send_back(runtime().engine, at_work(), reference, runtime().now()),
        "withdraw": lambda: withdraw_offer(runtime().engine, at_work(), reference, runtime().now()),
    }
    if act not in acts:
        abort(404)
    try:
        acts[act]()
    except NotOffered:
        abort(404)
    except OpenItFirst:
        return _shown(reference, _("Open it before you take it.")), 409
    except ChangedMeanwhile:
        return _shown(reference, _("A colleague changed this referral while you had it open. Look at it again.")), 409
    except SealBroken:
        return _shown(reference, _("It does not open for you. Ask a colleague who holds your team’s key.")), 409
    after = {"open": "staff.offer", "take": "staff.referral", "send-back": "staff.offers", "withdraw": "staff.offers"}
    if after[act] == "staff.offers":
        return redirect(url_for("staff.offers"), 303)
    return redirect(url_for(after[act], reference=reference), 303)


@access("staff")
def offer_referral(reference: str) -> Answer:
    """Choose the other team and the reason."""
    held, form = runtime(), OfferForm()
    try:
        among(form.team, teams_for_offer(held.engine, at_work(), reference))
    except NotYours:
        abort(404)
    among(form.reason, REASONS)
    if request.method == "POST" and form.validate():
        team, reason = form.team.data, form.reason.data
        try:
            offer_transfer(held.engine, at_work(), reference, team, reason=reason, now=held.now())
        except NotYours:
            abort(404)
        except (TeamCannotTake, MoveRefused, ValueError):
            form.blame(_("This referral cannot be offered to that team now"))
        except SealBroken:
            form.blame(_("It does not open for you. Ask a colleague who holds your team’s key"))
        else:
            return redirect(url_for("staff.offers"), 303)
    page = render_template("staff/offer_referral.html", reference=reference, **shown(form))
    return (page, 400) if form.summary else page


def _shown(reference: str, problem: str = "") -> str:
    try:
        found, content = look_at_offer(runtime().engine, at_work(), reference)
    except NotOffered:
        abort(404)
    except SealBroken:
        abort(409)
    names = team_names(runtime().engine)
    letter = None if content is None else letter_of(content)
    return render_template("staff/offer.html", offer=_row(found, names), letter=letter, problem=problem)


def _row(offer: Offer, names: dict[str, str]) -> dict[str, str]:
    return {
        "reference": offer.reference,
        "from": names[offer.from_team],
        "to": names[offer.to_team],
        "reason": _(REASONS.get(offer.reason, "")),
        "at": moment_words(offer.offered_at),
    }
