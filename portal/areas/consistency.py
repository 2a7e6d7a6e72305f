"""Faults that only show once a whole area, or all areas together, are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from portal.areas.ages import AGE_GROUPS
from portal.areas.area import Area, AreaFault
from portal.areas.routing import Case, Outcome, choose_within


def faults_within(area: Area) -> list[AreaFault]:
    """Return what does not fit together inside one area, having tried every council, age and answer."""
    first = [*_twice(area), *_questions_never_asked(area)]
    return first or [*_overlaps(area), *_gaps(area), *_unreached(area)]


def faults_between(areas: Sequence[Area]) -> list[AreaFault]:
    """Return a fault for each council or team that two areas claim on the same day, and each question of both."""
    return [
        AreaFault(area.file, field, f"“{name}” is in {other.file} too")
        for place, area in enumerate(areas)
        for other in areas[:place]
        for field, names in _shared(area, other).items()
        for name in sorted(names)
    ]


def _shared(area: Area, other: Area) -> dict[str, set[str]]:
    """Return what both claim on the same day; no two areas may ever ask different things under one key."""
    mine, theirs = _claims(area), _claims(other)
    shared = {field: mine[field] & theirs[field] for field in mine if area.ever_beside(other)}
    asked = {each.key: each.question for each in other.questions}
    differ = {each.key for each in area.questions if each.key in asked and asked[each.key] != each.question}
    return {**shared, "questions": differ}


def _claims(area: Area) -> dict[str, set[str]]:
    return {
        "id": {area.id},
        "councils": {council.code for council in area.councils},
        "teams": {team.id for team in area.teams},
    }


def every_case(area: Area) -> Iterator[Case]:
    """Yield every home council with each age group and all answers to the questions asked there."""
    for council, ages in product(area.councils, AGE_GROUPS):
        asked = area.asked_in(council.code)
        keys = [question.key for question in asked]
        for chosen in product(*(question.answers for question in asked)):
            yield Case(council.code, ages, answers=dict(zip(keys, chosen, strict=True)))


def _twice(area: Area) -> Iterator[AreaFault]:
    lists: dict[str, Iterable[str]] = {
        "councils": (council.code for council in area.councils),
        "teams": (team.id for team in area.teams),
        "signposts": (signpost.id for signpost in area.signposts),
        "rules": (rule.name for rule in area.rules),
        "questions": (question.key for question in area.questions),
        "crisis_lines": (line.id for line in area.crisis_lines),
    }
    for field, names in lists.items():
        for name, count in Counter(names).items():
            if count > 1:
                yield AreaFault(area.file, field, f"“{name}” is there {count} times")


def _questions_never_asked(area: Area) -> Iterator[AreaFault]:
    """A rule may hinge only on a question that is asked in each of its councils."""
    for place, rule in enumerate(area.rules, 1):
        councils = rule.councils or {council.code for council in area.councils}
        for key in rule.answers:
            if unasked := sorted(code for code in councils if key not in {each.key for each in area.asked_in(code)}):
                why = f"“{key}” is not asked in {_names(area, unasked)}: see [[questions]]"
                yield AreaFault(area.file, f"rules[{place}].answers", why)


def _overlaps(area: Area) -> Iterator[AreaFault]:
    """Two teams for the same home and age need a rule with an answer that tells them apart."""
    for place, team in enumerate(area.teams):
        for other in area.teams[place + 1 :]:
            shared = sorted(team.councils & other.councils)
            if (
                shared
                and team.ages.overlap(other.ages)
                and not (_by_answer(area, team.id) and _by_answer(area, other.id))
            ):
                why = f"overlap: “{team.id}” and “{other.id}” both take {_names(area, shared)}, {team.ages.name()}"
                yield AreaFault(area.file, "teams.ages", why)


def _by_answer(area: Area, team_id: str) -> bool:
    return any(rule.answers for rule in area.rules if rule.team == team_id)


def _gaps(area: Area) -> Iterator[AreaFault]:
    for case in every_case(area):
        outcome = _outcome(area, case)
        if outcome is None:
            yield AreaFault(area.file, "rules", f"no rule says where {_words(area, case)} goes")
        elif outcome.kind == "ask":
            yield AreaFault(area.file, "rules", f"{_words(area, case)} is asked “{outcome.ask}” without end")
        elif outcome.team_id is not None:
            team = area.team(outcome.team_id)
            if case.council not in team.councils or case.ages is None or not team.ages.overlap(case.ages):
                why = f"{_words(area, case)} goes to “{team.id}”, which does not say that it takes them"
                yield AreaFault(area.file, "teams", why)


def _unreached(area: Area) -> Iterator[AreaFault]:
    outcomes = [(case, _outcome(area, case)) for case in every_case(area)]
    reached = {
        (outcome.team_id, case.council, case.ages)
        for case, outcome in outcomes
        if outcome is not None and outcome.team_id
    }
    for team in area.teams:
        for code, ages in product(sorted(team.councils), AGE_GROUPS):
            if team.ages.overlap(ages) and (team.id, code, ages) not in reached:
                why = f"“{team.id}” takes {_names(area, [code])}, {ages.name()}, but no rule sends them there"
                yield AreaFault(area.file, "teams", why)
    pointed = {rule.signpost for rule in area.rules}
    for signpost in area.signposts:
        if signpost.id not in pointed:
            yield AreaFault(area.file, "signposts", f"no rule leads to “{signpost.id}”")


def _outcome(area: Area, case: Case) -> Outcome | None:
    try:
        return choose_within(area, case)
    except LookupError:
        return None


def _words(area: Area, case: Case) -> str:
    answers = [f"{key} = {value}" for key, value in case.answers.items()]
    return ", ".join([_names(area, [case.council]), case.ages.name() if case.ages else "", *answers])


def _names(area: Area, codes: Iterable[str]) -> str:
    names = {council.code: council.name for council in area.councils}
    return ", ".join(names.get(code, code) for code in codes)
