"""What can be chosen: declared with the question, or found from the answers before."""

from collections.abc import Sequence

from portal.domain.answers import DONT_KNOW, ELSEWHERE, NONE_OF_THESE, NOT_LISTED, Answer
from portal.domain.facts import Facts
from portal.form.question import N_, Choice, ChoicesFrom, Field

SURGERY_NOT_LISTED = Choice(NOT_LISTED, N_("My surgery is not in this list"), divider_before=True)
NOTHING: Answer = {}


def choices_of(each: Field, facts: Facts, answer: Answer = NOTHING) -> Sequence[Choice]:
    """Return the choices of a field; some depend on the answers before, and those of surgeries on this very answer."""
    if each.choices_from is None:
        return each.choices
    if each.choices_from is ChoicesFrom.SURGERIES:
        return _surgeries(each, facts, answer)
    home = facts.home() if each.choices_from is ChoicesFrom.CANDIDATES else None
    if home is not None:
        return [Choice(home.council, N_("Yes"), easy="yes"), Choice(NONE_OF_THESE, N_("No"))]
    if each.choices_from is ChoicesFrom.AREAS:
        options = facts.guide.areas()
        last = [
            Choice(ELSEWHERE, N_("Somewhere else in England"), divider_before=True),
            Choice(DONT_KNOW, N_("I do not know")),
        ]
    else:
        last = [Choice(NONE_OF_THESE, N_("None of these"), divider_before=True)]
        if each.choices_from is ChoicesFrom.CANDIDATES:
            options = facts.guide.candidates(facts.postcode())
        else:
            options = facts.guide.councils_of(facts.area())
    return [*(Choice(option.value, option.label) for option in options), *last]


def choice_of(each: Field, value: str, facts: Facts) -> Choice | None:
    """Return one choice by its value; a surgery by its code, whatever was typed to find it."""
    if each.choices_from is not ChoicesFrom.SURGERIES:
        return next((choice for choice in choices_of(each, facts) if choice.value == value), None)
    if value == NOT_LISTED:
        return SURGERY_NOT_LISTED
    surgery = facts.guide.surgery(value)
    return Choice(surgery.value, surgery.label) if surgery else None


def _surgeries(each: Field, facts: Facts, answer: Answer) -> Sequence[Choice]:
    """Return the surgeries that fit what was typed, with the one chosen before."""
    typed, chosen = (str(answer.get(name, "")) for name in (each.finds, each.name))
    found = {option.value: option.label for option in facts.guide.surgeries(typed, facts.postcode())}
    kept = facts.guide.surgery(chosen) if chosen and chosen not in found else None
    options = {kept.value: kept.label, **found} if kept else found
    return [*(Choice(*option) for option in options.items()), SURGERY_NOT_LISTED] if options else ()
