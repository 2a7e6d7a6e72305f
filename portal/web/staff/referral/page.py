"""One referral on the staff's side: look at it, act on it, and show it with what stood in the way."""

import secrets
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import cast

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.referral import OPEN, OVER, SETTLED, State
from portal.form.question import N_
from portal.referrals.acts import Act, is_reference
from portal.referrals.add_note import LONGEST_NOTE
from portal.referrals.faults import ChangedMeanwhile, KeyNotHeld, MoveRefused, NotYours, SealBroken
from portal.referrals.open import Found, look_at
from portal.web.frame.access import access
from portal.web.frame.fields import FieldView
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.staff.formatting import due_words, moment_words, state_words
from portal.web.staff.guard import at_work
from portal.web.staff.referral.letter import letter_of
from portal.web.staff.referral.messages import message_views, shown_rows, tell_view
from portal.web.staff.roles import for_roles

DOES_NOT_OPEN = N_("This referral does not open. Keep it, and tell whoever runs this service.")
CHANGED = N_("A colleague changed this referral while you had it open. Look at it again.")
NOTHING_HERE = N_("The sealed copy of this referral was erased. There is nothing to open or change here any more.")
NEVER = -1
"""No referral has this version."""
NONE: Mapping[type[Exception], tuple[str, str]] = MappingProxyType({})
Answer = Response | str | tuple[str, int]


def version_seen() -> int:
    """Return the version of the referral that the page showed; one that says none is out of date."""
    seen = request.form.get("version", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else NEVER


def act_view(act: Act, do: Callable[..., object]) -> Callable[[str], Answer]:
    """Return the view of an act that needs nothing but the button: do it, and show the referral again."""

    @access("staff")
    @for_roles(*act.who)
    def view(reference: str) -> Answer:
        seen = {"version": version_seen()} if act.by_version else {}
        return act_on(reference, lambda: do(runtime().engine, at_work(), named(reference), runtime().now(), **seen))

    return view


def act_on(
    reference: str, act: Callable[[], object], faults: Mapping[type[Exception], tuple[str, str]] = NONE, note: str = ""
) -> Answer:
    """Do it and go back to the referral, or show the referral with what stood in the way.

    `faults` are what else it may raise, with the id of the field and the words beside it.
    """
    try:
        done = act()
    except NotYours:
        abort(404)
    except tuple(faults) as fault:
        field, words = next(told for kind, told in faults.items() if isinstance(fault, kind))
        return show(reference, errors={field: words}, note=note), 422
    except (ChangedMeanwhile, MoveRefused):
        return show(reference, _(CHANGED) if look(reference).sealed.envelope else _(NOTHING_HERE)), 409
    except SealBroken as fault:
        return show(reference, seal_words(fault)), 409
    return done if isinstance(done, Response) else redirect(url_for("staff.referral", reference=reference), 303)


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
    is_here = bool(found.sealed.envelope) and state not in OVER
    team = next(team for team in at_work().teams if team.id == found.sealed.team_id)
    fields = _fields_of(found)
    if not errors.keys() <= fields:
        first = _("The copy was checked already.") if "confirmation" in errors else _("Open this referral first.")
        problem = problem or (first if is_here else _(NOTHING_HERE))
        errors = {name: text for name, text in errors.items() if name in fields}
    return render_template(
        "staff/referral.html",
        sealed=found.sealed,
        found=found,
        may=found.may,
        rows=_facts(found, team.name),
        letter=None if found.content is None else letter_of(found.content),
        problem=problem or (_(DOES_NOT_OPEN) if found.is_broken else ""),
        is_open=state in OPEN,
        is_here=is_here,
        is_offline=team.is_offline,
        confirmation=_confirmation(errors.get("confirmation", "")),
        notes=[(moment_words(each.at), each.by, each.text) for each in found.notes],
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
    return reference if is_reference(reference) else cast(str, abort(404))


def seal_words(fault: SealBroken) -> str:
    """Return why a seal did not open."""
    if isinstance(fault, KeyNotHeld):
        return _("Your team's key has not been shared with you yet. Ask a colleague to open this referral.")
    return _(DOES_NOT_OPEN)


def _fields_of(found: Found) -> set[str]:
    """Return the ids of the fields that the page of this referral has."""
    of_acts = {"tell": "news", "note": "note", "confirm": "confirmation"}
    return {of_acts[act] for act in found.may & of_acts.keys()} - (set() if found.content is not None else {"note"})


def _note(typed: str, error: str) -> FieldView:
    hint = _("Sealed for your team, as the referral is. The person does not see it.")
    return FieldView("note", "note", "textarea", _("Add a note"), hint, typed, error=error, max_length=LONGEST_NOTE)


def _confirmation(error: str) -> FieldView:
    hint = _("It stands in every copy that you take out: six letters and numbers, such as 4KM-7X2.")
    label = _("Confirmation code")
    return FieldView("confirmation", "confirmation", "text", label, hint, error=error, spellcheck=False, width=10)


def _facts(found: Found, team: str) -> list[dict[str, str]]:
    sealed, is_done = found.sealed, found.sealed.state in SETTLED
    state, received = state_words(sealed.state), moment_words(sealed.received_at)
    facts = {_("Team"): team, _("Received"): received, _("State"): state}
    if sealed.envelope:
        facts = {
            _("Team"): team,
            _("Received"): received,
            _("Contact the person"): due_words(sealed.due_on, runtime().today(), is_done=is_done),
            _("State"): state + (_(". The copy was checked") if found.is_checked else ""),
            _("On offer to"): found.offered_to,
            _("Taken by"): found.taken_by or _("Nobody"),
            _("Envelope"): found.envelope_id[:16],
        }
    return [{"key": key, "value": value} for key, value in facts.items() if value]
