"""Where a person is in the form, and what its pages show."""

from typing import Any

from flask import g, url_for

from portal.domain.answers import AgeBand
from portal.drafts.receipt import Receipt
from portal.form.question import Question
from portal.form.walk import Walk, place_of, walk
from portal.web.form.state import FormState
from portal.web.form.summary import sections_of
from portal.web.frame.render import show_page as render_page
from portal.web.frame.runtime import runtime
from portal.web.frame.urgent import cards_for


def walk_now(state: FormState) -> Walk:
    """Walk along this person's answers, today."""
    held = runtime()
    found = walk(held.form.steps, state.answers, held.today(), held.guide)
    _know_home(found if found.facts.council() else place_now(state))
    return found


def place_now(state: FormState) -> Walk:
    """Walk along what tells of nobody: it finds the area, and so whom to ring, whatever else is not answered."""
    held = runtime()
    return walk(place_of(held.form.steps, state.answers), state.answers, held.today(), held.guide)


def _know_home(found: Walk) -> None:
    """Tell the page where home is, for local urgent help and what the area says."""
    g.council = found.facts.council()
    area = runtime().areas.of_council(g.council) if g.council else None
    g.area_id = area.id if area else None
    g.age_band = found.facts.age_band()


def know_home_of(receipt: Receipt) -> None:
    """Tell a page after sending where home is and how old the person is, for local urgent help."""
    told = receipt.told
    g.area_id, g.council = receipt.area_id, told.council or None
    g.age_band = AgeBand(told.age_band) if told.age_band else None


def page_data(found: Walk) -> dict[str, Any]:
    """Return what the inserts of the form's pages show."""
    held = runtime()
    home = held.areas.of_council(g.council) if g.get("council") else None
    outcome = held.guide.outcome(found.facts)
    professional = held.areas.get(found.facts.professional_area())
    return {
        "crisis": cards_for(g.get("area_id"), g.get("council"), g.get("age_band")),
        "home": home,
        "council": held.areas.council(g.council) if g.get("council") else None,
        "team": held.areas.team(outcome.team_id) if outcome.team_id else None,
        "outcome": outcome,
        "professional_area": professional,
        "answers_in_hand": sections_of(found),
        "helper": found.facts.is_helper(),
        "may_not_be_able": found.facts.may_need_someone_to_decide(),
        "child_needs_someone_responsible": found.facts.child_needs_someone_responsible(),
        "go_on_url": url_for("journey.go_on"),
        "ready": held.guide.ready(),
        "question_count": len(held.form.questions),
    }


def show_page(name: str, template: str = "journey/page.html", **data: Any) -> str:
    """Render one of the form's own pages."""
    return render_page(name, template=template, **data)


def url_of(question: Question) -> str:
    """Return a question's address."""
    return url_for("journey.step", slug=question.key.replace("_", "-"))


def url_of_next(found: Walk) -> str:
    """Return where a person is now."""
    if found.stop:
        return url_for("journey.step", slug=found.stop.key)
    return url_of(found.next) if found.next else url_for("journey.check_answers")
