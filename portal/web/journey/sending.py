"""Sending: the complete walk becomes a sealed referral, and its receipt the "sent" page."""

from dataclasses import dataclass
from datetime import date

from portal.actions.bank_holidays import bank_holidays
from portal.actions.submit_referral import DraftGone, Receipt, submit_referral
from portal.domain.working_days import add_working_days
from portal.journey.document import make_document, schema_hash
from portal.journey.path import Walk
from portal.journey.questions import FORM_VERSION
from portal.web.journey.state import State
from portal.web.languages import lang, level
from portal.web.runtime import runtime


@dataclass(frozen=True)
class SentView:
    """What the sent page says: reference, team, and by when where that was promised."""

    reference: str
    team: str
    answer_by: date | None


def send(state: State, found: Walk) -> Receipt:
    """Seal the answers for their team. Raises TeamNotReady, or DraftGone where there is nothing to send."""
    held = runtime()
    if state.secret is None:
        raise DraftGone("there are no answers to send")
    outcome = held.guide.outcome(found.answers, held.today())
    if outcome.team_id is None or outcome.area_id is None:
        raise LookupError("a complete form has a team; portal areas check finds the gap")
    routing = {
        "team": outcome.team_id,
        "area": outcome.area_id,
        "reason": outcome.reason,
        "register": outcome.register,
        "council": found.facts.council(),
    }
    promise = held.areas[outcome.area_id].promise("referral")
    due_on = add_working_days(held.today(), promise.working_days, bank_holidays()) if promise else None
    return submit_referral(
        held.engine,
        secret=state.secret,
        team_id=outcome.team_id,
        area_id=outcome.area_id,
        document=make_document(found, lang=lang(), level=level(), routing=routing),
        form_version=FORM_VERSION,
        schema_hash=schema_hash(),
        due_on=due_on,
        now=held.now(),
    )


def sent_view(receipt: Receipt) -> SentView:
    """Return the sent page's facts from the receipt."""
    team = runtime().areas.team(receipt.team_id)
    return SentView(receipt.reference, team.name, receipt.due_on)
