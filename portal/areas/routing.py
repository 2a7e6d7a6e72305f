"""Which team receives this person's referral, or where to send them instead, and why. Pure: no clock, no files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from portal.areas.ages import ADULT, UNDER_18, Ages
from portal.areas.area import Area, Areas, Rule, Signpost
from portal.areas.sentences import ELSEWHERE as ELSEWHERE_WHY
from portal.domain.answers import ELSEWHERE, NONE_OF_THESE, AgeBand, FindsTeam
from portal.domain.facts import Facts

NOTHING_KNOWN: Mapping[str, str] = {}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A team, a signpost, or the next question that must be answered first.

    `rule` names the area's rule that decided, `ages` those that it is for, where it tells them apart; `age` is the
    person's own group on the day.
    `reason` speaks to the person, `reason_helper` of the person, to helpers and staff.
    """

    kind: Literal["team", "signpost", "ask"]
    area_id: str | None = None
    team_id: str | None = None
    signpost: Signpost | None = None
    register: str | None = None
    rule: str | None = None
    ages: Ages | None = None
    age: Ages | None = None
    reason: str = ""
    reason_helper: str = ""
    ask: str | None = None


@dataclass(frozen=True)
class Case:
    """What an area's rules look at: the home council, the age group, and the answers to local questions."""

    council: str
    ages: Ages | None = None
    ask_age: str = FindsTeam.BIRTH_DATE
    answers: Mapping[str, str] = field(default_factory=dict)


def choose_team(
    areas: Areas, facts: Facts, *, candidates: Sequence[str] | None = None, known: Mapping[str, str] = NOTHING_KNOWN
) -> Outcome:
    """Return the team that receives this referral, and why, on the day of these facts: the day of sending.

    `candidates` are the councils that the postcode may lie in, where that is known: none means that the area is asked
    at once. `known` are the local questions that the official files answer; what the form says stands above them.
    """
    home = _home(areas, facts, candidates)
    if isinstance(home, Outcome):
        return home
    area = areas.of_council(home)
    if area is None:
        return _elsewhere(areas)
    return choose_within(area, _case(area, home, facts, known))


def choose_within(area: Area, case: Case) -> Outcome:
    """Walk the rules of one area: the first that fits decides, or the first open question is asked."""
    for rule in area.rules:
        if not rule.concerns(case.council):
            continue
        if rule.ages is not None and case.ages is None:
            return _ask(case.ask_age, area)
        if rule.ages not in (None, case.ages):
            continue
        unanswered = [key for key in rule.answers if key not in case.answers]
        if unanswered:
            return _ask(unanswered[0], area)
        if all(case.answers[key] == value for key, value in rule.answers.items()):
            return _decided(area, rule, case)
    raise LookupError(f"{area.file}: no rule of {area.name} fits {case}")


def local_questions(areas: Areas, council_code: str) -> frozenset[str]:
    """Return the area questions that a home in this council is asked."""
    area = areas.of_council(council_code)
    if area is None:
        return frozenset()
    return frozenset(question.key for question in area.asked_in(council_code))


@dataclass(frozen=True)
class Codes:
    """What the official files say of a home and of a GP surgery: sub-ICB locations and councils, where known."""

    home: tuple[str, ...] = ()
    surgery: tuple[str, ...] = ()


def known_answers(areas: Areas, council_code: str, codes: Codes, *, confirmed: bool) -> dict[str, str]:
    """Return what the official files answer of the local questions of this home.

    `confirmed`: with those answers that the person is asked to confirm.
    """
    area = areas.of_council(council_code)
    if area is None:
        return {}
    found = {}
    for question in area.asked_in(council_code):
        told = _by_code(question.by_surgery, codes.surgery) or _by_code(question.by_home, codes.home)
        if told and (confirmed or not question.confirm_hint):
            found[question.key] = told
    return found


def _by_code(answers: Mapping[str, str], codes: tuple[str, ...]) -> str | None:
    known = next((answers[code] for code in codes if code in answers), None)
    return known or (answers.get("other") if codes else None)


def registers_of(area: Area) -> tuple[str, ...]:
    """Return the names of the registers kept behind one team, in order; none where there is one register."""
    if area.registers is None:
        return ()
    councils = [council.name for council in area.councils] if "council" in area.registers else [""]
    groups = [UNDER_18.name(), ADULT.name()] if "age" in area.registers else [""]
    return tuple(", ".join(filter(None, (council, group))) for council in councils for group in groups)


def age_group(facts: Facts) -> Ages | None:
    """Return under 18 or adult on the day; None where nothing tells."""
    band = facts.age_band()
    return None if band is None else ADULT if band is AgeBand.ADULT else UNDER_18


def _home(areas: Areas, facts: Facts, candidates: Sequence[str] | None) -> str | Outcome:
    """Return the code of the home council, or the outcome where there is none (yet)."""
    council = facts.candidate()
    if council and council != NONE_OF_THESE:
        return council
    if council or facts.area():
        return _home_by_area(areas, facts)
    if not (facts.postcode() or facts.why_no_postcode()):
        return _ask(FindsTeam.POSTCODE)
    has_candidates = candidates is None or len(candidates) > 0
    return _ask(FindsTeam.COUNCIL if facts.postcode() and has_candidates else FindsTeam.AREA)


def _home_by_area(areas: Areas, facts: Facts) -> str | Outcome:
    area_id = facts.area()
    if area_id == ELSEWHERE:
        return _elsewhere(areas)
    if area_id not in areas:
        return _ask(FindsTeam.AREA)
    council = facts.area_council()
    if not council:
        return _ask(FindsTeam.AREA_COUNCIL, areas[area_id])
    return _elsewhere(areas) if council == NONE_OF_THESE else council


def _case(area: Area, council: str, facts: Facts, known: Mapping[str, str]) -> Case:
    local = {each.key: facts.text(each.key) or known.get(each.key, "") for each in area.questions}
    allowed = {each.key: each.answers for each in area.questions}
    usable = {key: value for key, value in local.items() if value in allowed[key]}
    ask_age = FindsTeam.AGE_BAND if facts.birth_date_unknown() else FindsTeam.BIRTH_DATE
    return Case(council, age_group(facts), ask_age, usable)


def _decided(area: Area, rule: Rule, case: Case) -> Outcome:
    council = area.council(case.council)
    name = council.in_a_sentence if council else ""
    decided = Outcome(
        kind="team",
        area_id=area.id,
        rule=rule.name,
        ages=rule.ages,
        age=case.ages,
        reason=rule.why.replace("{council}", name),
        reason_helper=rule.why_helper.replace("{council}", name),
    )
    if rule.signpost is not None:
        return replace(decided, kind="signpost", signpost=area.signpost(rule.signpost))
    if area.registers and "age" in area.registers and case.ages is None:
        return _ask(case.ask_age, area)
    return replace(decided, team_id=rule.team, register=_register(area, case))


def _register(area: Area, case: Case) -> str | None:
    if area.registers is None:
        return None
    council = area.council(case.council)
    parts = {"council": council.name if council else "", "age": case.ages.name() if case.ages else ""}
    return ", ".join(parts[part] for part in ("council", "age") if part in area.registers)


def _elsewhere(areas: Areas) -> Outcome:
    return Outcome(
        kind="signpost",
        signpost=areas.national.elsewhere,
        reason=ELSEWHERE_WHY[0],
        reason_helper=ELSEWHERE_WHY[1],
    )


def _ask(question: str, area: Area | None = None) -> Outcome:
    return Outcome(kind="ask", area_id=area.id if area else None, ask=question)
