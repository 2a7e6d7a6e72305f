"""Why a referral came to its team, step by step, for its staff: postcode, council, local questions, age, rule."""

from collections.abc import Iterator
from datetime import date

from portal.areas.area import Areas
from portal.areas.residence import Evidence
from portal.areas.routing import Outcome
from portal.domain.answers import NONE_OF_THESE
from portal.domain.facts import Facts, Home
from portal.form.wording import Reader, Voice, day_in_english

FOR_STAFF = Voice(Reader.STAFF)
NO_POSTCODE = {
    "dont_know": "No postcode: it is not known.",
    "no_fixed_address": "No postcode: no fixed address.",
}


def steps_to_team(areas: Areas, facts: Facts, evidence: Evidence, outcome: Outcome) -> tuple[str, ...]:
    """Return the steps in words, in the order in which they decided on the day of these facts: the day of sending."""
    steps = [*_home(areas, facts, evidence), *_local(areas, facts, evidence), *_age(facts.today, outcome)]
    if outcome.area_id:
        area = areas[outcome.area_id]
        steps.append(f"Rule “{outcome.rule}” of {area.name}: {outcome.reason_helper.rstrip('.')}.")
    return tuple(steps)


def _home(areas: Areas, facts: Facts, evidence: Evidence) -> Iterator[str]:
    chosen, found = facts.candidate(), evidence.home
    if evidence.postcode:
        yield f"Home postcode: {evidence.postcode}."
    yield from (NO_POSTCODE[why] for why in facts.why_no_postcode() if why in NO_POSTCODE)
    if chosen and chosen != NONE_OF_THESE:
        name = _council_name(areas, chosen)
        yield f"Council: {name}. {_how(found)}" if found else f"Council: {name}, chosen by whoever filled in the form."
        return
    if found:
        yield f"The official files say {found.name}. Whoever filled in the form said that this is not right."
    if code := facts.area_council():
        yield f"Council: {_council_name(areas, code)}, chosen by whoever filled in the form."


def _how(found: Home) -> str:
    if not found.listed:
        return "No official file lists this postcode; homes near it are there. The form says that this is right."
    if found.ended:
        return "The postcode is no longer used; it was there. The form says that this is right."
    return "The official files place the postcode there, and the form says that this is right."


def _local(areas: Areas, facts: Facts, evidence: Evidence) -> Iterator[str]:
    for question in areas.questions:
        said, official = facts.text(question.key), evidence.known.get(question.key, "")
        if not said and not official:
            continue
        asked = question.question
        answer = FOR_STAFF.choice(asked.fields[0], said or official)
        yield f"{FOR_STAFF.ask(asked)} {answer}. {_source(said, official)}"


def _source(said: str, official: str) -> str:
    if not said:
        return "The official files say so, from the postcode or the GP surgery."
    if not official:
        return "The form says so."
    return "The form and the official files say so." if said == official else "The form says so; the files differ."


def _age(today: date, outcome: Outcome) -> Iterator[str]:
    if outcome.age:
        yield f"Age on the day of sending, {day_in_english(today)}: {outcome.age.name()}."


def _council_name(areas: Areas, code: str) -> str:
    council = areas.council(code)
    return council.name if council else code
