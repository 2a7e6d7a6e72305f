"""Read the area files. A bad file stops the start and names itself and its field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from portal.areas.ages import ANY_AGE
from portal.areas.area import Area, AreaFault, Areas, Council, Icb, National, Team
from portal.areas.consistency import faults_between, faults_within
from portal.areas.facts import Facts
from portal.areas.questions import LocalQuestion
from portal.areas.table import Table
from portal.form.question import Choice, Question
from portal.form.questions import LOCAL_PLACES, STEPS

BUILT_IN = Path(__file__).parent / "data"
NATIONAL = "national.toml"
VERSION = re.compile(r"(\.[0-9-]+)?\.toml")
"""An area whose rules change on a day has a second file, with that day in its name."""
TAKEN = frozenset(step.key for step in STEPS) | {
    worded.key for step in STEPS if isinstance(step, Question) for _, worded in step.other_words
}
"""Keys of questions and stops that an area's own question cannot have."""
REGISTER_PARTS = ("council", "age")


def load_areas(folder: Path | None = None) -> Areas:
    """Return the built-in areas and those of a folder, whose files replace built-in ones of the same name.

    Raises AreaFault for the first fault found; `portal areas check` lists them all.
    """
    areas, faults = read_areas(folder)
    if faults or areas is None:
        raise faults[0]
    return areas


def read_areas(folder: Path | None = None) -> tuple[Areas | None, list[AreaFault]]:
    """Read every area file and keep every fault; the areas are None where one could not be read."""
    faults: list[AreaFault] = []
    national = None
    areas = []
    for path in _files(folder, faults):
        if (top := _parsed(path, faults)) is None:
            continue
        found = len(faults)
        if path.name == NATIONAL:
            national = _national(top)
        else:
            area = _area(top, path.name)
            if len(faults) == found:
                faults += faults_within(area)
                areas.append(area)
    faults += faults_between(areas)
    if national is None:
        return None, faults
    return Areas(tuple(sorted(areas, key=lambda area: area.name)), national), faults


def _files(folder: Path | None, faults: list[AreaFault]) -> Iterator[Path]:
    files = {path.name: path for path in sorted(BUILT_IN.glob("*.toml"))}
    if folder is not None:
        if not folder.is_dir():
            faults.append(AreaFault(str(folder), "folder", "the folder of extra areas is not there"))
        files |= {path.name: path for path in sorted(folder.glob("*.toml"))}
    yield from files.values()


def _parsed(path: Path, faults: list[AreaFault]) -> Table | None:
    try:
        return Table(tomllib.loads(path.read_text(encoding="utf-8")), path.name, "", faults)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        faults.append(AreaFault(path.name, "file", f"is not readable TOML: {fault}"))
        return None


def _national(top: Table) -> National:
    facts = Facts(top, frozenset())
    lines = facts.crisis_lines()
    elsewhere = facts.signpost(top.required_table("elsewhere"))
    facts.end()
    return National(crisis_lines=lines, elsewhere=elsewhere)


def _area(top: Table, file: str) -> Area:
    codes = frozenset(str(table.get("code", "")) for table in top.raw("councils"))
    facts = Facts(top, codes)
    area_id = top.id()
    if area_id and not VERSION.fullmatch(file.removeprefix(area_id)):
        top.fault("id", f"“{area_id}” must be the name of its file, {area_id}.toml or {area_id}.2027-04-01.toml")
    valid_from, valid_to = top.day("valid_from"), top.day("valid_to")
    if valid_from and valid_to and valid_to < valid_from:
        top.fault("valid_to", "is before valid_from")
    councils = tuple(_council(table, facts) for table in top.required_tables("councils"))
    teams = tuple(_team(table, facts, area_id) for table in top.required_tables("teams"))
    facts.team_ids = frozenset(team.id for team in teams)
    questions = _questions(top, facts)
    facts.answers = {question.key: question.answers for question in questions}
    area = Area(
        id=area_id,
        name=top.text("name"),
        file=file,
        councils=councils,
        teams=teams,
        registers=_registers(top),
        questions=questions,
        valid_from=valid_from,
        valid_to=valid_to,
        **_the_rest(top, facts),
    )
    facts.end()
    return area


def _the_rest(top: Table, facts: Facts) -> dict[str, Any]:
    signposts = tuple(facts.signpost(table) for table in top.tables("signposts"))
    return {
        "page": facts.contact(top.required_table("page"), kinds=("web",)),
        "signposts": signposts,
        "rules": facts.rules(frozenset(signpost.id for signpost in signposts)),
        "contacts": tuple(facts.contact(table) for table in top.tables("contacts")),
        "opening": facts.opening(),
        "promises": facts.promises(),
        "what_happens": facts.steps(),
        "shared_with": facts.sharing(),
        "sharing_note": facts.optional_note("sharing_note"),
        "crisis_lines": facts.crisis_lines(),
        "crisis_note": facts.optional_note("crisis_note"),
        "professionals": facts.note(top.required_table("professionals")),
        "keyworkers": facts.services("keyworkers"),
        "extra_support": facts.services("extra_support"),
        "local_offers": facts.services("local_offers"),
        "hospital": facts.hospital(),
        "consent_notes": facts.consent_notes(),
        "social_care": facts.social_care(),
        "who_can_join": facts.notes("who_can_join"),
        "notes": facts.notes("notes"),
    }


def _council(table: Table, facts: Facts) -> Council:
    council = Council(
        code=table.ons_code("code"),
        name=table.text("name"),
        in_words=table.optional_text("in_words"),
        also=table.texts("also"),
        **table.fact(facts.sources),
    )
    table.end()
    return council


def _team(table: Table, facts: Facts, area_id: str) -> Team:
    inner = table.required_table("icb")
    icb = Icb(
        code=inner.text("code"),
        name=inner.optional_text("name"),
        since=inner.day("since"),
        **inner.fact(facts.sources),
    )
    inner.end()
    if not table.has("ages"):
        table.fault("ages", "is missing")
    team = Team(
        id=table.id(),
        name=table.text("name"),
        area_id=area_id,
        ages=facts.ages_by_group(table) or ANY_AGE,
        councils=facts.council_codes(table) or facts.codes,
        icb=icb,
        **table.fact(facts.sources),
    )
    table.end()
    return team


def _questions(top: Table, facts: Facts) -> tuple[LocalQuestion, ...]:
    read: list[LocalQuestion] = []
    for table in top.tables("questions"):
        read.append(_question(table, facts, {question.key: question.answers for question in read}))
    return tuple(read)


def _question(table: Table, facts: Facts, before: Mapping[str, tuple[str, ...]]) -> LocalQuestion:
    """Read one question; `before`: those before it, with their answers."""
    choices = tuple(_choice(inner) for inner in table.required_tables("choices"))
    answers = tuple(choice.value for choice in choices)
    question = LocalQuestion(
        key=table.key_of_a_question("key"),
        after=table.choice("after", LOCAL_PLACES),
        councils=facts.council_codes(table),
        ages=facts.ages_by_group(table),
        unless=table.answers_to("unless", before),
        by_home=table.answers_by_place("by_home", answers),
        by_surgery=table.answers_by_place("by_surgery", answers),
        ask=table.text("ask"),
        ask_helper=table.optional_text("ask_helper"),
        hint=table.optional_text("hint"),
        hint_helper=table.optional_text("hint_helper"),
        confirm_hint=table.optional_text("confirm_hint"),
        missing=table.optional_text("missing"),
        missing_helper=table.optional_text("missing_helper"),
        only_if=table.text("only_if"),
        paper_hint=table.optional_text("paper_hint"),
        choices=choices,
        **table.fact(facts.sources),
    )
    if not question.councils:
        table.fault("councils", "say which councils’ homes the question is for")
    if question.key in TAKEN:
        table.fault("key", f"“{question.key}” is a question of every area’s form; choose another")
    if question.ages and question.after == LOCAL_PLACES[0]:
        table.fault("ages", f"the age is not known there: ask after “{LOCAL_PLACES[1]}”")
    table.end()
    return question


def _choice(table: Table) -> Choice:
    choice = Choice(
        value=table.key_of_a_question("value"),
        label=table.text("label"),
        label_helper=table.optional_text("label_helper") or None,
        divider_before=table.flag("divider", False),
    )
    table.end()
    return choice


def _registers(top: Table) -> tuple[str, ...] | None:
    parts = top.texts("registers")
    if any(part not in REGISTER_PARTS for part in parts):
        top.fault("registers", f"can be made of {' and '.join(REGISTER_PARTS)}")
    return parts or None
