"""Sending: the complete walk becomes a sealed referral, and its receipt the "sent" page."""

from dataclasses import dataclass
from datetime import date

from portal.areas.explain_routing import steps_to_team
from portal.domain.counting import Counted
from portal.domain.follow_up import NOTHING_TOLD, Code, Holder, Right, Told, holders_of, told_of
from portal.domain.submission import Submission
from portal.domain.working_days import add_working_days
from portal.drafts.receipt import Receipt
from portal.form.document import make_document, schema_hash
from portal.form.questions import FORM_VERSION
from portal.form.walk import Walk
from portal.jobs.bank_holidays import bank_holidays
from portal.referrals.submit import DraftGone, submit_referral
from portal.web.form.state import FormState
from portal.web.frame.languages import lang, level
from portal.web.frame.runtime import runtime


@dataclass(frozen=True)
class SentView:
    """What the sent page says: reference, team, by when where that was promised, and the codes to come back with.

    `told` is what else these pages go by.
    """

    reference: str
    team: str
    answer_by: date | None
    codes: tuple[Code, ...] = ()
    answered: tuple[str, ...] = ()
    told: Told = NOTHING_TOLD

    @property
    def was_helped(self) -> bool:
        """Whether somebody sent this for another person."""
        return any(code.holder is not Holder.YOU for code in self.codes)

    @property
    def for_the_person(self) -> Code | None:
        """The code that the person themselves may have, after somebody helped them; None where a parent keeps it."""
        theirs = (Holder.PERSON, Holder.CHILD_OR_PARENT, Holder.CHILD_OR_HELPER)
        return next((code for code in self.codes if code.holder in theirs), None)

    @property
    def can_say_no(self) -> bool:
        """Whether that code takes consent back."""
        return self.for_the_person is not None and self.for_the_person.right is Right.FULL


def send(state: FormState, found: Walk) -> Receipt:
    """Seal the answers for their team. Raises TeamNotReady, or DraftGone where there is nothing to send."""
    if state.secret is None:
        raise DraftGone("there are no answers to send")
    held = runtime()
    submission = submission_of(found)
    return submit_referral(
        held.engine,
        state.secret,
        submission,
        pepper=held.settings.pepper,
        now=held.now(),
        code_words=held.code_words.get(lang()),
    )


def submission_of(found: Walk) -> Submission:
    """Return what is sent of a complete form: for which team, the document, and what may be known outside its seal."""
    held, facts = runtime(), found.facts
    outcome = held.guide.outcome(facts)
    if outcome.team_id is None or outcome.area_id is None:
        raise LookupError("a complete form has a team; portal areas check finds the gap")
    routing = {
        "team": outcome.team_id,
        "area": outcome.area_id,
        "reason": outcome.reason_helper,
        "rule": outcome.rule,
        "steps": steps_to_team(held.areas, facts, held.guide.evidence(facts), outcome),
        "register": outcome.register,
        "council": facts.council(),
    }
    return Submission(
        team_id=outcome.team_id,
        area_id=outcome.area_id,
        document=make_document(found, held.form, lang=lang(), level=level(), routing=routing),
        form_version=FORM_VERSION,
        schema_hash=schema_hash(held.form),
        due_on=due_on(outcome.area_id),
        counted=Counted(is_adult=facts.is_adult(), is_helped=facts.is_helper()),
        holders=holders_of(facts),
        answered=found.sections,
        told=told_of(facts),
    )


def due_on(area_id: str) -> date | None:
    """Return the day by which an area promises to answer what is sent today, if it promises one."""
    held = runtime()
    promise = held.areas[area_id].promise("referral")
    return add_working_days(held.today(), promise.working_days, bank_holidays()) if promise else None


def sent_view(receipt: Receipt) -> SentView:
    """Return the sent page's facts from the receipt."""
    team = runtime().areas.team(receipt.team_id)
    return SentView(receipt.reference, team.name, receipt.due_on, receipt.codes, receipt.answered, receipt.told)
