"""Area files: what they say, and every fault that stops the start, shown to fire."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from portal.areas.area import AreaFault
from portal.areas.loading import load_areas
from tests.support.area_files import check

GOOD = """
id = "middle-earth"
name = "Middle Earth"

[sources.page]
title = "The area's own page"
address = "https://example.org/dsr"
date = "7 June 2024"

[page]
kind = "web"
value = "https://example.org/dsr"
source = "page"

[[councils]]
code = "E07000901"
name = "Shire"
source = "page"

[[councils]]
code = "E07000902"
name = "Bree"
source = "page"

[[teams]]
id = "middle-earth-children"
name = "Children"
ages = "under-18"
icb = { code = "QQQ", since = 2026-04-01, source = "page" }
source = "page"

[[teams]]
id = "middle-earth-adults"
name = "Adults"
ages = "18-and-over"
icb = { code = "QQQ", source = "page" }
source = "page"

[[rules]]
name = "children"
ages = "under-18"
team = "middle-earth-children"
why = "because you are under 18 and live in {council}"
why_helper = "because the person is under 18 and lives in {council}"
source = "page"
[[rules]]
name = "adults"
ages = "18-and-over"
team = "middle-earth-adults"
why = "because you live in {council}"
why_helper = "because the person lives in {council}"
source = "page"

[[contacts]]
kind = "phone"
value = "01234 567890"
source = "page"

[[contacts]]
kind = "email"
value = "dsr@example.org"
source = "page"

[[promises]]
channel = "referral"
working_days = 5
text = "They say 5 working days."
source = "page"

[[crisis_lines]]
id = "shire-line"
name = "Shire line"
kind = "urgent"
for_who = "adults"
ages = "18-and-over"
phone = "0800 330 8590"
hours = { weekdays = "17:00-23:00", weekends = "closed", bank_holidays = "closed" }
councils = ["E07000901"]
source = "page"

[professionals]
text = "We do not know."
known = false
source = "page"

[hospital]
text = "Ask the ward staff."
source = "page"
"""

SIGNPOST = """
[[signposts]]
id = "mordor"
title = "Ask Mordor"
why = "They have their own."
next_steps = ["Ask."]
source = "page"
"""

QUESTION = """
[[questions]]
key = "mill"
after = "gp"
councils = ["E07000901"]
ask = "Do you live at the mill?"
choices = [{ value = "yes", label = "Yes" }, { value = "no", label = "No" }]
only_if = "Only if you live in the Shire."
source = "page"
"""

Folder = Callable[[str], Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    def write(words: str) -> Path:
        (tmp_path / "middle-earth.toml").write_text(words, encoding="utf-8")
        return tmp_path

    return write


def changed(old: str, new: str, count: int = 1) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, count)


def test_the_built_in_files_have_no_fault() -> None:
    assert check() == []


def test_a_sixth_area_from_a_folder_is_added(folder: Folder) -> None:
    areas = load_areas(folder(GOOD))
    assert len(areas.all) == 6
    assert areas.of_council("E07000901") is areas["middle-earth"]
    assert areas.team("middle-earth-adults").icb.code == "QQQ"
    assert areas.team("middle-earth-children").icb.since == date(2026, 4, 1)
    assert areas.council("E07000902") is not None


def test_a_fault_names_file_and_field(folder: Folder) -> None:
    with pytest.raises(AreaFault, match="middle-earth") as fault:
        load_areas(folder(changed('value = "dsr@example.org"', 'value = "dsr@@example"')))
    assert fault.value.file == "middle-earth.toml"
    assert fault.value.field == "contacts[2].value"
    assert "not an e-mail address" in fault.value.why


FAULTS = {
    "unknown key": (changed('name = "Shire"', 'nmae = "x"\nname = "Shire"'), "councils[1].nmae: unknown key"),
    "unknown table": (GOOD + "\n[promise]\ntext = 'x'\n", "promise: unknown key"),
    "missing name": (changed('name = "Shire"\n', ""), "councils[1].name: is missing"),
    "empty name": (changed('name = "Shire"', 'name = " "'), "councils[1].name: is empty"),
    "missing source": (changed('name = "Shire"\nsource = "page"', 'name = "Shire"'), "councils[1].source: is missing"),
    "unknown source": (
        changed('name = "Shire"\nsource = "page"', 'name = "Shire"\nsource = "pgae"'),
        "councils[1].source: “pgae” is not in the [sources]",
    ),
    "source without date": (changed('date = "7 June 2024"\n', ""), "sources.page.date: is missing"),
    "no sources": (changed("[sources.page]", "[fountains.page]"), "sources: is missing"),
    "wrong type": (
        changed("working_days = 5", 'working_days = "5"'),
        "promises[1].working_days: must be a whole number",
    ),
    "no days": (changed("working_days = 5", "working_days = 0"), "promises[1].working_days: must be 1 or more"),
    "true is not a number": (
        changed("working_days = 5", "working_days = true"),
        "working_days: must be a whole number",
    ),
    "text for a list": (changed('councils = ["E07000901"]', 'councils = "E07000901"'), "councils: must be a list"),
    "list of numbers": (changed('councils = ["E07000901"]', "councils = [1]"), "councils: must be a list of texts"),
    "table for tables": (changed("[[promises]]", "[promises]"), "promises: must be a list"),
    "date in quotes": (changed("since = 2026-04-01", 'since = "2026-04-01"'), "teams[1].icb.since: must be a date"),
    "unknown channel": (
        changed('channel = "referral"', 'channel = "pigeon"'),
        "promises[1].channel: “pigeon” is not one",
    ),
    "malformed number": (changed("01234 567890", "01234 5678"), "contacts[1].value: “01234 5678” is not a telephone"),
    "foreign number": (changed("01234 567890", "+44 1234 567890"), "contacts[1].value: “+44"),
    "malformed short number": (changed("0800 330 8590", "116 12"), "crisis_lines[1].phone: “116 12” is not"),
    "malformed e-mail": (changed("dsr@example.org", "dsr at example.org"), "contacts[2].value"),
    "plain http": (changed('value = "https://', 'value = "http://'), "page.value: “http://example.org/dsr” is not"),
    "lost contact without note": (
        changed('value = "dsr@example.org"', "complete = false"),
        "contacts[2].note: say what is missing",
    ),
    "contact without value": (changed('value = "dsr@example.org"\n', ""), "contacts[2].value: is missing"),
    "contact of an unknown team": (
        changed('value = "dsr@example.org"', 'value = "dsr@example.org"\nteams = ["orcs"]'),
        "contacts[2].teams: “orcs” is not a team",
    ),
    "line without a way": (changed('phone = "0800 330 8590"\n', ""), "crisis_lines[1].phone: the line has no way"),
    "line for a foreign council": (
        changed('councils = ["E07000901"]', 'councils = ["E09000022"]'),
        "crisis_lines[1].councils: “E09000022” is not the code of a council of this area",
    ),
    "hours backwards": (changed("17:00-23:00", "23:00-17:00"), "crisis_lines[1].hours.weekdays: “23:00-17:00”"),
    "hours of 25": (changed("17:00-23:00", "17:00-25:00"), "crisis_lines[1].hours.weekdays"),
    "hours that say nothing": (
        changed('{ weekdays = "17:00-23:00", weekends = "closed", bank_holidays = "closed" }', "{}"),
        "crisis_lines[1].hours: says nothing",
    ),
    "unknown hours": (changed("weekends =", "sundays ="), "crisis_lines[1].hours.sundays: unknown key"),
    "bad council code": (
        changed('code = "E07000902"', 'code = "7000902"'),
        "councils[2].code: “7000902” is not an ONS",
    ),
    "council twice": (changed("E07000902", "E07000901"), "councils: “E07000901” is there 2 times"),
    "council in two areas": (
        changed("E07000902", "E09000022"),
        "councils: “E09000022” is in south-east-london.toml too",
    ),
    "team in two areas": (
        GOOD.replace("middle-earth-adults", "gloucestershire-dsr"),
        "teams: “gloucestershire-dsr” is in gloucestershire.toml too",
    ),
    "wrong file name": (changed('id = "middle-earth"', 'id = "gondor"'), "id: “gondor” must be the name of its file"),
    "bad id": (changed('id = "middle-earth-adults"', 'id = "Middle Earth"'), "teams[2].id: “Middle Earth” use small"),
    "missing ages": (
        changed('name = "Adults"\nages = "18-and-over"\n', 'name = "Adults"\n'),
        "teams[2].ages: is missing",
    ),
    "strange ages": (changed('ages = "under-18"', 'ages = "young"'), "teams[1].ages: “young” is not"),
    "ages routing cannot tell": (
        changed('ages = "under-18"', 'ages = "under-25"'),
        "teams[1].ages: teams and rules can",
    ),
    "overlapping ages": (
        changed('name = "Adults"\nages = "18-and-over"', 'name = "Adults"\nages = "any"'),
        "teams.ages: overlap: “middle-earth-children” and “middle-earth-adults” both take Shire, Bree, under 18",
    ),
    "ages nobody takes": (
        changed('name = "adults"\nages = "18-and-over"', 'name = "adults"\nages = "under-18"'),
        "rules: no rule says where Shire, 18 and over goes",
    ),
    "a home nobody takes": (
        changed('name = "adults"\n', 'name = "adults"\ncouncils = ["E07000901"]\n'),
        "rules: no rule says where Bree, 18 and over goes",
    ),
    "team that does not take them": (
        changed(
            'name = "Children"\nages = "under-18"', 'name = "Children"\nages = "under-18"\ncouncils = ["E07000901"]'
        ),
        "teams: Bree, under 18 goes to “middle-earth-children”, which does not say",
    ),
    "team nobody is sent to": (
        changed('team = "middle-earth-children"', 'signpost = "mordor"') + SIGNPOST,
        "teams: “middle-earth-children” takes Shire, under 18, but no rule sends them there",
    ),
    "signpost nobody is sent to": (GOOD + SIGNPOST, "signposts: no rule leads to “mordor”"),
    "signpost that ends in nothing": (
        changed('team = "middle-earth-children"', 'signpost = "mordor"') + SIGNPOST.replace('["Ask."]', "[]"),
        "signposts[1].next_steps: a signpost never ends in nothing",
    ),
    "rule to an unknown team": (
        changed('team = "middle-earth-adults"', 'team = "orcs"'),
        "rules[2].team: “orcs” is not a team",
    ),
    "rule to an unknown signpost": (
        changed('team = "middle-earth-adults"', 'signpost = "orcs"'),
        "rules[2].signpost: “orcs” is not a signpost",
    ),
    "rule to a team and a signpost": (
        changed('team = "middle-earth-adults"', 'team = "middle-earth-adults"\nsignpost = "mordor"') + SIGNPOST,
        "rules[2].team: name one team or one signpost",
    ),
    "rule to nowhere": (changed('team = "middle-earth-adults"\n', ""), "rules[2].team: name one team or one signpost"),
    "rule on an unknown question": (
        changed('name = "adults"', 'name = "adults"\nanswers = { colour = "blue" }'),
        "rules[2].answers: “colour” is not a question",
    ),
    "rule on an unknown answer": (
        changed('name = "adults"', 'name = "adults"\nanswers = { mill = "perhaps" }') + QUESTION,
        "rules[2].answers.mill: “perhaps” is not one of",
    ),
    "rule on a question not asked there": (
        changed('name = "adults"', 'name = "adults"\nanswers = { mill = "yes" }') + QUESTION,
        "rules[2].answers: “mill” is not asked in Bree",
    ),
    "answer without a rule": (
        changed('name = "adults"', 'name = "adults"\ncouncils = ["E07000901"]\nanswers = { mill = "yes" }') + QUESTION,
        "rules: no rule says where Shire, 18 and over, mill = no goes",
    ),
    "question asked nowhere": (
        GOOD + QUESTION.replace('["E07000901"]', "[]"),
        "questions[1].councils: say which councils",
    ),
    "question with a key of the form": (
        GOOD + QUESTION.replace('"mill"', '"full_name"'),
        "questions[1].key: “full_name” is a question of every area’s form",
    ),
    "question with the key of another wording": (
        GOOD + QUESTION.replace('"mill"', '"council_found"'),
        "questions[1].key: “council_found” is a question of every area’s form",
    ),
    "question that is no word": (
        GOOD + QUESTION.replace('"mill"', '"the mill"'),
        "questions[1].key: “the mill” use small",
    ),
    "question in a place that is none": (
        GOOD + QUESTION.replace('"gp"', '"who"'),
        "questions[1].after: “who” is not one",
    ),
    "question for an age before it is known": (
        GOOD + QUESTION.replace('"gp"', '"gp"\nages = "under-18"'),
        "questions[1].ages: the age is not known there: ask after “under_26”",
    ),
    "question without choices": (
        re.sub("(?m)^choices.*$", "", GOOD + QUESTION),
        "questions[1].choices: needs at least one",
    ),
    "question that hangs on none": (
        GOOD + QUESTION.replace('"gp"', '"gp"\nunless = { tower = "yes" }'),
        "questions[1].unless: “tower” is not a question; there are none",
    ),
    "question asked twice": (GOOD + QUESTION + QUESTION, "questions: “mill” is there 2 times"),
    "question of another area": (
        GOOD + QUESTION.replace('"mill"', '"waveney"'),
        "questions: “waveney” is in suffolk-and-north-east-essex.toml too",
    ),
    "reason that does not say because": (
        changed('why = "because you live in {council}"', 'why = "You live there"'),
        "rules[2].why: begin with “because ”",
    ),
    "reason with an unknown blank": (
        changed('why = "because you live in {council}"', 'why = "because of {age}"'),
        "rules[2].why: only {council} can be filled in",
    ),
    "unknown register": ('registers = ["shoe size"]\n' + GOOD, "registers: can be made of council and age"),
    "no teams": (re.sub(r"\[\[teams\]\]", "[[gangs]]", GOOD), "teams: needs at least one [[teams]]"),
    "no hospital advice": (changed("[hospital]", "[ward]"), "hospital: is missing"),
    "not toml": ("id = ", "file: is not readable TOML"),
}


@pytest.mark.parametrize(("words", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_each_fault_is_named(folder: Folder, words: str, expected: str) -> None:
    place = folder(words)
    faults = check(place)
    assert any(expected in fault for fault in faults), faults
    with pytest.raises(AreaFault):
        load_areas(place)


def test_all_faults_are_listed_at_once(folder: Folder) -> None:
    words = (
        changed("dsr@example.org", "dsr").replace("01234 567890", "1").replace("working_days = 5", "working_days = -1")
    )
    assert len(check(folder(words))) == 3


def test_a_folder_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(AreaFault, match="the folder of extra areas is not there"):
        load_areas(tmp_path / "nowhere")


def test_an_unreadable_national_file_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "national.toml").write_text("[[crisis_lines]]\n")
    with pytest.raises(AreaFault, match=r"national\.toml: sources: is missing"):
        load_areas(tmp_path)
