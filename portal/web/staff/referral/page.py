"""One referral on the staff's side: look at it, act on it, and show it with what stood in the way."""

import secrets
from collections.abc import Callable, Mapping
from typing import cast

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.database.engine import reading
from portal.domain.referral import MOVES, OPEN, OVER, SETTLED, MoveRefused, State
from portal.form.question import N_
from portal.referrals.add_note import LONGEST_NOTE, notes_of
from portal.referrals.offers import get_offer
from portal.referrals.open import Found, NotYours, look_at
from portal.referrals.queries import ChangedMeanwhile
from portal.referrals.retention import is_confirmed
from portal.referrals.worklist import taken_by
from portal.sealing.codes import NotACode, parse_reference
from portal.sealing.keys import SealBroken
from portal.teams.queries import names_of_teams
from portal.teams.staff import KeyNotHeld
from portal.web.frame.fields import FieldView
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.staff.formatting import due_words, moment_words, state_words
from portal.web.staff.guard import at_work
from portal.web.staff.referral.letter import letter_of
from portal.web.staff.referral.messages import message_views, shown_rows, tell_view

DOES_NOT_OPEN = N_("This referral does not open. Keep it, and tell whoever runs this service.")
CHANGED = N_("A colleague changed this referral while you had it open. Look at it again.")
NOTHING_HERE = N_("The sealed copy of this referral was erased. There is nothing to open or change here any more.")
NEVER = -1
"""No referral has this version."""
Answer = Response | str | tuple[str, int]


def version_seen() -> int:
    """Return the version of the referral that the page showed; one that says none is out of date."""
    seen = request.form.get("version", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else NEVER


def act_on(reference: str, act: Callable[[], object]) -> Answer:
    """Do it and go back to the referral, or show the referral with what stood in the way."""
    try:
        act()
    except NotYours:
        abort(404)
    except (ChangedMeanwhile, MoveRefused):
        return show(reference, _(CHANGED) if look(reference).sealed.envelope else _(NOTHING_HERE)), 409
    except SealBroken as fault:
        return show(reference, seal_words(fault)), 409
    return redirect(url_for("staff.referral", reference=reference), 303)


def look(reference: str) -> Found:
    """Return a referral of the member's own teams; any other is not found."""
    try:
        return look_at(runtime().engine, at_work(), named(reference))
    except NotYours:
        abort(404)


def show(reference: str, problem: str = "", errors: Mapping[str, str] | None = None, note: str = "") -> str:
    """Return the page of a referral; `errors` are by the id of their field, `note` is what was typed into it.

    An error of a field that the page does not show, since the referral is sealed or erased, is told as a problem.
    """
    found, errors = look(reference), errors or {}
    state = State(found.sealed.state)
    with reading(runtime().engine) as session:
        holder = taken_by(session, reference)
        offer, names = get_offer(session, reference), names_of_teams(session)
        is_checked = is_confirmed(session, reference)
    is_open, is_mine = state in OPEN, holder is not None and holder[0] == at_work().member_id
    taken_name = None if holder is None else holder[1]
    offered_to = "" if offer is None else names[offer.to_team]
    is_here = bool(found.sealed.envelope) and state not in OVER
    team = next(team for team in at_work().teams if team.id == found.sealed.team_id)
    fields = _fields_of(found, is_here=is_here, is_checked=is_checked)
    if not errors.keys() <= fields:
        first = _("The copy was checked already.") if "confirmation" in errors else _("Open this referral first.")
        problem = problem or (first if is_here else _(NOTHING_HERE))
        errors = {name: text for name, text in errors.items() if name in fields}
    return render_template(
        "staff/referral.html",
        sealed=found.sealed,
        rows=_facts(found, taken_name, offered_to, is_checked=is_checked),
        letter=None if found.content is None else letter_of(found.content),
        problem=problem or (_(DOES_NOT_OPEN) if found.is_broken else ""),
        can_take=is_here and not (is_open and is_mine),
        can_give_back=is_here and is_open and is_mine,
        is_open=is_open,
        taken_name=taken_name,
        offered_to=offered_to,
        can_collect=is_here and State.COLLECTED in MOVES[state],
        can_close=is_here and State.CLOSED in MOVES[state],
        is_here=is_here,
        is_checked=is_checked,
        is_offline=team.is_offline,
        confirmation=_confirmation(errors.get("confirmation", "")),
        notes=[
            (moment_words(each.at), each.by, each.text) for each in notes_of(runtime().engine, at_work(), reference)
        ],
        note=_note(note, errors.get("note", "")),
        once=secrets.token_urlsafe(12),
        messages=message_views(found.messages),
        unread=found.unread if found.content is not None else 0,
        shown=shown_rows(found.news),
        tell=tell_view(errors.get("news", "")),
        errors=[{"text": text, "href": f"#{name}"} for name, text in errors.items()],
        has_errors=bool(errors),
    )


def named(reference: str) -> str:
    """Return the reference as ours are written; anything else is not found."""
    try:
        meant = parse_reference(reference)
    except NotACode:
        abort(404)
    return meant if meant == reference else cast(str, abort(404))


def seal_words(fault: SealBroken) -> str:
    """Return why a seal did not open."""
    if isinstance(fault, KeyNotHeld):
        return _("Your team's key has not been shared with you yet. Ask a colleague to open this referral.")
    return _(DOES_NOT_OPEN)


def _fields_of(found: Found, *, is_here: bool, is_checked: bool) -> set[str]:
    """Return the ids of the fields that the page of this referral has."""
    if not is_here:
        return set()
    return {"news"} | ({"note"} if found.content is not None else set()) | (set() if is_checked else {"confirmation"})


def _note(typed: str, error: str) -> FieldView:
    hint = _("Sealed for your team, as the referral is. The person does not see it.")
    return FieldView("note", "note", "textarea", _("Add a note"), hint, typed, error=error, max_length=LONGEST_NOTE)


def _confirmation(error: str) -> FieldView:
    hint = _("It stands in every copy that you take out: six letters and numbers, such as 4KM-7X2.")
    label = _("Confirmation code")
    return FieldView("confirmation", "confirmation", "text", label, hint, error=error, spellcheck=False, width=10)


def _facts(found: Found, taken_name: str | None, offered_to: str, *, is_checked: bool) -> list[dict[str, str]]:
    sealed = found.sealed
    team = next(team.name for team in at_work().teams if team.id == sealed.team_id)
    is_done = sealed.state in SETTLED
    if not sealed.envelope:
        return [
            {"key": _("Team"), "value": team},
            {"key": _("Received"), "value": moment_words(sealed.received_at)},
            {"key": _("State"), "value": state_words(sealed.state)},
        ]
    return [
        {"key": _("Team"), "value": team},
        {"key": _("Received"), "value": moment_words(sealed.received_at)},
        {"key": _("Contact the person"), "value": due_words(sealed.due_on, runtime().today(), is_done=is_done)},
        {"key": _("State"), "value": state_words(sealed.state) + (_(". The copy was checked") if is_checked else "")},
        *([{"key": _("On offer to"), "value": offered_to}] if offered_to else []),
        {"key": _("Taken by"), "value": taken_name or _("Nobody")},
        {"key": _("Envelope"), "value": found.envelope_id[:16]},
    ]
