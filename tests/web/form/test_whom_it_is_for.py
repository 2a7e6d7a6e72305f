"""What is said beside the question about consent, after sending and to somebody who only asks, fits the person."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from flask import Flask, g, render_template

from portal.areas.area import Areas
from portal.areas.describe import consent_notes_for
from portal.areas.routing import Outcome
from portal.web.form.sending import SentView

STANDARD, EASY = "", "/easy-read"
COVENTRY, RUGBY, BABERGH, STROUD, COLCHESTER = "E08000026", "E07000220", "E07000200", "E07000082", "E07000071"
LONDON = "south-east-london"
Show = Callable[..., str]


@pytest.fixture
def beside_consent(portal: Flask, areas: Areas) -> Show:
    """Give a function that returns what stands above the question about consent, for one person."""

    def show(area_id: str, level: str = STANDARD, age_band: str = "18_or_over", **person: bool) -> str:
        home = areas[area_id]
        with portal.test_request_context(f"/en{level}/areas"):
            portal.preprocess_request()
            g.age_band = age_band
            data = {
                "home": home,
                "team": home.teams[0],
                "council": home.councils[0],
                "outcome": Outcome(kind="team"),
                **person,
            }
            html = render_template("inserts/before-consent.html", **data)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())

    return show


@pytest.mark.parametrize("level", [STANDARD, EASY])
@pytest.mark.parametrize("area_id", ["coventry-and-warwickshire", "north-east-london", LONDON])
def test_best_interests_only_where_a_person_may_not_be_able_to_decide(
    beside_consent: Show, level: str, area_id: str
) -> None:
    best = ("best interests", "what is best", "decide what is best")
    able = beside_consent(area_id, level)
    assert not any(words in able for words in best)
    not_able = beside_consent(area_id, level, helper=True, may_not_be_able=True)
    assert any(words in not_able for words in best)


@pytest.mark.parametrize("level", [STANDARD, EASY])
@pytest.mark.parametrize("area_id", ["suffolk-and-north-east-essex", LONDON])
def test_parents_only_for_people_under_18(beside_consent: Show, level: str, area_id: str) -> None:
    assert "parent" not in beside_consent(area_id, level)
    assert "parent" in beside_consent(area_id, level, "16_17")


@pytest.mark.parametrize("level", [STANDARD, EASY])
def test_nothing_is_said_twice(beside_consent: Show, level: str) -> None:
    words = beside_consent("coventry-and-warwickshire", level)
    assert words.count("at any time") == 1
    assert words.count("stays the same") + words.count("does not change") + words.count("does not affect") == 1
    assert "In Coventry and Warwickshire" not in words.replace("said about", "")


def test_an_area_that_does_not_promise_the_same_support_is_not_credited_with_it(areas: Areas) -> None:
    for area_id in ("north-east-london", LONDON):
        assert not any("support you have now" in note.text for note in areas[area_id].consent_notes)


@pytest.mark.parametrize(
    ("level", "says"),
    [
        (STANDARD, "You are not saying yes for them. The team checks whether they can decide."),
        (EASY, "You are not saying yes for them."),
    ],
)
def test_whoever_helps_somebody_who_may_not_be_able_to_decide_does_not_say_yes(
    beside_consent: Show, level: str, says: str
) -> None:
    assert says in beside_consent(LONDON, level, helper=True, may_not_be_able=True)
    assert says not in beside_consent(LONDON, level, helper=True)


@pytest.mark.parametrize("level", [STANDARD, EASY])
def test_a_helper_reads_that_the_choice_is_the_persons(beside_consent: Show, level: str) -> None:
    words = beside_consent(LONDON, level, helper=True)
    assert "They can say yes now" in words
    assert "You can say yes now" not in words


@pytest.mark.parametrize("level", [STANDARD, EASY])
@pytest.mark.parametrize("age_band", ["under_16", "16_17"])
def test_young_people_read_when_somebody_may_be_told(beside_consent: Show, level: str, age_band: str) -> None:
    words = beside_consent(LONDON, level, age_band)
    assert "the team may have to tell someone. You can ask them who." in words
    assert "the law lets them add" in words
    assert "have to tell" not in beside_consent(LONDON, level)


def test_notes_are_chosen_by_person(areas: Areas) -> None:
    notes = consent_notes_for(areas["north-east-london"], None, may_not_be_able=False)
    assert [note.who for note in notes] == ["anyone"]


@pytest.mark.parametrize("level", [STANDARD, EASY])
def test_after_sending_only_what_follows_a_form_is_promised(show: Show, areas: Areas, level: str) -> None:
    for area_id, never in ((LONDON, "as soon as they can"), ("gloucestershire", "on the register have")):
        home = areas[area_id]
        words = show("what-happens-home", level, home=home, sent=SentView("AB3-7KM-X2Q", home.teams[0].name, None))
        assert never not in words
    home = areas["coventry-and-warwickshire"]
    sent = SentView("AB3-7KM-X2Q", home.teams[0].name, date(2026, 11, 27))
    assert "social care" in show("what-happens-home", level, home=home, sent=sent)


@pytest.mark.parametrize(("level", "asked"), [(STANDARD, "Say your name, date of birth"), (EASY, "your date of birth")])
def test_how_to_ask_by_email_is_not_said_after_sending(show: Show, areas: Areas, level: str, asked: str) -> None:
    home = areas[LONDON]
    assert asked in show("ways-to-apply", level)
    words = show("what-happens-home", level, home=home, sent=SentView("AB3-7KM-X2Q", home.teams[0].name, None))
    assert "SELDSRAdmin@selondonics.nhs.uk" in words
    assert asked not in words
    assert "If you call and nobody answers" in words


@pytest.mark.parametrize("level", [STANDARD, EASY])
@pytest.mark.parametrize(
    ("code", "name"),
    [
        (COVENTRY, "Coventry City Council"),
        (RUGBY, "Warwickshire County Council"),
        (BABERGH, "Suffolk County Council"),
        (COLCHESTER, "Essex County Council"),
        (STROUD, "Gloucestershire County Council"),
    ],
)
def test_the_council_that_has_social_care_is_named(show: Show, areas: Areas, level: str, code: str, name: str) -> None:
    home, council = areas.of_council(code), areas.council(code)
    assert name in show("call-without-a-name", level, home=home, council=council)


@pytest.mark.parametrize("level", [STANDARD, EASY])
def test_the_council_is_not_named_where_no_source_says(show: Show, areas: Areas, level: str) -> None:
    home = areas[LONDON]
    words = show("call-without-a-name", level, home=home, council=home.councils[0])
    assert re.search(r"[Ss]ocial services at the (person’s )?council\.", words)
